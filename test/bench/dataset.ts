import {createWriteStream} from 'node:fs';
import {finished} from 'node:stream/promises';
import {once} from 'node:events';
import {join} from 'node:path';

/** A file of NDJSON, and what is in it. */
export type Dataset = {
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
  readonly failures: number;
};

/** One line in so many is no JSON object. */
const BAD_EVERY = 100;
const LINE_BYTES = 200;
const LINES_PER_WRITE = 5000;

/**
 * Writes pino-like records of 200 bytes, newline included, of which one in a
 * hundred is cut off in the middle, to a file in `dir`.
 */
export const generateDataset = async (dir: string, lines: number): Promise<Dataset> => {
  const path = join(dir, `${lines}.ndjson`);
  const file = createWriteStream(path);
  let bytes = 0;
  for (let from = 0; from < lines; from += LINES_PER_WRITE) {
    const count = Math.min(LINES_PER_WRITE, lines - from);
    const block = Buffer.from(Array.from({length: count}, (_, index) => lineOf(from + index)).join(''));
    bytes += block.length;
    if (!file.write(block)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
  return {path, bytes, lines, failures: Math.floor(lines / BAD_EVERY)};
};

const lineOf = (index: number): string => {
  const level = LEVELS[index % LEVELS.length];
  const id = ((index * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0');
  const req = {id, method: index % 7 === 0 ? 'POST' : 'GET', url: `/api/orders/${index % 90_000}`};
  const res = {statusCode: index % 50 === 0 ? 500 : 200};
  const record = {level, time: 1_790_000_000_000 + index, pid: 4127, req, res, responseTime: index % 997, msg: MESSAGE};
  // Filled up at the end of the message, so that each line is of the same length.
  const text = JSON.stringify(record);
  const padded = `${text.slice(0, -2)}${'.'.repeat(LINE_BYTES - 1 - text.length)}"}`;
  return index % BAD_EVERY === BAD_EVERY - 1 ? `${padded.slice(0, LINE_BYTES / 2)}\n` : `${padded}\n`;
};

const MESSAGE = 'request completed';

/** As pino counts: nine in ten are info. */
const LEVELS = [30, 30, 30, 30, 30, 30, 30, 30, 40, 30, 30, 30, 30, 30, 30, 30, 30, 30, 50, 20];
