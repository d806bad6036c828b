import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {Descendants} from '../../src/guard/descendants.ts';
import {newRunId, tagName} from '../../src/guard/run-tag.ts';
import {eventually} from '../support/eventually.ts';
import {kill, startLoose} from '../support/loose-processes.ts';

const start = () => {
  const tag = tagName(newRunId());
  return {tag, descendants: new Descendants(tag, () => performance.now())};
};

test('those that carry the tag with the number are found, in whatever session', async () => {
  const {tag, descendants} = start();
  const one = startLoose('setsid setsid sleep 1000 & exec sleep 1000', {[tag]: '1'});
  const twelve = startLoose('exec sleep 1000', {[tag]: '12', OTHER: `${tag}=1`});
  startLoose('exec sleep 1000', {[tag.slice(0, -1)]: '1'});
  const found = await eventually(() => descendants.tagged(1), pids => pids.length === 2 && pids.every(isSleep));
  expect(found).toContain(one.pid);
  expect(descendants.tagged(12)).toEqual([twelve.pid]);
  expect(descendants.tagged(2)).toEqual([]);
});

test('a zombie is not found, and who dies is gone at once', async () => {
  const {tag, descendants} = start();
  // The shell collects nothing while it is stopped.
  const {pid} = startLoose('sleep 0.01 & kill -STOP $$', {[tag]: '0'});
  await eventually(() => descendants.tagged(0), pids => pids.length === 1 && pids[0] === pid && isStopped(pid));
  const other = startLoose('exec sleep 1000', {[tag]: '7'});
  await eventually(() => descendants.tagged(7), pids => pids.length === 1);
  kill(other.pid);
  await other.exited;
  expect(descendants.tagged(7)).toEqual([]);
});

test('a tag behind a very large environment is found', async () => {
  const {tag, descendants} = start();
  const large = Object.fromEntries(Array.from({length: 12}, (_none, index) => [`LARGE_${index}`, 'x'.repeat(100_000)]));
  const {pid} = startLoose('exec sleep 1000', {...large, [tag]: '3'});
  await eventually(() => descendants.tagged(3), pids => pids.length === 1 && pids[0] === pid);
});

test('a process that loses its tag on the way is not found any more', async () => {
  const {tag, descendants} = start();
  const {pid} = startLoose('sleep 0.05; exec env -i /bin/sleep 1000', {[tag]: '0'});
  await eventually(() => descendants.tagged(0), pids => pids.includes(pid));
  await eventually(() => descendants.tagged(0), pids => pids.length === 0);
  expect(isSleep(pid)).toBe(true);
});

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, 'latin1').trim();
const isSleep = (pid: number): boolean => commandOf(pid) === 'sleep';
const isStopped = (pid: number): boolean => readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') T ');
