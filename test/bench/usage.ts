// Preloaded into all that is measured: each process leaves what it used beside KEEPUP_BENCH_USAGE, when it exits.
import {readFileSync, writeFileSync} from 'node:fs';
import {isMainThread} from 'node:worker_threads';

/** What a process has used, all its threads together. */
export type Usage = {
  readonly cpuS: number;
  /** Of its children that have ended: the cats. */
  readonly childrenCpuS: number;
};

const TICKS_PER_S = 100;

const usage = (): Usage => {
  const {userCPUTime, systemCPUTime} = process.resourceUsage();
  // Fields 16 and 17, counted behind the name, which may hold blanks.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const childrenCpuS = (Number(fields[13]) + Number(fields[14])) / TICKS_PER_S;
  return {cpuS: (userCPUTime + systemCPUTime) / 1e6, childrenCpuS};
};

const file = process.env['KEEPUP_BENCH_USAGE'];
if (isMainThread && file !== undefined) process.on('exit', () => writeFileSync(`${file}.${process.pid}`, JSON.stringify(usage())));
