import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {beforeAll, describe, expect, test} from 'vitest';
import {optionTableMarkdown, verbTableMarkdown} from '../src/config/help.ts';
import {RESERVED_WORDS} from '../src/config/launches.ts';
import {FAILURE_KINDS, LEVELS} from '../src/model/verdict.ts';
import {keyTableMarkdown} from '../src/ui/help.ts';

const file = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const README = file('README.md');
const readme = (): string => readFileSync(README, 'utf8');

/** What stands between the markers of a name, and what should. */
const GENERATED = {options: optionTableMarkdown, verbs: verbTableMarkdown, keys: keyTableMarkdown};

const between = (name: string): RegExp => new RegExp(`(?<=<!-- ${name}: .* -->\n)[^]*?(?=<!-- /${name} -->)`);

beforeAll(() => {
  if (process.env['UPDATE_DOCS'] !== '1') return;
  let text = readme();
  for (const [name, make] of Object.entries(GENERATED)) text = text.replace(between(name), () => `\n${make()}\n\n`);
  writeFileSync(README, text);
});

describe('the README', () => {
  test.each(Object.entries(GENERATED))('has the table of %s as it is now (else: UPDATE_DOCS=1)', (name, make) => {
    expect(between(name).exec(readme())?.[0]).toBe(`\n${make()}\n\n`);
  });

  test('is shorter than 300 lines', () => {
    expect(readme().split('\n').length).toBeLessThan(300);
  });

  test('shows and links only what is there', () => {
    const links = [...readme().matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(match => match[1] ?? '');
    expect(links).toContain('demo/screen.png');
    expect(links.filter(link => !existsSync(file(link)))).toEqual([]);
  });

  test('names every npm script that it tells of', () => {
    const {scripts}: {scripts: Record<string, string>} = JSON.parse(readFileSync(file('package.json'), 'utf8'));
    const named = [...readme().matchAll(/npm run ([\w:]+)/g)].map(match => match[1] ?? '');
    expect(named.filter(name => name !== 'api' && name !== 'worker' && !(name in scripts))).toEqual([]);
  });

  test('documents every key of the report, every class of failure, every level and every reserved word', () => {
    const run = spawnSync(
      process.execPath,
      [file('dist/launcher.js'), '--ui', 'none', '--report', '-', '-f', 'json', 'echo no json'],
      {encoding: 'utf8'},
    );
    const keys = new Set<string>();
    // A reviver sees every key; those of arrays are numbers.
    JSON.parse(run.stdout, (key, value: unknown) => {
      if (!/^\d*$/.test(key)) keys.add(key);
      return value;
    });
    expect(keys).toContain('sampleGeneration');
    const report = readme().split('## The report')[1] ?? '';
    expect([...keys, ...FAILURE_KINDS, ...LEVELS].filter(word => !report.includes(`\`${word}\``))).toEqual([]);
    expect(readme()).toContain(`\`${RESERVED_WORDS.join(' ')}\``);
  });
});

describe('the changelog', () => {
  test('tells of the version in package.json, or of what is not released yet', () => {
    const {version}: {version: string} = JSON.parse(readFileSync(file('package.json'), 'utf8'));
    expect(readFileSync(file('CHANGELOG.md'), 'utf8')).toMatch(new RegExp(`^## \\[(Unreleased|${version})\\]`, 'm'));
  });
});
