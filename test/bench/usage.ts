// Preloaded into all that is measured: each process leaves what it used beside KEEPUP_BENCH_USAGE, when it exits.
import {writeFileSync} from 'node:fs';
import {isMainThread} from 'node:worker_threads';
import {cpuTimes} from './cpu-times.ts';

/** What a process has used, all its threads together. */
export type Usage = {
  /** The file that it runs. */
  readonly script: string;
  readonly cpuS: number;
  /** Of its children that have ended: the cats. */
  readonly childrenCpuS: number;
};

const usage = (): Usage => {
  const {userCPUTime, systemCPUTime} = process.resourceUsage();
  return {
    script: process.argv[1] ?? '',
    cpuS: (userCPUTime + systemCPUTime) / 1e6,
    childrenCpuS: cpuTimes('self').childrenS,
  };
};

const file = process.env['KEEPUP_BENCH_USAGE'];
if (isMainThread && file !== undefined) process.on('exit', () => writeFileSync(`${file}.${process.pid}`, JSON.stringify(usage())));
