import type {ProcessSnapshot} from '../model/snapshot.ts';
import type {ErrorGroup} from '../model/tally.ts';
import {age, timeOfDay} from '../text/durations.ts';
import {si, siTrim} from '../text/numbers.ts';
import {fit} from '../text/width.ts';
import type {Look} from './look.ts';
import type {OverlayContent} from './overlay-box.ts';
import {blankRow, fitParts, joinParts, part, row, span, spread} from './row.ts';
import type {Part} from './row.ts';
import {wrapText} from './wrap.ts';

export type ErrorsView = {
  readonly process: ProcessSnapshot;
  readonly groups: readonly ErrorGroup[];
  /** Index of the selected group. */
  readonly selected: number;
  /** All groups have come; until then these are a snapshot's largest. */
  readonly complete: boolean;
  readonly wallMs: number;
};

/** All error groups of a process, largest first, and the selected one's newest sample in full. */
export const errorsContent = (view: ErrorsView, width: number, height: number, look: Look): OverlayContent => {
  const {process, groups, selected, complete} = view;
  const listHeight = errorListHeight(height);
  const top = Math.max(0, Math.min(selected - Math.floor(listHeight / 2), groups.length - listHeight));
  const listed = groups
    .slice(top, top + listHeight)
    .map((group, i) => listRow(group, top + i === selected, view.wallMs, width, look));
  const group = groups[selected];
  return {
    title: [span('errors of ', 'dim'), span(process.name, 'focus')],
    facts: [span(`${complete ? siTrim(groups.length) : `${siTrim(process.groupCount)}, reading…`} kinds`, 'dim')],
    rows: [
      row([span(headOf(width), 'dim')], width, look),
      ...(groups.length === 0 ? [row([span('no errors yet', 'dim')], width, look)] : listed),
      ...Array.from({length: Math.max(0, listHeight - Math.max(1, listed.length))}, () => blankRow(width)),
      ...(group === undefined ? [] : detailRows(group, width, height - listHeight - 1, look)),
    ],
    top: 0,
  };
};

/** Rows of the list in an overlay of so many: the sample gets a third, at least four. */
export const errorListHeight = (height: number): number =>
  Math.max(1, height - 1 - Math.max(4, Math.floor(height / 3)));

/** Narrower lists have no column for the first time. */
const FIRST_SEEN_FROM = 90;

const headOf = (width: number): string =>
  `    count  what           last seen  ${width >= FIRST_SEEN_FROM ? 'first seen     ' : ''}template`;

const listRow = (group: ErrorGroup, chosen: boolean, wallMs: number, width: number, look: Look): string => {
  const first = width >= FIRST_SEEN_FROM ? `${timeOfDay(group.firstSeenMs)}   ` : '';
  const facts = `${age(wallMs - group.lastSeenMs).padStart(9)}  ${first}`;
  return row(
    [
      span(chosen ? `${look.glyphs.pointer} ` : '  ', 'focus'),
      span(` ${si(group.count)}  `, 'bold'),
      span(`${fit(group.kind, 13)}  `, 'bad'),
      span(facts, 'dim'),
      span(group.template, chosen ? 'bold' : 'plain'),
    ],
    width,
    look,
  );
};

const detailRows = ({sample, kind, lastSeenMs}: ErrorGroup, width: number, height: number, look: Look): string[] => {
  const said =
    sample.message === '' ? [] : wrapText(sample.message, width).map((text) => row([span(text, 'bad')], width, look));
  const text = wrapText(sample.text, width).map((line) => row([span(line)], width, look));
  const head = spread(
    [span(`${look.glyphs.border.horizontal} newest `, 'dim'), span(kind, 'bad'), span(' ')],
    [span(' '), ...joinParts(placeParts(sample, lastSeenMs, width - HEAD_MARGIN), span(', ', 'dim'))],
    width,
    look,
    span(look.glyphs.border.horizontal, 'dim'),
  );
  return [head, ...said, ...text].slice(0, Math.max(0, height));
};

/** Columns of `─ newest not-an-object ─ `. */
const HEAD_MARGIN = 25;

const placeParts = ({line, offset, generation}: ErrorGroup['sample'], seenMs: number, width: number): Part[] =>
  fitParts(
    [
      part(1, span(`line ${line}`, 'dim')),
      part(4, span(`byte ${offset}`, 'dim')),
      part(2, span(`generation ${generation}`, 'dim')),
      part(3, span(timeOfDay(seenMs), 'dim')),
    ],
    width,
    2,
  );
