import {MAX_MESSAGE_CHARS, type DisplayLine, type LineKey} from '../model/display-line.ts';
import type {BatchBytes, Emit, GroupedLines} from '../model/task.ts';
import {isGrouped, MAX_SAMPLE_CHARS, type Sample, type Tally} from '../model/tally.ts';
import type {FailureKind, Level, RecordValue} from '../model/verdict.ts';
import {recordLevel, recordMessage, viewRecord} from '../parse/record-view.ts';
import type {ScanCounts} from '../scan/scanner.ts';
import {errorTemplate} from '../state/error-template.ts';
import {addGroup, emptyTally} from '../state/tally.ts';
import {displayText, SGR_SHARE} from '../text/ansi.ts';
import {Emission} from './emission.ts';
import type {LineCursor} from './line-cursor.ts';

export type BuilderOptions = {
  readonly stream: 'stdout' | 'stderr';
  readonly tailLines: number;
  readonly ansi: boolean;
  readonly emit: Emit;
  readonly maxLineBytes: number;
  /** Lines before this 0-based index need not be displayable. */
  readonly tailFrom: number;
};

/** Gathers what a batch's lines come to: tally, newest lines, output for sinks. */
export class BatchBuilder {
  readonly tally: Tally = emptyTally();
  /** Lines taken so far. */
  lines = 0;
  /** Error groups that are not in the tally. */
  grouped: readonly GroupedLines[] = [];
  readonly #place: BatchBytes;
  readonly #options: BuilderOptions;
  readonly #emission: Emission | null;
  #tail: DisplayLine[] = [];

  constructor(place: BatchBytes, options: BuilderOptions) {
    this.#place = place;
    this.#options = options;
    this.#emission = options.emit === null ? null : new Emission(options.emit, place);
  }

  /** Newest last, at most `tailLines`. */
  get tail(): readonly DisplayLine[] {
    return this.#tail.slice(-this.#options.tailLines || this.#tail.length);
  }

  get emitted(): Uint8Array | null {
    return this.#emission?.bytes() ?? null;
  }

