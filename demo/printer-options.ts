import {parseArgs} from 'node:util';
import {SERVICES, type Service} from './records.ts';

/** What a printer is to do. */
export type PrinterOptions = {
  readonly service: Service;
  /** Mean lines per second; Infinity: as many as are taken. */
  readonly linesPerSec: number;
  /** How far the rate swings around its mean, 0 to 1. */
  readonly wave: number;
  /** Share of lines that are not JSON, 0 to 1. */
  readonly bad: number;
  /** So many lines on top, all at once, every so often; null: none. */
  readonly burst: {readonly lines: number; readonly everyMs: number} | null;
  /** Share of lines written in pieces with pauses between them, 0 to 1. */
  readonly torn: number;
  /** End with 0 after so many lines. */
  readonly count: number;
  readonly crash: Crash;
  readonly exitCode: number;
  readonly seed: number;
  /** Longest wait of the black box. */
  readonly maxWaitSeconds: number;
};

/** When to fail: never, after so many lines or ms of this printer, or at set moments of the whole demo. */
export type Crash =
  | {readonly kind: 'never'}
  | {readonly kind: 'after-lines'; readonly lines: number}
  | {readonly kind: 'after-ms'; readonly ms: number}
  | {readonly kind: 'at'; readonly firstMs: number; readonly everyMs: number};

export const PRINTER_USAGE = `Usage: node demo/printer.ts [options]
  --service S       ${SERVICES.join(', ')} (default: blackbox)
  --rate N          lines per second: 0.5, 20, 50k, max (default: 10; the black box keeps its own time)
  --wave SHARE      let the rate swing by so much, 0 to 1
  --bad SHARE       share of lines that are not JSON, 0 to 1
  --burst N/D       N more lines at once every D, as in 2000/7s
  --torn SHARE      share of lines written in pieces, 0 to 1
  --count N         end after N lines
  --crash-after X   fail after N lines or a duration, as in 500 or 20s
  --crash-at A/B    fail A after the start of the demo and then every B, as in 3s/25s
  --exit-code N     of a failure (default: 1)
  --max-wait N      seconds that the black box waits at most (default: 4)
  --seed N          repeat the same output`;

/**
 * Reads a printer's command line.
 *
 * @throws Error with one line for what it does not know.
 */
export const printerOptions = (args: readonly string[], fallbackSeed: number): PrinterOptions => {
  const {values} = parseArgs({args: [...args], options: FLAGS});
  return {
    service: serviceOf(values.service ?? 'blackbox'),
    linesPerSec: values.rate === 'max' ? Infinity : quantity('rate', values.rate ?? '10'),
    wave: share('wave', values.wave),
    bad: share('bad', values.bad),
    burst: burstOf(values.burst),
    torn: share('torn', values.torn),
    count: values.count === undefined ? Infinity : quantity('count', values.count),
    crash: crashOf(values['crash-after'], values['crash-at']),
    exitCode: quantity('exit-code', values['exit-code'] ?? '1'),
    seed: values.seed === undefined ? fallbackSeed : quantity('seed', values.seed),
    maxWaitSeconds: quantity('max-wait', values['max-wait'] ?? '4'),
  };
};

const FLAGS = {
  service: {type: 'string'},
  rate: {type: 'string'},
  wave: {type: 'string'},
  bad: {type: 'string'},
  burst: {type: 'string'},
  torn: {type: 'string'},
  count: {type: 'string'},
  'crash-after': {type: 'string'},
  'crash-at': {type: 'string'},
  'exit-code': {type: 'string'},
  'max-wait': {type: 'string'},
  seed: {type: 'string'},
} as const;

const serviceOf = (text: string): Service => {
  const service = SERVICES.find(name => name === text);
  if (service === undefined) throw new Error(`--service: expected ${SERVICES.join(', ')}, got ${text}`);
  return service;
};

const quantity = (flag: string, text: string): number => {
  const match = /^(\d+(?:\.\d+)?)([km]?)$/.exec(text);
  if (match === null) throw new Error(`--${flag}: expected a number such as 20 or 50k, got ${text}`);
  return Number(match[1]) * {'': 1, k: 1000, m: 1_000_000}[match[2] ?? '']!;
};

const share = (flag: string, text = '0'): number => {
  const value = quantity(flag, text);
  if (value > 1) throw new Error(`--${flag}: expected a share from 0 to 1, got ${text}`);
  return value;
};

const burstOf = (text: string | undefined): PrinterOptions['burst'] => {
  if (text === undefined) return null;
  const [lines = '', every = ''] = text.split('/');
  return {lines: quantity('burst', lines), everyMs: milliseconds('burst', every)};
};

const crashOf = (after: string | undefined, at: string | undefined): Crash => {
  if (at !== undefined) {
    const [first = '', every = ''] = at.split('/');
    return {kind: 'at', firstMs: milliseconds('crash-at', first), everyMs: milliseconds('crash-at', every)};
  }
  if (after === undefined) return {kind: 'never'};
  if (/^\d+$/.test(after)) return {kind: 'after-lines', lines: Number(after)};
  return {kind: 'after-ms', ms: milliseconds('crash-after', after)};
};

const milliseconds = (flag: string, text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  if (match === null) throw new Error(`--${flag}: expected a duration such as 500ms or 20s, got ${text}`);
  return Number(match[1]) * {ms: 1, s: 1000, m: 60_000}[match[2] ?? '']!;
};
