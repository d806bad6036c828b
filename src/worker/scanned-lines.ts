import type {ParseTask} from '../model/task.ts';
import type {Level} from '../model/verdict.ts';
import {ASK, BLANK, RECORD, RECORD_ASK_LEVEL, type JsonScanner, type Scanned} from '../scan/scanner.ts';
import type {BatchBuilder} from './batch-builder.ts';
import type {LineCursor} from './line-cursor.ts';

/**
 * Has the scanner look at a batch, where it can: UTF-8 throughout, every line judged and whole, nothing to write.
 *
 * @returns Null where each line must be judged on its own.
 */
export const scanBatch = (task: ParseTask, cursor: LineCursor, scanner: JsonScanner): Scanned | null => {
  if (task.format.kind !== 'json' || task.emit !== null || task.sampleEvery !== 1) return null;
  // All of it will be shown, and so parsed.
  if (task.lines <= task.tailLines) return null;
  if (task.discarded.length > 0 || !cursor.isUtf8) return null;
  // What a stream starts with may be a byte order mark, which is no part of its line.
  if (task.firstOffset === 0 && task.bytes[0] === FIRST_OF_BOM) return null;
  return scanner.scan(task.bytes, task.maxLineBytes);
};

/**
 * Takes a scanned batch up to its last `tailLines` lines, which will be shown: counts what only counts, and has the
 * rest judged line by line. Leaves the cursor where the others begin.
 *
 * @param judge Judges the line that the cursor is at: in order, those that the scanner is not sure of and those that
 *   make error groups.
 */
export const takeScanned = (
  scanned: Scanned,
  tailLines: number,
  {cursor, builder, judge}: {cursor: LineCursor; builder: BatchBuilder; judge: () => void},
): void => {
  const {count, ends, codes, levels} = scanned;
  const tailFrom = Math.max(0, count - tailLines);
  const mustJudge = judgedCodes(levels);
  const counts = new Uint32Array(CODES);
  for (let index = 0; index < tailFrom; index++) {
    const code = codes[index]!;
    counts[code]!++;
    if (mustJudge[code] === 0) continue;
    cursor.moveTo(index, index === 0 ? 0 : ends[index - 1]!);
    judge();
  }
  for (let code = 0; code < CODES; code++) {
    if (mustJudge[code] === 1 || counts[code] === 0) continue;
    if (code === BLANK) builder.countBlank(counts[code]!);
    else builder.countRecords(counts[code]!, levels[code - RECORD]!);
  }
  if (tailFrom > 0) cursor.moveTo(tailFrom - 1, tailFrom === 1 ? 0 : ends[tailFrom - 2]!);
  builder.lines = tailFrom;
};

const FIRST_OF_BOM = 0xef;
const CODES = 256;

/** By code: 1 where a line says more than its code does. */
const judgedCodes = (levels: readonly Level[]): Uint8Array => {
  const judged = new Uint8Array(CODES);
  judged[ASK] = 1;
  judged[RECORD_ASK_LEVEL] = 1;
  for (const [symbol, level] of levels.entries()) {
    if (level === 'error' || level === 'fatal') judged[RECORD + symbol] = 1;
  }
  return judged;
};
