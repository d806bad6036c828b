import {isUtf8} from 'node:buffer';
import {isBlank} from '../../src/parse/blank.ts';
import {judgeJson} from '../../src/parse/json.ts';
import {recordLevel} from '../../src/parse/record-view.ts';
import {MAX_DEPTH, type Level} from '../../src/model/verdict.ts';
import {reserveScanMemory, type ScanMemory} from '../../src/scan/scan-memory.ts';
import {JsonScanner, type PickedLine, type ScanCounts, type ScannerOptions} from '../../src/scan/scanner.ts';

/** Memory for batches of up to so many bytes. */
export const scanMemory = (batchBytes = 4_000_000, slotCount = 2): ScanMemory => {
  const reserved = reserveScanMemory({batchBytes, slotCount, threads: 64});
  if (reserved === null) throw new Error('no scanner: npm run build makes it');
  return reserved.layout;
};

/** The scanner that the build has made, with the levels that workers use; picks all lines if not told otherwise. */
export const loadScanner = (options: Partial<ScannerOptions> = {}): JsonScanner => {
  const scanner = JsonScanner.load({memory: scanMemory(), levelOf, useOf: () => 'pick', ...options});
  if (scanner === null) throw new Error('no scanner: npm run build makes it');
  return scanner;
};

const levelOf = (record: string): Level => recordLevel(JSON.parse(record));

/** What a scan that has to succeed says of the whole lines of `bytes`. */
export const scan = (
  scanner: JsonScanner,
  bytes: Uint8Array,
  maxLineBytes = 65_536,
): {picked: readonly PickedLine[]; counts: ScanCounts} => {
  const picked: PickedLine[] = [];
  const to = bytes.lastIndexOf(10) + 1;
  const range = {bytes, isInMemory: false, from: 0, to, maxLineBytes};
  const counts = scanner.scan(range, line => picked.push({...line}));
  if (counts === null) throw new Error('no memory');
  return {picked, counts};
};

/** What lines are, as words: a record with its level, `record` alone where that must be asked. */
export const wordsOf = (scanner: JsonScanner, content: string | Uint8Array, maxLineBytes?: number): string[] =>
  scan(scanner, Buffer.from(content), maxLineBytes).picked.map(wordOf);

/**
 * Holds the scanner's answers for a batch against the parser's, line by line.
 *
 * @param scanner Picks all lines.
 * @returns What differs first, as a sentence; null where all is equal.
 */
export const firstDifference = (scanner: JsonScanner, batch: Uint8Array, maxLineBytes = 65_536): string | null => {
  const bytes = Buffer.from(batch);
  const {picked, counts} = scan(scanner, bytes, maxLineBytes);
  let count = 0;
  let start = 0;
  let invalid = 0;
  for (let newline = bytes.indexOf(10); newline !== -1; newline = bytes.indexOf(10, start)) {
    const one = picked[count];
    if (one === undefined) return `only ${picked.length} lines`;
    const line = bytes.subarray(start, newline);
    if (one.start !== start || one.newline !== newline || one.index !== count) {
      return `line ${count} is ${one.index} from ${one.start} to ${one.newline}, not from ${start} to ${newline}`;
    }
    start = newline + 1;
    const said = wordOf(one);
    const expected = judge(line, maxLineBytes);
    count++;
    if (said !== 'ask' && said !== 'record' && !isUtf8(line)) invalid++;
    if (said !== expected && !mayAsk(said, expected, line)) return `${JSON.stringify(line.toString())}: ${said}, not ${expected}`;
  }
  if (counts.invalidUtf8 !== invalid) return `${counts.invalidUtf8} lines are no UTF-8, not ${invalid}`;
  return count === counts.lines ? null : `${counts.lines} lines, not ${count}`;
};

/** A scanner may leave open the level of a record that is written in an odd way, and what is nested too deep for it. */
const mayAsk = (said: string, expected: string, line: Buffer): boolean =>
  said === 'record'
    ? expected.startsWith('record ') && HAS_ODD_LEVEL.test(line.toString())
    : said === 'ask' && line.length > MAX_DEPTH;

/** All that a scanner may leave open a record's level for. */
const HAS_ODD_LEVEL = /\\|"(level|severity|lvl|loglevel)"/;

const wordOf = ({kind, level}: PickedLine): string => (level === null ? kind : `${kind} ${level}`);

const judge = (line: Buffer, maxLineBytes: number): string => {
  const content = line.at(-1) === 13 ? line.subarray(0, -1) : line;
  if (content.length > maxLineBytes) return 'ask';
  if (isBlank(content, 0, content.length)) return 'blank';
  const verdict = judgeJson(content.toString());
  if (verdict.kind === 'record') return `record ${recordLevel(verdict.value)}`;
  return verdict.failure === 'too-deep' ? 'ask' : verdict.failure;
};
