import {spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, describe, expect, test} from 'vitest';

const SCRIPT = fileURLToPath(new URL('../.ci/run', import.meta.url));

const places: string[] = [];
afterEach(() => {
  for (const place of places.splice(0)) rmSync(place, {recursive: true});
});

/** Runs the script in a project whose npm is a script of ours. */
const runWith = (npm: string) => {
  const place = mkdtempSync(join(tmpdir(), 'keepup-ci-'));
  places.push(place);
  for (const folder of ['.ci', 'bin']) mkdirSync(join(place, folder));
  cpSync(SCRIPT, join(place, '.ci/run'));
  writeFileSync(join(place, 'bin/npm'), `#!/bin/sh\n${npm}\n`);
  chmodSync(join(place, 'bin/npm'), 0o755);
  const PATH = `${join(place, 'bin')}:${process.env['PATH']}`;
  return spawnSync(join(place, '.ci/run'), {encoding: 'utf8', env: {...process.env, PATH}, input: 'not for npm'});
};

/** An npm whose test script leaves this result file and exits so. */
const npmTest = (result: string, code: number): string =>
  `[ "$1" = ci ] && exit 0
   for word; do case "$word" in --outputFile.json=*) printf '%s' '${result}' > "\${word#*=}" ;; esac; done
   exit ${code}`;

describe('.ci/run', () => {
  test.each([
    ['all passed', npmTest('{"numPassedTests":12,"numFailedTests":0}', 0), '12 passed, 0 failed', 0],
    ['some failed', npmTest('{"numPassedTests":10,"numFailedTests":2}', 1), '10 passed, 2 failed', 1],
    ['a file did not load', npmTest('{"numPassedTests":10,"numFailedTests":0}', 1), '10 passed, 1 failed', 1],
    ['types, lint or imports failed', npmTest('', 2), '0 passed, 1 failed', 1],
    ['no test ran', npmTest('{"numPassedTests":0,"numFailedTests":0}', 0), '0 passed, 1 failed', 1],
    ['nothing was written', npmTest('', 0), '0 passed, 1 failed', 1],
    ['the result is torn', npmTest('{"numPassed', 0), '0 passed, 1 failed', 1],
    ['npm ci failed', 'exit 1', '0 passed, 1 failed', 1],
  ])('when %s ends with its line and its code', (_, npm, line, code) => {
    const {stdout, status} = runWith(npm);
    expect(stdout.split('\n').slice(-2)).toEqual([line, '']);
    expect(status).toBe(code);
  });

  test('runs npm ci, then npm test, both without input', () => {
    const {stdout} = runWith('echo "$1: $(cat)"');
    expect(stdout).toBe('ci: \ntest: \n0 passed, 1 failed\n');
  });
});
