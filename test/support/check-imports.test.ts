import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, describe, expect, test} from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SCRIPT = fileURLToPath(new URL('check-imports.mjs', import.meta.url));

/** A house in which every rule is kept, and in which each of them has something to look at. */
const CLEAN: Readonly<Record<string, string>> = {
  'src/launcher.ts': "import 'node:child_process';\nawait import('./cli.ts');",
  'src/cli.ts': "import {run} from './run/headless.ts';\nexport const main = run;",
  'src/run/headless.ts':
    "import 'node:child_process';\nimport {engine} from '../engine/engine.ts';\nexport const run = engine;",
  'src/model/line.ts': 'export type Line = string;',
  'src/text/width.ts': "import stringWidth from 'string-width';\nexport const width = stringWidth;",
  'src/parse/json.ts':
    "import type {Line} from '../model/line.ts';\nexport const json = (line: Line): unknown => JSON.parse(line);",
  'src/config/flags.ts': "import {parseArgs} from 'node:util';\nexport const flags = parseArgs;",
  'src/worker/entry.ts': "import {json} from '../parse/json.ts';\nexport const entry = json;",
  'src/worker/pool.ts': "import {Worker} from 'node:worker_threads';\nexport const pool = Worker;",
  'src/engine/child.ts': "import {execa} from 'execa';\nexport const child = execa;",
  'src/engine/engine.ts':
    "import {pool} from '../worker/pool.ts';\nimport {child} from './child.ts';\nexport const engine = [pool, child];",
  'src/ui/app.tsx':
    "import {Box} from 'ink';\nimport type {ReactNode} from 'react';\nexport const app = (): ReactNode => <Box />;",
};

/** Breaches, by the rule that must find them. */
const BREACHES: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['model-imports', 'src/model/a.ts', "import '../text/width.ts';"],
  ['model-imports', 'src/model/b.ts', "import type {json} from '../parse/json.ts';\nexport type B = typeof json;"],
  ['text-imports', 'src/text/a.ts', "import '../config/flags.ts';"],
  ['config-imports', 'src/config/a.ts', "import '../text/width.ts';"],
  ['parse-imports', 'src/parse/a.ts', "import '../text/width.ts';"],
  ['worker-imports', 'src/worker/a.ts', "import '../engine/child.ts';"],
  ['engine-imports', 'src/engine/a.ts', "await import('../ui/app.tsx');"],
  ['ui-imports', 'src/ui/a.ts', "import '../engine/engine.ts';"],
  ['plain-imports', 'src/plain/a.ts', "export {app} from '../ui/app.tsx';"],
  ['rooms-are-known', 'src/shed/a.ts', "import '../engine/engine.ts';"],
  ['rooms-are-known', 'src/loose.ts', "import './model/line.ts';"],
  ['cli-is-the-root', 'src/engine/b.ts', "import '../launcher.ts';"],
  ['only-cli-runs', 'src/plain/e.ts', "import '../run/headless.ts';"],
  ['run-imports', 'src/run/a.ts', "import '../cli.ts';"],
  ['only-home-of-(ink|react|react-dom)', 'src/engine/c.ts', "import 'ink';"],
  [
    'only-home-of-(ink|react|react-dom)',
    'src/engine/d.ts',
    "import type {ReactNode} from 'react';\nexport type D = ReactNode;",
  ],
  ['only-home-of-execa', 'src/engine/e.ts', "import 'execa';"],
  ['pure-folders-touch-no-io', 'src/state/a.ts', "import 'node:fs';"],
  ['pure-folders-touch-no-io', 'src/text/b.ts', "import 'fast-check';"],
  ['src-needs-no-dev-dependency', 'src/plain/b.ts', "import 'fast-check';"],
  ['imports-lead-somewhere', 'src/plain/c.ts', "import './gone.ts';"],
  ['entries-are-loaded-by-url', 'src/worker/b.ts', "import './entry.ts';"],
  ['child-process-only-at-the-edges', 'src/engine/g.ts', "import 'node:child_process';"],
  ['child-process-only-at-the-edges', 'src/engine/h.ts', "import 'child_process';"],
  ['no-cycles', 'src/ui/b.ts', "import type {C} from './c.ts';\nexport type B = C;"],
  ['src-knows-no-test', 'src/plain/d.ts', "import '../../test/helper.ts';"],
];

/** What `src/ui/b.ts` imports, and what imports it. */
const CYCLES_BACK = "import type {B} from './b.ts';\nexport type C = B;";

const houses: string[] = [];
afterEach(() => {
  for (const house of houses.splice(0)) rmSync(house, {recursive: true});
});

const houseOf = (files: Readonly<Record<string, string>>): string => {
  const house = mkdtempSync(join(tmpdir(), 'keepup-imports-'));
  houses.push(house);
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    cpSync(join(ROOT, name), join(house, name));
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'));
  for (const [file, text] of Object.entries({'test/helper.ts': '', ...files})) {
    mkdirSync(dirname(join(house, file)), {recursive: true});
    writeFileSync(join(house, file), `${text}\nexport {};\n`);
  }
  return house;
};

const check = (house: string) => spawnSync(process.execPath, [SCRIPT, house], {encoding: 'utf8'});

describe('the import check', () => {
  test('passes a house in which every rule is kept, and says how much it has read', () => {
    const {status, stdout, stderr} = check(houseOf(CLEAN));
    expect(stderr).toBe('');
    expect(stdout).toBe(`imports: 12 of 12 files read, 0 breaches\n`);
    expect(status).toBe(0);
  });

  test('finds every planted breach, names its rule and gives the reason', () => {
    const planted = Object.fromEntries(BREACHES.map(([, file, text]) => [file, text]));
    const {status, stderr} = check(houseOf({...CLEAN, ...planted, 'src/ui/c.ts': CYCLES_BACK}));
    const found = new Set(
      stderr
        .split('\n')
        .filter(line => line.includes(' → '))
        .map(line => line.split(' → ')[0]),
    );
    for (const [rule, file] of BREACHES) expect(found).toContain(`${rule}: ${file}`);
    expect(stderr).toContain('data flows one way, and so do types');
    expect(status).toBe(1);
  });

  test('fails a launcher that needs more than cli.ts', () => {
    const {status, stderr} = check(
      houseOf({...CLEAN, 'src/launcher.ts': "import 'string-width';\nimport './model/line.ts';"}),
    );
    expect(status).toBe(1);
    expect(stderr.match(/^launcher-imports-only-cli: /gm)).toHaveLength(2);
  });

  test('fails when files were not read, as with a TypeScript that it cannot use', () => {
    const house = houseOf(CLEAN);
    writeFileSync(
      join(house, '.dependency-cruiser.cjs'),
      'module.exports = {forbidden: [], options: {exclude: {path: "^src/ui"}}};',
    );
    const {status, stderr} = check(house);
    expect(status).toBe(1);
    expect(stderr).toBe('1 of 12 files of src were not read, src/ui/app.tsx among them\n');
  });

  test.each([
    ['there is nothing to read', {}, /no files in|gave no result/],
    [
      'the rules are broken',
      {...CLEAN, '.dependency-cruiser.cjs': 'syntax error'},
      /^dependency-cruiser gave no result: /,
    ],
  ])('fails when %s', (_, files, message) => {
    const {status, stderr} = check(houseOf(files));
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });
});
