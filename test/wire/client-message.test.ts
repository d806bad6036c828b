import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {readClientMessage} from '../../src/wire/client-message.ts';

const act = {kind: 'act', action: 'stop', names: ['web']};

describe('what makes sense', () => {
  test.each<unknown>([
    {kind: 'hello', keepup: 99, role: 'ui'},
    {kind: 'taken', seq: 0},
    {kind: 'taken', seq: 7, lines: 12},
    {kind: 'leave', how: 'detach'},
    {kind: 'command', command: {kind: 'clear', target: 'all'}},
    {kind: 'command', command: {kind: 'start', target: 0}},
    {kind: 'command', command: {kind: 'quit'}},
    {kind: 'command', command: {kind: 'quit', signal: 'SIGHUP'}},
    {kind: 'page', id: 1, query: {kind: 'lines-before', process: 0, before: 'end', count: 500}},
    {kind: 'page', id: 1, query: {kind: 'lines-after', process: 0, after: [1.5, 0], count: 0}},
    {kind: 'page', id: 1, query: {kind: 'line', process: 3, key: [7, 0]}},
    {kind: 'page', id: 1, query: {kind: 'groups', process: 0}},
    {kind: 'control', id: 1, request: act},
    {kind: 'control', id: 1, request: {kind: 'quit', force: true}},
  ])('%j is taken as it is', message => {
    expect(readClientMessage(message)).toEqual({kind: 'message', message});
  });

  test('nothing more than is known is handed on', () => {
    const message = {kind: 'control', id: 1, request: {...act, evil: 1}, more: 2};
    expect(readClientMessage(message)).toEqual({kind: 'message', message: {kind: 'control', id: 1, request: act}});
  });

  test('a count is bounded', () => {
    const query = {kind: 'lines-before', process: 0, before: 'end', count: 1e9};
    expect(readClientMessage({kind: 'page', id: 1, query})).toMatchObject({message: {query: {count: 500}}});
  });
});

describe('what makes none', () => {
  test.each<unknown>([
    null,
    'hello',
    [],
    {kind: 'toString'},
    {kind: 'hello', keepup: '1', role: 'ui'},
    {kind: 'hello', keepup: 1, role: 'root'},
    {kind: 'taken', seq: null},
    {kind: 'taken', seq: 1, lines: -1},
    {kind: 'taken', seq: 1, lines: 'all'},
    {kind: 'leave', how: 'lost'},
    {kind: 'command', command: {kind: 'stop', target: -1}},
    {kind: 'command', command: {kind: 'stop', target: '0'}},
    {kind: 'command', command: {kind: 'quit', signal: 9}},
    {kind: 'command'},
    {kind: 'page', id: '1', query: {kind: 'groups', process: 0}},
    {kind: 'control', request: act},
  ])('%j is bad', message => {
    expect(readClientMessage(message)).toMatchObject({kind: 'bad'});
  });

  test.each<['page' | 'control', unknown]>([
    ['page', {kind: 'lines-before', process: 0, before: 'start', count: 1}],
    ['page', {kind: 'lines-after', process: 0, after: [1, null], count: 1}],
    ['page', {kind: 'line', process: 0, key: null}],
    ['page', {kind: 'groups', process: 1.5}],
    ['page', {kind: 'all'}],
    ['control', {...act, names: 'web'}],
    ['control', {...act, names: ['web', 1]}],
    ['control', {...act, action: 'quit'}],
    ['control', {kind: 'quit'}],
    ['control', undefined],
  ])('a %s of %j is a bad question', (of, asked) => {
    const message = {kind: of, id: 4, [of === 'page' ? 'query' : 'request']: asked};
    expect(readClientMessage(message)).toMatchObject({kind: 'bad-question', of, id: 4});
  });

  test('any JSON is judged, never a crash', () => {
    const kind = fc.constantFrom('hello', 'taken', 'page', 'command', 'control', 'leave');
    const [id, query, command, request] = [fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), fc.jsonValue()];
    const near = fc.record({kind, id, query, command, request});
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), near), sent => void readClientMessage(sent)));
  });
});
