/**
 * Reads a number of bytes: `65536`, `64k`, `64K`, `64kB`, `64KiB`, `1.5m`, `1g`.
 * Every unit is a power of 1024.
 *
 * @returns Whole bytes, or null for anything else.
 */
export const parseByteSize = (text: string): number | null => {
  const match = SIZE.exec(text);
  if (match === null) return null;
  const [, number = '', unit = ''] = match;
  if (unit === '' && number.includes('.')) return null;
  const bytes = Math.floor(Number(number) * 1024 ** ' kmgt'.indexOf(unit.toLowerCase() || ' '));
  return Number.isSafeInteger(bytes) ? bytes : null;
};

const SIZE = /^(\d+(?:\.\d+)?)(?:([kmgt])(?:i?b)?|b)?$/i;
