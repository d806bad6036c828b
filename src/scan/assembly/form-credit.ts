import {clearTree} from './form-tree';

/**
 * Whether it pays to look for forms. Each line that has a known one earns a point, any other costs one; when all are
 * gone, the forms are forgotten and none is looked for during so many lines: where no two lines are alike, this must
 * cost next to nothing.
 */
const MOST: i32 = 64;
const PAUSE_LINES: i32 = 4096;

let credit: i32 = MOST;

/** Whether to look at all; to be asked once a line. */
// @ts-ignore: decorator
@inline
export function looksForForms(): bool {
  return credit > 0 || hasPaused();
}

function hasPaused(): bool {
  if (++credit <= 0) return false;
  credit = MOST;
  return true;
}

// @ts-ignore: decorator
@inline
export function noteHit(): void {
  if (credit < MOST) credit++;
}

export function noteMiss(): void {
  if (--credit > 0) return;
  credit = -PAUSE_LINES;
  clearTree();
}
