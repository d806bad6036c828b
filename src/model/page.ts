import type {DisplayLine, LineKey} from './display-line.ts';
import type {ErrorGroup} from './tally.ts';

/** A window of history that a view asks for. */
export type PageQuery =
  /** The last `count` lines before `before` (exclusive), or the newest with `'end'`. */
  | {readonly kind: 'lines-before'; readonly process: number; readonly before: LineKey | 'end'; readonly count: number}
  /** The first `count` lines after `after` (exclusive), or the oldest kept with `'start'`. */
  | {readonly kind: 'lines-after'; readonly process: number; readonly after: LineKey | 'start'; readonly count: number}
  /** One line whole. */
  | {readonly kind: 'line'; readonly process: number; readonly key: LineKey}
  /** All error groups of a process, largest first. */
  | {readonly kind: 'groups'; readonly process: number};

/** One line in full, up to the line limit. Raw: sanitize before showing. */
export type LineDetail = {
  readonly line: DisplayLine;
  /** The line as it came (invalid UTF-8 replaced), but its SGR only with `--ansi`. */
  readonly text: string;
  /** A record pretty-printed with two spaces; null for anything else. */
  readonly pretty: string | null;
  /** What the parser said of a failure; empty otherwise. */
  readonly message: string;
};

/** The answer. Bounded: `lines` may hold fewer than asked, never more. */
export type Page =
  | {readonly kind: 'lines'; readonly lines: readonly DisplayLine[]; readonly atStart: boolean; readonly atEnd: boolean}
  /** `detail` is null when history no longer holds the line. */
  | {readonly kind: 'line'; readonly detail: LineDetail | null}
  | {readonly kind: 'groups'; readonly groups: readonly ErrorGroup[]};

/** Most lines of one page. */
export const MAX_PAGE_LINES = 500;

/** The page of a process that does not exist, or of which nothing can be said. */
export const emptyPage = (query: PageQuery): Page => {
  switch (query.kind) {
    case 'groups':
      return {kind: 'groups', groups: []};
    case 'line':
      return {kind: 'line', detail: null};
    case 'lines-before':
    case 'lines-after':
      return {kind: 'lines', lines: [], atStart: true, atEnd: true};
  }
};