  /** @param rawJson The line, where it is the record's own JSON text; null: to be made from `value`. */
  record(cursor: LineCursor, text: string, value: RecordValue, rawJson: string | null): void {
    const level = recordLevel(value);
    this.#take(cursor);
    this.tally.records++;
    this.tally.levels[level]++;
    if (isGrouped(level)) this.#groupRecord(cursor, text, value, level);
    this.#emission?.record(cursor, text, value, rawJson);
    if (!this.#isShown(cursor)) return;
    const view = viewRecord(value, MAX_MESSAGE_CHARS * SGR_SHARE);
    this.#show(cursor, {
      kind: 'record',
      level,
      message: this.#shownText(view.message),
      fields: view.fields,
      ...(view.timeMs === null ? {} : {atMs: view.timeMs, ownTime: true}),
    });
  }

  failure(cursor: LineCursor, text: string, failure: FailureKind, message: string): void {
    this.#take(cursor);
    this.tally.failures++;
    this.tally.failureKinds[failure]++;
    const sample = this.#sample(cursor, text, message);
    // What a custom parser says tells its failures apart better than the line does.
    const shape = failure === 'parser-error' ? message : text;
    addGroup(this.tally, {kind: failure, template: errorTemplate(shape), seenMs: this.#place.arrivedAtMs, sample});
    this.#emission?.failure(cursor, text, failure, message);
    if (this.#isShown(cursor)) this.#show(cursor, {kind: 'failure', failure, message: this.#shownText(text)});
  }

  blank(cursor: LineCursor): void {
    this.#take(cursor);
    this.tally.blank++;
    this.#emission?.blank();
    if (this.#isShown(cursor)) this.#show(cursor, {kind: 'blank', message: ''});
  }

  /** A record of which only the level counts: not shown, no error group of ours. `lines` is the caller's to keep. */
  countRecord(level: Level): void {
    this.tally.records++;
    this.tally.levels[level]++;
  }

  /** A failure that is not shown, no error group of ours. `lines` is the caller's to keep. */
  countFailure(failure: FailureKind): void {
    this.tally.failures++;
    this.tally.failureKinds[failure]++;
  }

  /** What the scanner has counted by itself, and that all lines up to where it stopped are taken. */
  countScanned({lines, blank, levels, failures, invalidUtf8}: ScanCounts): void {
    for (const [level, count] of levels) {
      this.tally.records += count;
      this.tally.levels[level] += count;
    }
    for (const kind of ['invalid-json', 'not-an-object'] as const) {
      this.tally.failures += failures[kind];
      this.tally.failureKinds[kind] += failures[kind];
    }
    this.tally.blank += blank;
    this.tally.invalidUtf8 += invalidUtf8;
    this.lines = lines;
  }

  dropped(cursor: LineCursor): void {
    this.lines = cursor.index + 1;
    this.tally.dropped++;
  }

  /** A line that is shown and not judged; cut, and saying so, where it is too long. */
  shown(cursor: LineCursor, kind: 'stderr' | 'undecided'): void {
    this.lines = cursor.index + 1;
    if (this.#emission === null && !this.#isShown(cursor)) return;
    const {maxLineBytes} = this.#options;
    const text = cursor.text(maxLineBytes);
    const excess = cursor.contentBytes > maxLineBytes ? oversizeMessage(cursor, maxLineBytes) : null;
    this.#emission?.shown(cursor, kind, excess === null ? text : `${text}… (${excess})`);
    if (this.#isShown(cursor)) this.#show(cursor, {kind, message: this.#shownText(text)});
  }

  #shownText(text: string): string {
    return displayText(text, MAX_MESSAGE_CHARS, this.#options.ansi);
  }

  #take(cursor: LineCursor): void {
    this.lines = cursor.index + 1;
    if (!cursor.isValidUtf8(this.#options.maxLineBytes)) this.tally.invalidUtf8++;
  }

  #isShown(cursor: LineCursor): boolean {
    return cursor.index >= this.#options.tailFrom && this.#options.tailLines > 0;
  }

  #show(cursor: LineCursor, line: Partial<DisplayLine> & Pick<DisplayLine, 'kind' | 'message'>): void {
    this.#tail.push({
      key: keyOf(this.#place, this.#options.stream, cursor.index),
      generation: this.#place.generation,
      line: cursor.number,
      atMs: this.#place.arrivedAtMs,
      ownTime: false,
      level: 'none',
      failure: null,
      fields: [],
      ...line,
    });
    if (this.#tail.length >= 2 * this.#options.tailLines) this.#tail = this.#tail.slice(-this.#options.tailLines);
  }

  #groupRecord(cursor: LineCursor, text: string, value: RecordValue, level: Level & ('error' | 'fatal')): void {
    const message = recordMessage(value);
    const sample = this.#sample(cursor, text, '');
    const template = errorTemplate(message === '' ? text : message);
    addGroup(this.tally, {kind: level, template, seenMs: this.#place.arrivedAtMs, sample});
  }

  #sample(cursor: LineCursor, text: string, message: string): Sample {
    return {
      text: text.slice(0, MAX_SAMPLE_CHARS),
      message,
      generation: this.#place.generation,
      line: cursor.number,
      offset: cursor.offset,
    };
  }
}

/** What there is to say of a line over the limit: its true length, its end of line's `\r` included. */
export const oversizeMessage = ({lineBytes}: LineCursor, maxLineBytes: number): string =>
  `${lineBytes} bytes, the limit is ${maxLineBytes}`;

/** The key of the line with this 0-based index in its batch. */
export const keyOf = (place: BatchBytes, stream: 'stdout' | 'stderr', index: number): LineKey =>
  stream === 'stdout' ? [place.ordinal + index, 0] : [place.ordinal, place.sub + index];
