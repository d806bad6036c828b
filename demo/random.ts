/** A source of repeatable chance. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** True in about `share` of the calls; 0 to 1. */
  chance(share: number): boolean;
  /** `length` hexadecimal digits. */
  hex(length: number): string;
};

/** Chance that is the same for the same seed (mulberry32). */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    pick: items => items[int(0, items.length - 1)] ?? items[0],
    chance: share => next() < share,
    hex: length => {
      let digits = '';
      while (digits.length < length) digits += int(0x100000, 0xffffff).toString(16);
      return digits.slice(0, length);
    },
  };
};
