import {describe, expect, test} from 'vitest';
import type {ProcessSpec} from '../../src/model/config.ts';
import {emitOf} from '../../src/plain/emit.ts';

const specs = (...names: readonly string[]): ProcessSpec[] =>
  names.map(name => ({name, launch: {kind: 'shell', line: name}, instance: 1, format: {kind: 'json'}}));

/** The prefixes of the processes in plain output without colours. */
const prefixes = (...names: readonly string[]): (string | undefined)[] => {
  const processes = specs(...names);
  const emit = emitOf('plain', processes, 'none', false);
  return processes.map((spec, id) => {
    const one = emit(spec, id);
    return one?.kind === 'plain' ? one.prefix : undefined;
  });
};

describe('what workers write', () => {
  test('is nothing where lines go to the screen or nowhere', () => {
    const [spec] = specs('web');
    expect(emitOf('tui', [spec!], 'true', false)(spec!, 0)).toBeNull();
    expect(emitOf('none', [spec!], 'true', false)(spec!, 0)).toBeNull();
  });

  test('is events with the name of the process in JSON', () => {
    const [spec] = specs('w\x1beb');
    expect(emitOf('json', [spec!], 'none', false)(spec!, 0)).toEqual({kind: 'json', process: 'w\x1beb'});
  });

  test('has colours where the terminal has', () => {
    const processes = specs('a', 'b');
    expect(emitOf('plain', processes, 'none', false)(processes[0]!, 0)).toEqual({kind: 'plain', prefix: 'a', color: false, ansi: 'none'});
    const emits = processes.map((spec, id) => emitOf('plain', processes, '256', false)(spec, id));
    const colors = emits.map(emit => (emit?.kind === 'plain' && emit.color ? emit.prefix.split(/[ab]/)[0] : null));
    expect(colors).toEqual([expect.stringContaining('\x1b['), expect.stringContaining('\x1b[')]);
    expect(new Set(colors).size).toBe(2);
  });
});

test('colours of the programs are shown where they are wanted and the terminal has any', () => {
  const processes = specs('a');
  const ansiOf = (depth: 'none' | '256', ansi: boolean) => emitOf('plain', processes, depth, ansi)(processes[0]!, 0);
  expect(ansiOf('256', true)).toMatchObject({ansi: '256'});
  expect(ansiOf('256', false)).toMatchObject({ansi: 'none'});
  expect(ansiOf('none', true)).toMatchObject({ansi: 'none'});
});

describe('prefixes', () => {
  test.each([
    ['are as wide as the longest name', ['a', 'worker#1', 'bb'], ['a       ', 'worker#1', 'bb      ']],
    ['count columns, not characters', ['日本', 'abcdef'], ['日本  ', 'abcdef']],
    ['are cut where a name is too long', ['a', 'x'.repeat(50)], [`a${' '.repeat(23)}`, `${'x'.repeat(23)}…`]],
    ['make odd characters visible', ['a\nb\x1b[2J'], ['a^Jb^[[2J']],
  ])('%s', (_title, names, expected) => {
    expect(prefixes(...names)).toEqual(expected);
  });
});
