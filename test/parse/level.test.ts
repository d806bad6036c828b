import {describe, expect, it} from 'vitest';
import type {Level} from '../../src/model/verdict.ts';
import {levelKeyOf, levelOf} from '../../src/parse/level.ts';

const WORDS: [Level, string[]][] = [
  ['trace', ['trace', 'TRACE', 'Trace', 'finest']],
  ['debug', ['debug', 'DEBUG', 'Debug', 'dbg']],
  ['info', ['info', 'INFO', 'Info', ' info ', 'information', 'notice', 'Notice', 'I', '\u001b[38;2;100;100;100minfo\u001b[39m']],
  ['warn', ['warn', 'warning', 'WARNING', 'wrn']],
  ['error', ['error', 'err', 'ERROR', 'SEVERE', 'E']],
  ['fatal', ['fatal', 'crit', 'critical', 'alert', 'emerg', 'emergency', 'panic', 'FATAL', 'DPanic']],
  ['none', ['', ' ', 'verbosely', 'constructor', '__proto__', 'x'.repeat(100_000), 'errors', '-1', '30.5.1', '٣']],
];

describe('levelOf', () => {
  it.each(WORDS.flatMap(([level, words]) => words.map(word => [word.slice(0, 20), word, level] as const)))(
    'takes %j for its level',
    (_, word, level) => expect(levelOf({level: word})).toBe(level),
  );

  it.each([
    [0, 'trace'], [10, 'trace'], [19, 'trace'],
    [20, 'debug'], [29.9, 'debug'],
    [30, 'info'], [35, 'info'],
    [40, 'warn'],
    [50, 'error'], [59, 'error'],
    [60, 'fatal'], [1000, 'fatal'],
    [-1, 'none'], [Number.NaN, 'none'], [Infinity, 'none'],
  ] as const)('takes level %d as pino and bunyan do: %s', (number, level) => {
    expect(levelOf({level: number})).toBe(level);
    if (Number.isInteger(number) && number >= 0) expect(levelOf({level: String(number)})).toBe(level);
  });

  it.each([
    [0, 'fatal'], [1, 'fatal'], [2, 'fatal'], [3, 'error'], [4, 'warn'], [5, 'info'], [6, 'info'], [7, 'debug'],
    [8, 'trace'], [30, 'info'], [60, 'fatal'],
  ] as const)('takes severity %d as syslog does: %s', (number, level) => {
    expect(levelOf({severity: number})).toBe(level);
    expect(levelOf({severity: String(number)})).toBe(level);
  });

  it.each([
    [{}, 'none', null],
    [{level: 'warn', severity: 'error'}, 'warn', 'level'],
    [{level: 'tall', severity: 3}, 'error', 'severity'],
    [{level: null, lvl: 'dbg'}, 'debug', 'lvl'],
    [{loglevel: 'crit'}, 'fatal', 'loglevel'],
    [{level: {name: 'info'}}, 'none', null],
    [{level: true}, 'none', null],
    [{Level: 'error'}, 'none', null],
    [JSON.parse('{"__proto__":{"level":"error"}}'), 'none', null],
    [Object.create({level: 'error'}), 'none', null],
  ] as const)('of %j is %s, by the first key that names one', (value, level, key) => {
    expect(levelOf(value)).toBe(level);
    expect(levelKeyOf(value)).toBe(key);
  });

  it('reads BigInts as the digits that history keeps of them', () => {
    expect(levelOf({level: 40n})).toBe('warn');
    expect(levelOf({level: 10n ** 40n})).toBe('none');
  });
});
