import type {BatchPlace, Emit} from '../model/task.ts';
import type {FailureKind, RecordValue} from '../model/verdict.ts';
import {viewRecord} from '../parse/record-view.ts';
import {isoTime} from '../text/durations.ts';
import {failureEvent, recordEvent, stderrEvent, type EventHead} from '../text/json-event.ts';
import {plainLine, type PlainMark} from '../text/plain-line.ts';
import type {LineCursor} from './line-cursor.ts';

/** Writes a batch's lines for a blocking sink: here, in the worker, so that the engine handles whole blocks only. */
export class Emission {
  readonly #emit: NonNullable<Emit>;
  readonly #arrival: EventHead;
  #text = '';

  constructor(emit: NonNullable<Emit>, place: BatchPlace) {
    this.#emit = emit;
    const process = emit.kind === 'json' ? emit.process : '';
    this.#arrival = {process, generation: place.generation, time: isoTime(place.arrivedAtMs)};
  }

  record(cursor: LineCursor, text: string, value: RecordValue, rawJson: string | null): void {
    if (this.#emit.kind === 'plain') return this.#plain('record', text);
    const {level, message, timeMs} = viewRecord(value);
    const head = timeMs === null ? this.#arrival : {...this.#arrival, time: isoTime(timeMs)};
    const record = rawJson === null ? {rawJson, value} : {rawJson};
    this.#text += recordEvent(head, {line: cursor.number, offset: cursor.offset, level, message, ...record});
  }

  failure(cursor: LineCursor, text: string, failure: FailureKind, message: string): void {
    if (this.#emit.kind === 'plain') return this.#plain('failure', shortened(text, failure, message));
    this.#text += failureEvent(this.#arrival, {line: cursor.number, offset: cursor.offset, failure, message, text});
  }

  /** Blank lines have no event of their own; plain output keeps them. */
  blank(): void {
    if (this.#emit.kind === 'plain') this.#plain('record', '');
  }

  shown(cursor: LineCursor, kind: 'stderr' | 'undecided', text: string): void {
    if (this.#emit.kind === 'plain') return this.#plain(kind === 'stderr' ? 'stderr' : 'record', text);
    // What is undecided becomes a record or a failure later: its event waits for that.
    if (kind === 'stderr') this.#text += stderrEvent(this.#arrival, {line: cursor.number, text});
  }

  /** All of it as UTF-8; null when nothing was written. */
  bytes(): Uint8Array | null {
    return this.#text === '' ? null : new TextEncoder().encode(this.#text);
  }

  #plain(mark: PlainMark, text: string): void {
    const {prefix, color, ansi} = this.#emit as Extract<Emit, {kind: 'plain'}>;
    this.#text += plainLine(prefix, mark, text, color, ansi);
  }
}

/** An over-long line is not there in full, and says so. */
const shortened = (text: string, failure: FailureKind, message: string): string =>
  failure === 'oversize' ? `${text}… (${message})` : text;
