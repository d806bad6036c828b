import type {Ledger} from '../model/ledger.ts';
import type {ProcessStateKind} from '../model/lifecycle.ts';
import type {Rates} from '../model/snapshot.ts';
import type {FailureKind, Level} from '../model/verdict.ts';
import {isoTime} from './durations.ts';
import {escapeOddInJson} from './sanitize.ts';

/** What the events of one process have in common. */
export type EventHead = {
  /** The process's name. */
  readonly process: string;
  /** 1-based run of the process; 0 before the first. */
  readonly generation: number;
  /** ISO 8601 in UTC, from `isoTime`; null where unknown. */
  readonly time: string | null;
};

/** Where a line stood in its stream: 1-based number and byte offset of its first byte, both in its generation. */
export type EventPlace = {readonly line: number; readonly offset: number};

/** A line that its parser accepted. `level` is null where it names none; `record` is the whole record. */
export type RecordEvent = {readonly kind: 'record'} & EventHead &
  EventPlace & {
    readonly level: Exclude<Level, 'none'> | null;
    readonly message: string;
    readonly record: unknown;
  };

/** A line that its parser refused. `message` says why, `text` is the line. */
export type FailureEvent = {readonly kind: 'failure'} & EventHead &
  EventPlace & {readonly failure: FailureKind; readonly message: string; readonly text: string};

/** A line on stderr; `line` is its 1-based number there. */
export type StderrEvent = {readonly kind: 'stderr'} & EventHead & {readonly line: number; readonly text: string};

/** A process entered a state. `exitCode` and `signal` are null unless it has ended; `detail` is a sentence or null. */
export type StateEvent = {readonly kind: 'state'} & EventHead & {
    readonly state: ProcessStateKind;
    readonly pid: number | null;
    readonly exitCode: number | null;
    readonly signal: string | null;
    readonly detail: string | null;
  };

/** A ledger as it stood, and the lines read in the last second. */
export type TickCounts = Ledger & {readonly linesPerSec: number};

/** The books of the run and of its processes, over all generations. Belongs to no process. */
export type TickEvent = {
  readonly kind: 'tick';
  readonly process: null;
  readonly generation: null;
  readonly time: string | null;
  readonly totals: TickCounts;
  readonly processes: readonly ({readonly process: string; readonly generation: number} & TickCounts)[];
};

/** One line of `--ui json`. Fields may be added, none renamed. */
export type JsonEvent = RecordEvent | FailureEvent | StderrEvent | StateEvent | TickEvent;

/** The record of a {@link recordEvent}: its JSON text, which keeps big integers true, or a value. */
export type EventRecord = {readonly rawJson: string} | {readonly rawJson: null; readonly value: unknown};

/**
 * A {@link RecordEvent} as one line.
 *
 * @param body `rawJson`, where not null, must be a valid JSON text; it is embedded as it is.
 *   A `value` that JSON can't hold (a cycle, an exception) becomes null; its bigints become strings.
 */
export const recordEvent = (
  head: EventHead,
  body: EventPlace & {readonly level: Level; readonly message: string} & EventRecord,
): string => {
  const {line, offset, level, message} = body;
  const record = body.rawJson === null ? jsonOf(body.value) : withoutBom(body.rawJson);
  const known = level === 'none' ? null : level;
  const event: Omit<RecordEvent, 'record'> = {kind: 'record', ...headOf(head), line, offset, level: known, message};
  return escapeOddInJson(`${JSON.stringify(event).slice(0, -1)},"record":${record}}`) + '\n';
};

/** A {@link FailureEvent} as one line. */
export const failureEvent = (head: EventHead, body: Body<FailureEvent>): string => {
  const {line, offset, failure, message, text} = body;
  return lineOf({kind: 'failure', ...headOf(head), line, offset, failure, message, text});
};

/** A {@link StderrEvent} as one line. */
export const stderrEvent = (head: EventHead, body: Body<StderrEvent>): string =>
  lineOf({kind: 'stderr', ...headOf(head), line: body.line, text: body.text});

/** A {@link StateEvent} as one line. */
export const stateEvent = (head: EventHead, body: Body<StateEvent>): string => {
  const {state, pid, exitCode, signal, detail} = body;
  return lineOf({kind: 'state', ...headOf(head), state, pid, exitCode, signal, detail});
};

/** The part of a `Snapshot` that a tick tells of. */
export type TickSource = {
  /** Wall-clock ms. */
  readonly wallMs: number;
  readonly totals: TickBooks;
  readonly processes: readonly (TickBooks & {readonly name: string; readonly generation: number})[];
};

/** A {@link TickEvent} of a snapshot as one line. */
export const tickEvent = (snapshot: TickSource): string =>
  lineOf({
    kind: 'tick',
    process: null,
    generation: null,
    time: isoTime(snapshot.wallMs),
    totals: countsOf(snapshot.totals.ledger, snapshot.totals.rates.linesPerSec1),
    processes: snapshot.processes.map(({name, generation, ledger, rates}) => ({
      process: name,
      generation,
      ...countsOf(ledger, rates.linesPerSec1),
    })),
  });

type TickBooks = {readonly ledger: Ledger; readonly rates: Pick<Rates, 'linesPerSec1'>};

type Body<Event extends JsonEvent> = Omit<Event, 'kind' | keyof EventHead>;

const lineOf = (event: JsonEvent): string => `${escapeOddInJson(JSON.stringify(event))}\n`;

// Field by field, so that what a caller's object has besides never gets out.
const headOf = ({process, generation, time}: EventHead): EventHead => ({process, generation, time});

const countsOf = (ledger: Ledger, linesPerSec: number): TickCounts => ({
  linesIn: ledger.linesIn,
  bytesIn: ledger.bytesIn,
  records: ledger.records,
  failures: ledger.failures,
  blank: ledger.blank,
  dropped: ledger.dropped,
  pending: ledger.pending,
  linesPerSec,
});

const jsonOf = (value: unknown): string => {
  try {
    return JSON.stringify(value, bigintsAsText) ?? 'null';
  } catch {
    return 'null';
  }
};

const bigintsAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

const withoutBom = (json: string): string => (json.startsWith('\u{feff}') ? json.slice(1) : json);
