import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {ownCgroup} from '../../src/guard/cgroup.ts';
import {eventually} from '../support/eventually.ts';
import {tempFolder} from '../support/parser-module.ts';
import {processesWith} from '../support/processes.ts';
import {runKeepup, startKeepup} from '../support/run-keepup.ts';

const tagOf = (stdout: string): string => /KEEPUP_TAG_[0-9a-f]{16}/.exec(stdout)![0];

const home = ownCgroup({
  mountinfo: readFileSync('/proc/self/mountinfo', 'utf8'),
  membership: readFileSync('/proc/self/cgroup', 'utf8'),
});

test.each([
  ['that ends by itself', [], {}],
  ['that is ended', ['--for', '1s', 'sleep 1000'], {}],
  ['without a cgroup', ['--for', '1s', 'sleep 1000'], {KEEPUP_NO_CGROUP: '1'}],
])('of a run %s no process is left, no watchdog, no cgroup, no file', async (_title, args, env: NodeJS.ProcessEnv) => {
  const TMPDIR = tempFolder();
  const {code, stdout} = await runKeepup(['--ui', 'plain', ...args, 'env; setsid sleep 1000 > /dev/null 2>&1 &'], {
    env: {TMPDIR, ...env},
  });
  expect(code).toBe(0);
  const tag = tagOf(stdout);
  // The watchdog has the tag in its arguments, all others have it in their environment.
  expect(processesWith(tag)).toEqual([]);
  expect(readdirSync(TMPDIR)).toEqual([]);
  if (home !== null) expect(existsSync(path.join(home, tag.replace('KEEPUP_TAG_', 'keepup-')))).toBe(false);
});

test('a keepup inside a keepup has a tag of its own, and leaves with it', async () => {
  const inner = `'${process.execPath}' '${path.resolve('dist/launcher.js')}' --ui plain 'env; sleep 1000'`;
  const run = startKeepup(['--ui', 'plain', inner]);
  const isTag = /KEEPUP_TAG_([0-9a-f]{16})=0[^]*KEEPUP_TAG_(?!\1)[0-9a-f]{16}=0/;
  const [text] = await run.until(isTag);
  run.child.kill('SIGTERM');
  expect((await run.ended).code).toBe(143);
  const tags = [...text.matchAll(/KEEPUP_TAG_[0-9a-f]{16}/g)].map(([tag]) => tag);
  expect(new Set(tags).size).toBe(2);
  await eventually(() => tags.flatMap(processesWith), pids => pids.length === 0);
});
