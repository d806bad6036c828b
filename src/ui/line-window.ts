import {compareKeys} from '../model/display-line.ts';
import type {DisplayLine} from '../model/display-line.ts';

/**
 * A stretch of a process's history that a view scrolls in: neighbouring lines,
 * oldest first, with one selected and one at the top of the screen.
 */
export type LineWindow = {
  readonly lines: readonly DisplayLine[];
  /** Nothing older is kept. */
  readonly atStart: boolean;
  /** Nothing newer was there when the last line was fetched. */
  readonly atEnd: boolean;
  /** Indices into `lines`. */
  readonly selected: number;
  readonly top: number;
};

/** What one screen row of a window shows. */
export type WindowRow =
  | {readonly kind: 'line'; readonly index: number}
  /** Between the last line of a generation and the first of the next. */
  | {readonly kind: 'divider'; readonly generation: number};

/** Most lines kept; what is farther away is fetched again when it is needed. */
export const MAX_WINDOW_LINES = 3000;

/** The rows from line `top` on, at most `height`; fewer when the lines end. */
export const rowsFrom = (lines: readonly DisplayLine[], top: number, height: number): WindowRow[] => {
  const rows: WindowRow[] = [];
  for (let index = top; index < lines.length && rows.length < height; index++) {
    if (startsGeneration(lines, index)) rows.push({kind: 'divider', generation: generationAt(lines, index)});
    if (rows.length < height) rows.push({kind: 'line', index});
  }
  return rows;
};

/** The first line to show so that the last one is on the bottom row of `height`. */
export const topForEnd = (lines: readonly DisplayLine[], height: number, last = lines.length - 1): number => {
  let top = last + 1;
  let room = height;
  while (top > 0) {
    const cost = startsGeneration(lines, top - 1) ? 2 : 1;
    if (cost > room) break;
    room -= cost;
    top -= 1;
  }
  return Math.max(0, Math.min(top, last));
};

/** Selects a line and scrolls no farther than it takes to show it. */
export const select = (window: LineWindow, index: number, height: number): LineWindow => {
  const selected = clamp(index, 0, window.lines.length - 1);
  const lowestTop = topForEnd(window.lines, height, selected);
  return {...window, selected, top: clamp(window.top, lowestTop, selected)};
};

/** Adds older lines in front; what is selected and shown stays. */
export const prepend = (window: LineWindow, older: readonly DisplayLine[], atStart: boolean): LineWindow => {
  const first = window.lines[0];
  const added = first === undefined ? older : older.filter((line) => compareKeys(line.key, first.key) < 0);
  const lines = [...added, ...window.lines];
  const kept = lines.slice(0, Math.max(MAX_WINDOW_LINES, window.selected + added.length + 1));
  return {
    lines: kept,
    atStart: atStart || added.length === 0,
    atEnd: window.atEnd && kept.length === lines.length,
    selected: window.selected + added.length,
    top: window.top + added.length,
  };
};

/** Adds newer lines behind; drops as many of the oldest as are too many. */
export const append = (window: LineWindow, newer: readonly DisplayLine[], atEnd: boolean): LineWindow => {
  const last = window.lines.at(-1);
  const added = last === undefined ? newer : newer.filter((line) => compareKeys(line.key, last.key) > 0);
  const lines = [...window.lines, ...added];
  const cut = clamp(lines.length - MAX_WINDOW_LINES, 0, window.top);
  return {
    lines: lines.slice(cut),
    atStart: window.atStart && cut === 0,
    atEnd: atEnd || added.length === 0,
    selected: window.selected - cut,
    top: window.top - cut,
  };
};

/** Replaces lines that were shown undecided by their judged forms in `newer`. */
export const settle = (window: LineWindow, newer: readonly DisplayLine[]): LineWindow => {
  if (!window.lines.some((line) => line.kind === 'undecided')) return window;
  const judged = new Map(newer.filter((line) => line.kind !== 'undecided').map((line) => [line.key.join(), line]));
  return {...window, lines: window.lines.map((line) => judged.get(line.key.join()) ?? line)};
};

const startsGeneration = (lines: readonly DisplayLine[], index: number): boolean =>
  index > 0 && generationAt(lines, index) !== generationAt(lines, index - 1);

const generationAt = (lines: readonly DisplayLine[], index: number): number => lines[index]?.generation ?? 0;

const clamp = (value: number, min: number, max: number): number => Math.max(min, Math.min(value, max));
