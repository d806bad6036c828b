import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Ledger} from '../../src/model/ledger.ts';
import {failureEvent, recordEvent, stateEvent, stderrEvent, tickEvent} from '../../src/text/json-event.ts';
import {sanitize} from '../../src/text/sanitize.ts';
import {anyText} from './hostile-strings.ts';

const head = {process: 'api#1', generation: 3, time: '2026-11-22T12:04:31.882Z'};
const place = {line: 12, offset: 3456};
const headJson = '"process":"api#1","generation":3,"time":"2026-11-22T12:04:31.882Z"';

describe('recordEvent', () => {
  test('embeds the JSON of the record as it is', () => {
    const rawJson = '{"msg":"hi", "big":9007199254740993,"f":1.0,"a":1,"a":2}';
    expect(recordEvent(head, {...place, level: 'info', message: 'hi', rawJson})).toBe(
      `{"kind":"record",${headJson},"line":12,"offset":3456,"level":"info","message":"hi","record":${rawJson}}\n`);
  });

  test('writes a value, and null for no level', () => {
    expect(JSON.parse(recordEvent(head, {...place, level: 'none', message: '', rawJson: null, value: {a: [1, 'x']}})))
      .toEqual({kind: 'record', ...head, ...place, level: null, message: '', record: {a: [1, 'x']}});
  });

  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  test.each([
    ['a cycle', cyclic, null],
    ['undefined', undefined, null],
    ['a function', () => 1, null],
    ['a bigint', {big: 2n ** 64n}, {big: '18446744073709551616'}],
    ['an exception', {toJSON: () => { throw new Error('no'); }}, null],
  ])('is still one event when the value holds %s', (_, value, record) => {
    const event = recordEvent(head, {...place, level: 'info', message: 'm', rawJson: null, value});
    expect(JSON.parse(event)).toMatchObject({kind: 'record', message: 'm', record});
  });

  test.each([
    ['a byte order mark', '\ufeff{"a":1}', {a: 1}],
    ['raw line breaks', '{\r\n"a":1\n}', {a: 1}],
    ['raw odd characters', '{"a":"\u202e\x9b\u2028"}', {a: '\u202e\x9b\u2028'}],
  ])('is one clean line when the JSON holds %s', (_, rawJson, record) => {
    const event = recordEvent(head, {...place, level: 'info', message: '', rawJson});
    expect(sanitize(event.slice(0, -1))).toBe(event.slice(0, -1));
    expect(JSON.parse(event)).toMatchObject({record});
  });

  test('law: any record comes back whole from one clean line', () => {
    fc.assert(fc.property(fc.jsonValue({stringUnit: 'binary'}), anyText, anyText, (value, message, process) => {
      const event = recordEvent({...head, process}, {...place, level: 'warn', message, rawJson: JSON.stringify(value)});
      expect(event.indexOf('\n')).toBe(event.length - 1);
      expect(sanitize(event.slice(0, -1))).toBe(event.slice(0, -1));
      expect(JSON.parse(event)).toEqual({
        kind: 'record', ...head, process, ...place, level: 'warn', message, record: JSON.parse(JSON.stringify(value)),
      });
    }), {numRuns: 500});
  });
});

describe('other events', () => {
  test('a failure', () => {
    expect(failureEvent(head, {...place, failure: 'invalid-json', message: 'Unexpected end', text: '{"a\x1b'})).toBe(
      `{"kind":"failure",${headJson},"line":12,"offset":3456,"failure":"invalid-json",` +
      '"message":"Unexpected end","text":"{\\"a\\u001b"}\n');
  });

  test('a stderr line', () => {
    expect(stderrEvent(head, {line: 2, text: 'oops\u202e'}))
      .toBe(`{"kind":"stderr",${headJson},"line":2,"text":"oops\\u202e"}\n`);
  });

  test('a state', () => {
    expect(stateEvent(head, {state: 'exited', pid: null, exitCode: 1, signal: null, detail: 'held open by 12'})).toBe(
      `{"kind":"state",${headJson},"state":"exited","pid":null,"exitCode":1,"signal":null,` +
      '"detail":"held open by 12"}\n');
  });

  test('nothing but the schema gets out', () => {
    const rich = {...head, secret: 1};
    expect(stderrEvent(rich, {line: 1, text: ''})).not.toContain('secret');
    expect(failureEvent(rich, {...place, failure: 'lost', message: '', text: ''})).not.toContain('secret');
  });

  test('law: any text is one clean line and comes back', () => {
    fc.assert(fc.property(anyText, (text) => {
      const event = stderrEvent(head, {line: 1, text});
      expect(event.indexOf('\n')).toBe(event.length - 1);
      expect(sanitize(event.slice(0, -1))).toBe(event.slice(0, -1));
      expect(JSON.parse(event)).toMatchObject({text});
    }), {numRuns: 500});
  });
});

describe('tickEvent', () => {
  const ledger: Ledger = {linesIn: 6, bytesIn: 60, records: 1, failures: 2, blank: 1, dropped: 1, pending: 1};
  const rates = {linesPerSec1: 2.5, linesPerSec10: 9};
  const process = {name: 'api', generation: 2, ledger, rates, tail: ['never shown']};

  test('gives the books of the run and of each process', () => {
    const event = tickEvent({wallMs: 0, totals: {ledger, rates}, processes: [process]});
    expect(event.endsWith('}\n')).toBe(true);
    expect(JSON.parse(event)).toEqual({
      kind: 'tick',
      process: null,
      generation: null,
      time: '1970-01-01T00:00:00.000Z',
      totals: {...ledger, linesPerSec: 2.5},
      processes: [{process: 'api', generation: 2, ...ledger, linesPerSec: 2.5}],
    });
  });
});
