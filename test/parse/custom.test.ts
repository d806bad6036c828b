import {describe, expect, it} from 'vitest';
import {MAX_DEPTH} from '../../src/model/verdict.ts';
import {judgeAnswer, judgeThrown, loadProblem, MAX_THROWN_CHARS} from '../../src/parse/custom.ts';
import {nest} from '../support/nest.ts';

const said = (answer: unknown): string => {
  const verdict = judgeAnswer(answer);
  return verdict.kind === 'record' ? 'record' : verdict.failure;
};

class Access {
  status = 200;
}

const cycle: Record<string, unknown> = {a: {}};
cycle['a'] = {back: [cycle]};
const shared = {x: 1};
const lattice = Array.from({length: 60}).reduce<object>(below => ({left: below, right: below}), {});
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const unprintable = 'the parser threw something that cannot be printed';

describe('judgeAnswer', () => {
  it.each([
    ['null', null, 'no-match'],
    ['undefined', undefined, 'no-match'],
    ['an object', {a: 1}, 'record'],
    ['an empty object', {}, 'record'],
    ['an object without prototype', Object.create(null), 'record'],
    ['an instance of a class', new Access(), 'record'],
    ['an array', [{a: 1}], 'not-an-object'],
    ['a function', () => ({}), 'not-an-object'],
    ['a string', '{}', 'not-an-object'],
    ['zero', 0, 'not-an-object'],
    ['false', false, 'not-an-object'],
    ['a symbol', Symbol('x'), 'not-an-object'],
    ['a BigInt', 10n, 'not-an-object'],
    ['the greatest depth', nest(MAX_DEPTH), 'record'],
    ['one level more', nest(MAX_DEPTH + 1), 'too-deep'],
    ['a hundred thousand levels', nest(100_000), 'too-deep'],
    ['a circle', cycle, 'too-deep'],
    ['one object met twice', {a: shared, b: [shared]}, 'record'],
    ['2^60 ways through 60 levels', lattice, 'record'],
    ['a large buffer', {bytes: new Uint8Array(10_000_000)}, 'record'],
    ['a getter that throws', {get a(): never { throw new Error('no'); }}, 'parser-error'],
    ['a revoked proxy', revoked.proxy, 'parser-error'],
  ])('says of %s', (_, answer, expected) => expect(said(answer)).toBe(expected));

  it('hands the record on as it is', () => {
    const answer = new Access();
    expect(judgeAnswer(answer)).toEqual({kind: 'record', value: answer});
  });

  it('names what came instead of an object', () => {
    expect(judgeAnswer([])).toMatchObject({message: 'the parser returned an array instead of an object or null'});
    expect(judgeAnswer('x')).toMatchObject({message: 'the parser returned a string instead of an object or null'});
  });
});

describe('judgeThrown', () => {
  it.each([
    ['an error', new RangeError('out of range'), 'RangeError: out of range'],
    ['a string', 'bad line', 'bad line'],
    ['a number', 42, '42'],
    ['undefined', undefined, 'undefined'],
    ['a symbol', Symbol('why'), 'Symbol(why)'],
    ['an object with a message', {message: 'from afar'}, 'from afar'],
    ['an empty string', '', 'the parser threw an empty string'],
    ['an object that cannot be text', Object.create(null), unprintable],
    ['a message that throws', {get message(): never { throw new Error('no'); }}, unprintable],
    ['a revoked proxy', revoked.proxy, unprintable],
  ])('takes the message of %s', (_, error, message) => {
    expect(judgeThrown(error)).toEqual({kind: 'failure', failure: 'parser-error', message});
  });

  it('keeps huge messages short', () => {
    const verdict = judgeThrown(new Error('x'.repeat(10_000_000)));
    expect(verdict.kind === 'failure' && verdict.message.length).toBe(MAX_THROWN_CHARS);
  });
});

describe('loadProblem', () => {
  it('has none with a function as the default export', () => {
    expect(loadProblem({default: () => null})).toBeNull();
    expect(loadProblem({default: async () => null, other: 1})).toBeNull();
  });

  it.each([
    [{parse: () => null}, 'it has no default export (it exports parse); expected a function parse(line)'],
    [{}, 'it has no default export (it exports nothing); expected a function parse(line)'],
    [{default: {}}, 'its default export is an object, expected a function parse(line)'],
    [{default: undefined}, 'its default export is undefined, expected a function parse(line)'],
    [{default: 'parse'}, 'its default export is a string, expected a function parse(line)'],
    [null, 'it is null, not a module'],
  ])('says of %j: %s', (module, problem) => expect(loadProblem(module)).toBe(problem));
});
