import {isUtf8} from 'node:buffer';
import {isBlank} from '../../src/parse/blank.ts';
import {judgeJson} from '../../src/parse/json.ts';
import {recordLevel} from '../../src/parse/record-view.ts';
import {ASK, BLANK, JsonScanner, RECORD, RECORD_ASK_LEVEL, type Scanned} from '../../src/scan/scanner.ts';

/** The scanner that the build has made, with the levels that workers use. */
export const loadScanner = (): JsonScanner => {
  const scanner = JsonScanner.load(record => recordLevel(JSON.parse(record)));
  if (scanner === null) throw new Error('no scanner: npm run build makes it');
  return scanner;
};

/** A scan that has to succeed. */
export const scan = (scanner: JsonScanner, bytes: Uint8Array, maxLineBytes = 65_536): Scanned => {
  const scanned = scanner.scan(bytes, maxLineBytes);
  if (scanned === null) throw new Error('no memory');
  return scanned;
};

/** Codes of the given lines as words: a record with its level, `record` alone where that must be asked. */
export const codesOf = (scanner: JsonScanner, content: string, maxLineBytes?: number): string[] => {
  const scanned = scan(scanner, Buffer.from(content), maxLineBytes);
  return Array.from(scanned.codes, code => wordOf(code, scanned));
};

/**
 * Holds the scanner's answers for a batch against the parser's, line by line.
 *
 * @returns What differs first, as a sentence; null where all is equal.
 */
export const firstDifference = (scanner: JsonScanner, batch: Uint8Array, maxLineBytes = 65_536): string | null => {
  const bytes = Buffer.from(isUtf8(batch) ? batch : Buffer.from(batch).toString());
  const scanned = scan(scanner, bytes, maxLineBytes);
  let count = 0;
  let start = 0;
  for (let newline = bytes.indexOf(10); newline !== -1; newline = bytes.indexOf(10, start)) {
    if (count >= scanned.count) return `only ${scanned.count} lines`;
    const line = bytes.subarray(start, newline);
    start = newline + 1;
    if (scanned.ends[count] !== start) return `line ${count} ends at ${scanned.ends[count]}, not at ${start}`;
    const said = wordOf(scanned.codes[count]!, scanned);
    const expected = judge(line, maxLineBytes);
    count++;
    const mayAsk = said === 'record' && expected.startsWith('record ') && HAS_ODD_LEVEL.test(line.toString());
    if (said !== expected && !mayAsk) return `${JSON.stringify(line.toString())}: ${said}, not ${expected}`;
  }
  return count === scanned.count ? null : `${scanned.count} lines, not ${count}`;
};

/** All that a scanner may leave open a record's level for. */
const HAS_ODD_LEVEL = /\\|"(level|severity|lvl|loglevel)"/;

const wordOf = (code: number, {levels}: Scanned): string => {
  if (code === BLANK) return 'blank';
  if (code === ASK) return 'ask';
  return code === RECORD_ASK_LEVEL ? 'record' : `record ${levels[code - RECORD]}`;
};

const judge = (line: Buffer, maxLineBytes: number): string => {
  const content = line.at(-1) === 13 ? line.subarray(0, -1) : line;
  if (content.length > maxLineBytes) return 'ask';
  if (isBlank(content, 0, content.length)) return 'blank';
  const verdict = judgeJson(content.toString());
  return verdict.kind === 'record' ? `record ${recordLevel(verdict.value)}` : 'ask';
};
