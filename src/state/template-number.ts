import {classOf, DIGIT, LETTER, runEnd} from './template-chars.ts';

/** The number that begins with the digit at `at`, with its unit: `12`, `1,234.5`, `45%`, `3GB`, `1h2m3.5s`. */
export const numberToken = (head: string, at: number): {end: number; mask: string} => {
  let end = digitGroupsEnd(head, at);
  let unitEnd = unitEndAt(head, end);
  while (unitEnd > end && classOf(head.charCodeAt(unitEnd)) === DIGIT) {
    end = digitGroupsEnd(head, unitEnd);
    unitEnd = unitEndAt(head, end);
  }
  return {end: head.charCodeAt(unitEnd) === PERCENT ? unitEnd + 1 : unitEnd, mask: '<n>'};
};

/** Behind `12`, `12.5`, `1,234,567` or `1.2.3`. */
const digitGroupsEnd = (head: string, at: number): number => {
  let end = runEnd(head, at, DIGIT);
  while (isSeparator(head.charCodeAt(end)) && classOf(head.charCodeAt(end + 1)) === DIGIT) {
    end = runEnd(head, end + 1, DIGIT);
  }
  return end;
};

const unitEndAt = (head: string, at: number): number => {
  const end = runEnd(head, at, LETTER);
  return end > at && end - at <= LONGEST_UNIT && UNITS.has(head.slice(at, end)) ? end : at;
};

const isSeparator = (code: number): boolean => code === 0x2e || code === 0x2c;

const PERCENT = 0x25;
const UNITS: ReadonlySet<string> = new Set(
  ('ns us µs μs ms s sec secs m min mins h hr hrs d b B k K kb Kb kB KB KiB mb Mb M MB MiB gb Gb g G GB GiB ' +
    'T TB TiB bps kbps Mbps Gbps Hz kHz MHz GHz x px C').split(' '),
);
const LONGEST_UNIT = 4;
