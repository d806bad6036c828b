import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';

const DIST = path.resolve('dist');
const text = (name: string): string => readFileSync(path.join(DIST, name), 'utf8');

test('has what is started by its path, and the licence of everything in it', () => {
  for (const name of ['launcher.js', 'cli.js', 'engine-start.js', 'entry.js', 'start.js', 'scanner.wasm']) {
    expect(existsSync(path.join(DIST, name)), name).toBe(true);
  }
  const licences = text('THIRD-PARTY-LICENSES.txt');
  for (const name of ['ink', 'react', 'execa', 'yoga-layout']) expect(licences).toMatch(new RegExp(`^${name} \\d.*MIT`, 'm'));
});

test('the launcher needs nothing before it knows its Node', () => {
  const imports = [...text('launcher.js').matchAll(/\bfrom\s*["']([^"']+)/g)].map(match => match[1] ?? '');
  expect(imports.length).toBeGreaterThan(3);
  expect(imports.filter(name => !name.startsWith('node:'))).toEqual([]);
});

test('help and version load neither the screen nor the engine', () => {
  const seen = new Set<string>();
  const load = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const [, target = ''] of text(name).matchAll(/\bfrom\s*["']\.\/([^"']+)/g)) load(target);
  };
  for (const name of ['launcher.js', 'cli.js', 'command-line.js', 'flags.js']) load(name);
  const all = [...seen].map(text).join('\n');
  expect(all).not.toContain('react.production');
  expect(all).not.toContain('new Worker(');
  expect(seen.size).toBeLessThan(readdirSync(DIST).length / 2);
});
