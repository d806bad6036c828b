import {describe, expect, test} from 'vitest';
import {demoArguments} from '../../demo/demo-arguments.ts';
import {printerOptions} from '../../demo/printer-options.ts';
import {parseFlags} from '../../src/config/flags.ts';
import type {RunConfig} from '../../src/model/config.ts';

const configOf = (args: readonly string[], isAttended: boolean, printer = 'demo/printer.ts'): RunConfig => {
  const result = parseFlags(demoArguments(args, {isAttended, printer}), {cwd: '/x', cores: 2});
  if (result.kind !== 'run') throw new Error(result.kind);
  return result.config;
};

const commandsOf = ({processes}: RunConfig): string[] =>
  processes.map(({launch}) => (launch.kind === 'shell' ? launch.line : ''));

describe('the demo', () => {
  test('runs five printers under their names and restarts what fails', () => {
    const config = configOf([], true);
    expect(config.processes.map(({name}) => name)).toEqual(['api', 'blackbox', 'worker', 'billing', 'search']);
    expect(config).toMatchObject({runName: 'demo', restart: 'on-failure', forMs: null});
  });

  test.each([true, false])('gives printers only options that they know (attended: %s)', isAttended => {
    for (const command of commandsOf(configOf([], isAttended))) {
      const [node, script, ...flags] = command.split(' ');
      expect([node, script]).toEqual(['node', 'demo/printer.ts']);
      expect(() => printerOptions(flags, 1)).not.toThrow();
    }
  });

  test.each([
    [[], true, null],
    [[], false, 10_000],
    [['--for', '5s'], true, 5000],
    [['--for', '5s'], false, 5000],
    [['--for=5s'], false, 5000],
  ])('with %j, attended: %s, ends after %s ms', (args, isAttended, forMs) => {
    expect(configOf(args, isAttended).forMs).toBe(forMs);
  });

  test('lets the caller overrule', () => {
    expect(configOf(['--run-name', 'mine', '--restart=never', '--ui', 'none'], false)).toMatchObject({
      runName: 'mine',
      restart: 'never',
      ui: 'none',
    });
  });

  test('finds its printer from any folder', () => {
    expect(commandsOf(configOf([], true, "../it's here/printer.ts"))[1]).toBe(
      String.raw`node '../it'\''s here/printer.ts'`,
    );
  });
});
