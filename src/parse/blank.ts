/**
 * Whether a line is blank in every format: nothing but 0x20 and 0x09–0x0D.
 *
 * @param start Index of the line's first byte.
 * @param end Index behind its last one, its newline not included (or included: it is blank too).
 */
export const isBlank = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte !== 0x20 && (byte < 0x09 || byte > 0x0d)) return false;
  }
  return true;
};
