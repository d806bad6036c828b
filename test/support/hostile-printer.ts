// Prints hostile lines as fast as they are read: node test/support/hostile-printer.ts COUNT SEED [LONG_EVERY]
import {hostileLines} from './hostile-lines.ts';

const CHUNK_BYTES = 256 * 1024;

/** Writes chunks one after the other, each when the one before is out; a reader that goes away ends us. */
const print = async (count: number, seed: number, longEvery: number): Promise<void> => {
  process.stdout.on('error', () => process.exit(1));
  let chunk: Buffer[] = [];
  let bytes = 0;
  for (const line of hostileLines(count, seed, {longEvery})) {
    chunk.push(line);
    bytes += line.length;
    if (bytes < CHUNK_BYTES) continue;
    await write(Buffer.concat(chunk));
    [chunk, bytes] = [[], 0];
  }
  await write(Buffer.concat(chunk));
};

const write = (chunk: Buffer): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(chunk, () => resolve());
  });

const [count = 1000, seed = 1, longEvery = 1000] = process.argv.slice(2).map(Number);
await print(count, seed, longEvery);
