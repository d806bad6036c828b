import fc from 'fast-check';
import {expect, test} from 'vitest';
import {prettyJson} from '../../src/worker/pretty-json.ts';

test('JSON gets a line for each member and two spaces a level', () => {
  expect(prettyJson('{"b":[],"a":[1,{"c":null}]}')).toBe(
    '{\n  "b": [],\n  "a": [\n    1,\n    {\n      "c": null\n    }\n  ]\n}',
  );
});

test.each(['12345678901234567890', '-0', '1.10', '1e400', '0.1000000000000000055511151231257827'])(
  'the number %s stays as it was written',
  number => {
    expect(prettyJson(`{"n":${number}}`)).toBe(`{\n  "n": ${number}\n}`);
    expect(prettyJson(`[${number}]`)).toBe(`[\n  ${number}\n]`);
  },
);

test('any JSON means the same afterwards', () => {
  fc.assert(
    fc.property(fc.json(), json => {
      expect(JSON.parse(prettyJson(json))).toEqual(JSON.parse(json));
    }),
  );
});

test('keys that mean something to JavaScript are keys like others', () => {
  expect(prettyJson('{"__proto__":{"a":1},"toJSON":2}')).toContain('"__proto__": {');
});
