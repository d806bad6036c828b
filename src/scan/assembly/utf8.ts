/** Whether the bytes from `at` up to `end` are UTF-8, as the Unicode Standard's table 3-7 has it. */
export function isUtf8(at: usize, end: usize): bool {
  while (at < end) {
    const high = i8x16.bitmask(v128.load(at));
    if (high == 0) {
      at += 16;
      continue;
    }
    at += ctz(high);
    if (at >= end) return true;
    const lead = load<u8>(at);
    const second = load<u8>(at, 1);
    const bytes: usize = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead < 0xc2 || lead > 0xf4 || at + bytes > end || !isContinuation(second)) return false;
    if (bytes > 2 && !isContinuation(load<u8>(at, 2))) return false;
    if (bytes > 3 && !isContinuation(load<u8>(at, 3))) return false;
    if (lead == 0xe0 && second < 0xa0) return false;
    if (lead == 0xed && second > 0x9f) return false;
    if (lead == 0xf0 && second < 0x90) return false;
    if (lead == 0xf4 && second > 0x8f) return false;
    at += bytes;
  }
  return true;
}

// @ts-ignore: decorator
@inline
function isContinuation(byte: u8): bool {
  return (byte & 0xc0) == 0x80;
}
