/** Where the value skipped last went wrong: the first byte that no JSON text could go on with. */
export let failedAt: usize = 0;
/** It did not go wrong, but is nested too deep to be judged here. */
export let isTooDeep: bool = false;

export function clearFailure(): void {
  isTooDeep = false;
}

/** Notes where a text stops being JSON. Returns 0, which means no value. */
export function fail(at: usize): usize {
  failedAt = at;
  return 0;
}

/** Notes that a value is nested too deep. Returns 0. */
export function tooDeep(at: usize): usize {
  isTooDeep = true;
  return fail(at);
}

/** Notes where a word of four letters or less departs from what was expected of it. Returns 0. */
export function failInWord(at: usize, expected: u32): usize {
  while ((expected & 0xff) == <u32>load<u8>(at)) {
    at++;
    expected >>= 8;
  }
  return fail(at);
}
