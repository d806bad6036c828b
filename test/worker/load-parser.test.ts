import {describe, expect, test} from 'vitest';
import type {Checked} from '../../src/model/task.ts';
import {WorkerPool} from '../../src/worker/pool.ts';
import {parserModule} from '../support/parser-module.ts';
import {usePool} from '../support/use-pool.ts';

const pool = usePool(() => new WorkerPool(2));

const check = (source: string, name?: string): Promise<Checked> => {
  const {url, path} = parserModule(source, name);
  return pool().run({kind: 'check', url, path});
};

describe('a module can be used', () => {
  test.each([
    ['in JavaScript', 'export default line => ({line})', 'p.mjs'],
    ['in TypeScript', 'type T = {line: string};\nexport default (line: string): T => ({line});', 'p.ts'],
    ['in TypeScript for CommonJS', 'module.exports = (line: string) => ({line});', 'p.cts'],
    ['in CommonJS', 'module.exports = line => ({line});', 'p.cjs'],
    [
      'with a promise on its way',
      'await new Promise(resolve => setTimeout(resolve, 1)); export default async line => ({line});',
      'p.mjs',
    ],
    ['that prints', 'console.log("noise"); console.error("noise"); export default () => null;', 'p.mjs'],
    [
      'that waits for what it prints',
      'await new Promise(r => process.stdout.write("noise", r)); export default () => null;',
      'p.mjs',
    ],
    ['with blanks, umlauts and signs in its name', 'export default () => null', 'pärser #1 %20?.mjs'],
  ])('%s', async (_title, source, name) => {
    expect(await check(source, name)).toEqual({ok: true});
  });
});

describe('a module cannot be used, with the reason and the place,', () => {
  test.each([
    ['with a syntax error', 'let a = ;', 'p.mjs', "SyntaxError: Unexpected token ';' (node --check shows where)"],
    [
      'with a syntax error in TypeScript',
      '\nexport default (line: string) => {{{;',
      'p.ts',
      /^SyntaxError: .* \(line \d\)$/,
    ],
    [
      'with an enum',
      'enum A {B}\nexport default () => A.B',
      'p.ts',
      /enum is not supported in strip-only mode \(line 1\)$/,
    ],
    ['that throws', '\n\nthrow new TypeError("no database")', 'p.mjs', 'TypeError: no database (line 3)'],
    ['that throws anything', 'throw Object.create(null)', 'p.mjs', 'the parser threw something that cannot be printed'],
    ['that ends its process', 'process.exit(3); export default () => null', 'p.mjs', /process\.exit\(3\)/],
    [
      'that imports what is not there',
      'import "./nope.mjs"; export default () => null',
      'p.mjs',
      /^Error: Cannot find module .*nope\.mjs/,
    ],
    [
      'without a default export',
      'export const parse = () => null',
      'p.mjs',
      /^it has no default export \(it exports parse\)/,
    ],
    [
      'with another default export',
      'export default {parse: () => null}',
      'p.mjs',
      'its default export is an object, expected a function parse(line)',
    ],
    ['that is JSON', '{"a":1}', 'p.json', /type: json/],
  ])('%s', async (_title, source, name, reason) => {
    const checked = await check(source, name);
    expect(checked).toEqual({ok: false, reason: typeof reason === 'string' ? reason : expect.stringMatching(reason)});
    expect((checked as {reason: string}).reason).not.toContain('\n');
  });

  test('that is not there', async () => {
    const {url, path} = parserModule('');
    expect(await pool().run({kind: 'check', url: `${url}.nope.mjs`, path})).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Cannot find module'),
    });
  });
});
