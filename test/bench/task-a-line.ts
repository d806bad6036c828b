// (c) What one writes next: each line is a task for a pool of workers.
import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {createInterface} from 'node:readline';
import {Tinypool} from 'tinypool';
import {baselineArguments, eachCat} from './cats.ts';

/** More than these in flight for one cat, and it is not read until some are done. */
const MAX_IN_FLIGHT = 256;

const {path, tell} = baselineArguments();
const threads = availableParallelism();
const pool = new Tinypool({
  filename: new URL('task-worker.ts', import.meta.url).href,
  minThreads: threads,
  maxThreads: threads,
});
const counts = {bytes: 0, lines: 0, records: 0, failures: 0};

await eachCat(path, async stdout => {
  const lines = createInterface({input: stdout});
  let inFlight = 0;
  const judge = async (line: string): Promise<void> => {
    if (++inFlight >= MAX_IN_FLIGHT) stdout.pause();
    if ((await pool.run(line)) === true) counts.records++;
    else counts.failures++;
    if (--inFlight < MAX_IN_FLIGHT) stdout.resume();
  };
  let last = Promise.resolve();
  lines.on('line', line => {
    counts.lines++;
    counts.bytes += Buffer.byteLength(line) + 1;
    const judged = judge(line);
    // Tasks may end in another order than they began: wait for all, one at a time.
    last = last.then(() => judged);
  });
  await once(lines, 'close');
  await last;
});
tell(counts);
await pool.destroy();
