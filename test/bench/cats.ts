import {spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import type {Readable} from 'node:stream';

/** How many programs print at once. */
export const CATS = 5;

/** What a contender found in the output of all the cats; null where it cannot tell. */
export type Counts = {
  readonly bytes: number | null;
  readonly lines: number | null;
  readonly records: number | null;
  readonly failures: number | null;
};

/** Runs the cats of a file and gives each one's output to `read`; resolves when all have been read to the end. */
export const eachCat = async (path: string, read: (stdout: Readable) => Promise<void>): Promise<void> => {
  await Promise.all(
    Array.from({length: CATS}, async () => {
      const cat = spawn('cat', [path], {stdio: ['ignore', 'pipe', 'inherit']});
      const closed = new Promise(resolve => cat.on('close', resolve));
      await read(cat.stdout);
      await closed;
    }),
  );
};

/** The file to read and where the counts go: how a baseline is called. */
export const baselineArguments = (): {path: string; tell: (counts: Counts) => void} => {
  const [path = '', countsFile = ''] = process.argv.slice(2);
  return {path, tell: counts => writeFileSync(countsFile, JSON.stringify(counts))};
};
