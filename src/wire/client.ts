import type {Command} from '../model/command.ts';
import {TAIL_LINES} from '../model/display-line.ts';
import type {Monitor} from '../model/monitor.ts';
import type {Page, PageQuery} from '../model/page.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Connection, Received} from './connection.ts';
import {applyDelta, type ProcessDelta, type SnapshotDelta} from './delta.ts';
import {engineMessage, greet, within, WELCOME_MS} from './greet.ts';
import {OpenQuestions} from './open-questions.ts';
import type {
  ClientMessage, ControlAnswer, ControlRequest, Ending, EngineMessage, Leaving, RunFacts,
} from './protocol.ts';

/** Why a view has nothing to show any more. */
export type Over =
  | {readonly kind: 'ended'; readonly ending: Ending}
  /** We said goodbye. */
  | {readonly kind: 'left'; readonly how: Leaving}
  /** `reason`: of the socket, or the engine's sentence. */
  | {readonly kind: 'lost'; readonly reason: string};

/**
 * Attaches a view to a run.
 *
 * @param connection On which nothing has been said yet, or whose start is over.
 * @returns The monitor, once the first snapshot is there.
 * @throws Error with the engine's sentence, or what else stands in the way. The connection is closed then.
 */
export const attachMonitor = async (connection: Connection, waitMs = WELCOME_MS): Promise<WireMonitor> => {
  const greeted = await greet(connection, 'ui', waitMs);
  if (greeted.kind !== 'welcome') throw new Error(greeted.sentence);
  const first = await within(connection.next(), waitMs);
  const message = first?.kind === 'message' ? engineMessage(first.message) : null;
  if (message?.kind === 'snapshot') return new WireMonitor(connection, greeted.run, message.snapshot);
  connection.destroy();
  throw new Error(message === null ? 'the run hung up before it showed anything; try again' : withoutSnapshot(message));
};

const withoutSnapshot = (message: EngineMessage): string =>
  message.kind === 'refused' ? message.sentence : `expected a snapshot of the run, got ${message.kind}`;

/** How long a goodbye may take to be heard. */
const GOODBYE_MS = 2000;
const CLOSED = 'the view is closed';

/** A run's monitor at the other end of a connection. */
export class WireMonitor implements Monitor {
  /** What the run said of itself when we came. */
  readonly run: RunFacts;
  /** Resolves when nothing comes any more. */
  readonly over: Promise<Over>;
  readonly #connection: Connection;
  readonly #listeners = new Set<() => void>();
  readonly #pages = new OpenQuestions<Page>();
  readonly #answers = new OpenQuestions<ControlAnswer>();
  #snapshot: Snapshot;
  /** Of the delta that is coming. */
  #parts: ProcessDelta[] = [];
  #isHeld = false;
  /** Number of the snapshot that came while held. */
  #untaken: number | null = null;
  /** So many newest lines are shown of a process. */
  #lines = TAIL_LINES;
  /** The engine's clock is so far ahead of ours; the largest seen belongs to the fastest delivery. */
  #aheadMs = -Infinity;
  #isOver = false;
  #resolveOver: (over: Over) => void = () => {};

  /** Of `attachMonitor`, which has the first snapshot. */
  constructor(connection: Connection, run: RunFacts, first: Snapshot) {
    this.#connection = connection;
    this.run = run;
    this.#snapshot = first;
    this.over = new Promise(resolve => (this.#resolveOver = resolve));
    this.#take(first);
    connection.listen(received => this.#received(received));
  }

  snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Now on the engine's monotonic clock, with which all times of a snapshot compare. */
  nowMs(): number {
    return performance.now() + this.#aheadMs;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  page(query: PageQuery): Promise<Page> {
    if (this.#isOver) return Promise.reject(new Error(CLOSED));
    return this.#pages.ask(id => this.#send({kind: 'page', id, query}));
  }

  dispatch(command: Command): void {
    this.#send({kind: 'command', command});
  }

  /** While held, one more snapshot comes at the most; the newest follows right after. */
  hold(on: boolean): void {
    this.#isHeld = on;
    if (on || this.#untaken === null) return;
    this.#sendTaken(this.#untaken);
    this.#untaken = null;
  }

  want(lines: number): void {
    const isMore = lines > this.#lines;
    this.#lines = lines;
    // Fewer can wait until something new comes; more must not.
    if (isMore && !this.#isHeld) this.#sendTaken(this.#snapshot.seq);
  }

  /** Asks the run as `ctl` does. Never rejects: a lost connection is an answer. */
  async control(request: ControlRequest): Promise<ControlAnswer> {
    if (this.#isOver) return {ok: false, sentence: CLOSED};
    return this.#answers
      .ask(id => this.#send({kind: 'control', id, request}))
      .catch((error: Error) => ({ok: false, sentence: error.message}));
  }

  /** Says goodbye. Resolves when that was heard, or after two seconds. */
  async leave(how: Leaving): Promise<void> {
    if (this.#isOver) return;
    this.#send({kind: 'leave', how});
    this.#end({kind: 'left', how});
    await this.#connection.end(GOODBYE_MS);
  }

  close(): void {
    void this.leave('close');
  }

  #send(message: ClientMessage): void {
    if (!this.#isOver) this.#connection.send(message);
  }

  #received(received: Received): void {
    switch (received.kind) {
      case 'message':
        return this.#hear(engineMessage(received.message));
      case 'bad':
        return this.#lose(received.reason);
      case 'closed':
        return this.#lose(received.closing.kind === 'lost' ? received.closing.reason : 'the engine hung up');
    }
  }

  #hear(message: EngineMessage): void {
    switch (message.kind) {
      case 'welcome':
        return;
      case 'snapshot':
        return this.#take(message.snapshot);
      case 'part':
        this.#parts.push(message.process);
        return;
      case 'delta':
        return this.#change(message.delta);
      case 'page':
        return this.#pages.answer(message.id, message.page);
      case 'answer':
        return this.#answers.answer(message.id, message.answer);
      case 'refused':
        return this.#lose(message.sentence);
      case 'end':
        return this.#hangUp({kind: 'ended', ending: message.ending});
    }
  }

  #change(delta: Omit<SnapshotDelta, 'processes'>): void {
    const processes = this.#parts;
    this.#parts = [];
    if (delta.base === this.#snapshot.seq) this.#take(applyDelta(this.#snapshot, {...delta, processes}));
    else this.#lose(`expected a change of snapshot ${this.#snapshot.seq}, got one of ${delta.base}`);
  }

  #take(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    this.#aheadMs = Math.max(this.#aheadMs, snapshot.nowMs - performance.now());
    for (const listener of this.#listeners) listener();
    // Only now: a view that is slow to show it is sent the next that much later.
    if (this.#isHeld) this.#untaken = snapshot.seq;
    else this.#sendTaken(snapshot.seq);
  }

  #sendTaken(seq: number): void {
    this.#send({kind: 'taken', seq, lines: this.#lines});
  }

  #lose(reason: string): void {
    this.#hangUp({kind: 'lost', reason});
  }

  #hangUp(over: Over): void {
    this.#end(over);
    this.#connection.destroy();
  }

  #end(over: Over): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listeners.clear();
    const why = over.kind === 'lost' ? `the connection to the run was lost: ${over.reason}` : CLOSED;
    this.#pages.fail(why);
    this.#answers.fail(why);
    this.#resolveOver(over);
  }
}
