import {describe, expect, test} from 'vitest';
import {runKeepup, runReported} from '../support/run-keepup.ts';

type Event = Readonly<Record<string, unknown>> & {readonly kind: string};

const jsonLines = async (...args: readonly string[]): Promise<{lines: string[]; events: Event[]}> => {
  const {stdout} = await runKeepup(['--ui', 'json', ...args]);
  expect(stdout.endsWith('\n')).toBe(true);
  const lines = stdout.slice(0, -1).split('\n');
  return {lines, events: lines.map(line => JSON.parse(line))};
};

const ofKind = (events: readonly Event[], kind: string): Event[] => events.filter(event => event.kind === kind);

const isoTime: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const counts = {
  linesIn: 3,
  bytesIn: 40,
  records: 1,
  failures: 1,
  blank: 1,
  dropped: 0,
  pending: 0,
  linesPerSec: expect.any(Number),
};

describe('events', () => {
  test('have the documented fields, whatever the process prints', async () => {
    const line = '{"level":"warn","msg":"hello","n":1}';
    const {events} = await jsonLines('-f', 'json', '-n', 'web', `echo '${line}'; echo; echo no; echo oops >&2; exit 3`);
    const head = {process: 'web', generation: 1, time: isoTime};
    expect(ofKind(events, 'record')).toEqual([
      {kind: 'record', ...head, line: 1, offset: 0, level: 'warn', message: 'hello', record: JSON.parse(line)},
    ]);
    expect(ofKind(events, 'failure')).toEqual([
      {kind: 'failure', ...head, line: 3, offset: 38, failure: 'invalid-json', message: expect.any(String), text: 'no'},
    ]);
    expect(ofKind(events, 'stderr')).toEqual([{kind: 'stderr', ...head, line: 1, text: 'oops'}]);
    expect(ofKind(events, 'state')).toMatchObject([
      {...head, state: 'running', pid: expect.any(Number), exitCode: null, signal: null, detail: null},
      {...head, state: 'exited', pid: null, exitCode: 3, signal: null, detail: 'exited 3'},
    ]);
    const books = {...counts, bytesIn: 41};
    expect(events.at(-1)).toEqual({
      kind: 'tick',
      process: null,
      generation: null,
      time: isoTime,
      totals: books,
      processes: [{process: 'web', generation: 1, ...books}],
    });
    expect(new Set(events.map(({kind}) => kind))).toEqual(new Set(['record', 'failure', 'stderr', 'state', 'tick']));
  });

  test('tell of a start that failed', async () => {
    const {events} = await jsonLines('-n', 'x', 'no-such-program-here');
    expect(ofKind(events, 'state')).toMatchObject([
      {state: 'failed-to-start', pid: null, detail: expect.stringContaining('ENOENT')},
    ]);
  });

  test('tick once a second', async () => {
    const {events} = await jsonLines('sleep 1.5');
    expect(ofKind(events, 'tick').length).toBeGreaterThanOrEqual(2);
  });

  test('of a flood from several children are whole, each once and in order', async () => {
    const flood = `seq 1 20000 | sed 's/.*/{"n":&}/'`;
    const {events} = await jsonLines('-f', 'json', '-n', 'a,b', flood, flood);
    for (const name of ['a', 'b']) {
      const records = ofKind(events, 'record').filter(({process}) => process === name);
      expect(records).toHaveLength(20_000);
      expect(
        records.findIndex(({record, line}, index) => (record as {n: number}).n !== index + 1 || line !== index + 1),
      ).toBe(-1);
    }
    expect(ofKind(events, 'failure')).toEqual([]);
  });
});

describe('a record', () => {
  test('keeps numbers as they were written', async () => {
    const numbers = ['12345678901234567890', '-0', '1.10', '1e400', '0.1000000000000000055511151231257827'];
    const {lines} = await jsonLines('-f', 'json', numbers.map(number => `echo '{"n":${number}}'`).join('; '));
    const records = lines.filter(line => line.includes('"kind":"record"'));
    expect(records.map(line => /"n":([^}]*)\}/.exec(line)?.[1])).toEqual(numbers);
  });

  test('has odd characters escaped, and means the same', async () => {
    const odd = String.raw`\033[31m\302\205\342\200\256\342\200\250\177`;
    const {lines, events} = await jsonLines('-f', 'text', '-n', 'x', `printf '${odd}\n'; printf '${odd}' >&2`);
    for (const line of lines) expect(line).toMatch(/^[ -~]*$/);
    const text = '\x1b[31m\x85\u202e\u2028\x7f';
    expect(ofKind(events, 'record')).toMatchObject([{record: {message: text}}]);
    expect(ofKind(events, 'stderr')).toMatchObject([{text}]);
  });

  test('of auto comes with its verdict, once', async () => {
    const {events} = await jsonLines('-n', 'x', `echo one; echo '{"a":1}'`);
    expect(ofKind(events, 'failure')).toMatchObject([{line: 1, text: 'one', failure: 'invalid-json'}]);
    expect(ofKind(events, 'record')).toMatchObject([{line: 2, record: {a: 1}}]);
  });
});

test('with --ui none nothing is on stdout, and the table and failed starts are on stderr', async () => {
  const {code, stdout, stderr} = await runReported(['-n', 'a,b', 'seq 1 3', './no-such-file']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('keepup: b: failed to start: ./no-such-file: no such file');
  expect(stderr).toMatch(/^a +exit 0 +1 +3 +3 /m);
  expect(stderr).toMatch(/^b +failed to start +0 +0 /m);
});
