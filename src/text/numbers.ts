/**
 * A number in three significant digits with an SI prefix, always 6 columns,
 * right-aligned: `   812`, ` 156 k`, `12.4 k`, `9.81 G`. Integers below 1000
 * have no decimals. Negative numbers count as 0; NaN is `—`.
 */
export const si = (value: number): string => siTrim(value).padStart(6);

/** As {@link si} without the padding: `812`, `12.4 k`. */
export const siTrim = (value: number): string => join(scale(value), '');

/** Lines a second, always 8 columns: ` 812 k/s`, `1.24 M/s`, `  812 /s`. */
export const linesRate = (linesPerSec: number): string => join(scale(linesPerSec), '/s').padStart(8);

/** Bytes a second in decimal units, always 9 columns: ` 156 MB/s`, `  812 B/s`. */
export const bytesRate = (bytesPerSec: number): string => join(scale(bytesPerSec), 'B/s').padStart(9);

/** Bytes in decimal units, always 7 columns: ` 168 MB`, `  812 B`. */
export const bytesSize = (bytes: number): string => join(scale(bytes), 'B').padStart(7);

/** A share (1 = 100 %) in whole percent, always 5 columns: ` 71 %`. Ten and more are `>999%`; NaN is `—`. */
export const percent = (share: number): string => {
  if (Number.isNaN(share)) {
    return '  — %';
  }

  const rounded = Math.round(Math.max(0, share) * 100);
  return rounded > 999 ? '>999%' : `${String(rounded).padStart(3)} %`;
};

type Scaled = {readonly digits: string; readonly prefix: string};

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y', 'R', 'Q'];

const scale = (value: number): Scaled => {
  if (Number.isNaN(value)) {
    return {digits: '—', prefix: ''};
  }

  if (value <= 0 || (value < 1000 && Number.isInteger(value))) {
    return {digits: String(Math.max(0, value)), prefix: ''};
  }

  let scaled = value;
  for (const prefix of PREFIXES) {
    // 999.95 k is 1.00 M: the prefix follows from the rounded number.
    if (scaled < 999.5) {
      return {digits: threeDigits(scaled), prefix};
    }

    scaled /= 1000;
  }

  return {digits: '>999', prefix: 'Q'};
};

const threeDigits = (value: number): string => {
  if (value < 0.005) {
    return '<.01';
  }

  return value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
};

const join = ({digits, prefix}: Scaled, unit: string): string => {
  const suffix = prefix + unit;
  return suffix === '' ? digits : `${digits} ${suffix}`;
};
