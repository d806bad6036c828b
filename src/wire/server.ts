import type {Monitor} from '../model/monitor.ts';
import type {Connection} from './connection.ts';
import {endingFrame} from './fitting.ts';
import {frameOf} from './frames.ts';
import {HELLO_MS, refuse, welcomed} from './handshake.ts';
import {Pace} from './pace.ts';
import {
  MAX_CONNECTIONS, MAX_FRAME_TO_ENGINE, PROTOCOL, type ControlAnswer, type ControlRequest, type Ending,
  type EngineMessage, type Leaving, type Role, type RunFacts,
} from './protocol.ts';
import {factsOf} from './run-facts.ts';
import {ServedClient} from './served-client.ts';
import {Updates} from './updates.ts';

/** What the server needs of the engine's side. */
export type WireHost = {
  readonly monitor: Monitor;
  /** What a `ctl` or a view asks. An exception becomes an answer, too. */
  readonly control: (request: ControlRequest) => ControlAnswer | Promise<ControlAnswer>;
  /** So many views are attached from now on. */
  readonly viewsChanged: (views: number) => void;
  /** They show so many of a process's newest lines at the most; 0: there is none. */
  readonly linesChanged: (lines: number) => void;
  /** A view is gone, after `viewsChanged`; `lost`: without a goodbye. Not called once the run ends. */
  readonly viewLeft: (how: Leaving | 'lost', view: Connection) => void;
};

export type WireLimits = {
  /** How long a newcomer may take for its hello. */
  readonly helloMs: number;
  /** How long an ending waits for clients that do not read. */
  readonly endMs: number;
};

const DEFAULT_LIMITS: WireLimits = {helloMs: HELLO_MS, endMs: 2000};

/**
 * Serves a monitor to any number of clients, up to {@link MAX_CONNECTIONS}. A
 * slow or stopped one costs nothing but the one update that it has not read.
 */
export class WireServer {
  readonly #host: WireHost;
  readonly #limits: WireLimits;
  /** All that are served or in their handshake. */
  readonly #connections = new Set<Connection>();
  /** How many are being told that they can't be served. */
  #turnedAway = 0;
  readonly #clients = new Set<ServedClient>();
  readonly #updates = new Updates();
  readonly #pace = new Pace(() => this.#offerAll());
  #unsubscribe: (() => void) | null = null;
  #ended: Promise<void> | null = null;

  constructor(host: WireHost, limits: Partial<WireLimits> = {}) {
    this.#host = host;
    this.#limits = {...DEFAULT_LIMITS, ...limits};
  }

  /** How many views are attached. */
  get views(): number {
    return [...this.#clients].filter(({role}) => role === 'ui').length;
  }

  get #lines(): number {
    return Math.max(0, ...[...this.#clients].filter(({role}) => role === 'ui').map(({lines}) => lines));
  }

  /** The run as a newcomer would see it. */
  facts(): RunFacts {
    return factsOf(this.#host.monitor.snapshot(), process.pid);
  }

  /**
   * Takes a connection on which nothing has been said yet, or whose start is over.
   *
   * @returns Resolves when it is served, or is being sent away. Never rejects.
   */
  async add(connection: Connection): Promise<void> {
    connection.limit(MAX_FRAME_TO_ENGINE);
    if (this.#isOver()) return this.#turnAway(connection, RUN_IS_OVER);
    if (this.#connections.size >= MAX_CONNECTIONS) return this.#turnAway(connection, RUN_IS_FULL);
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
    const welcome = (): EngineMessage => ({kind: 'welcome', keepup: PROTOCOL, run: this.facts()});
    const role = await welcomed(connection, welcome, this.#limits.helloMs);
    if (role === null) return;
    if (!this.#isOver()) this.#serve(connection, role);
  }

  /**
   * Tells all clients how the run ended, and closes.
   *
   * @returns Resolves when all have hung up, or after `endMs`. Called again, it resolves with the first.
   */
  end(ending: Ending): Promise<void> {
    this.#ended ??= this.#end(endingFrame(ending));
    return this.#ended;
  }

  #isOver(): boolean {
    return this.#ended !== null;
  }

  /** Even a sentence is only for so many at a time. */
  #turnAway(connection: Connection, sentence: string): void {
    if (this.#turnedAway >= MAX_CONNECTIONS) return connection.destroy();
    this.#turnedAway++;
    void refuse(connection, sentence).then(() => this.#turnedAway--);
  }

  #serve(connection: Connection, role: Role): void {
    const client = new ServedClient(connection, role, {
      monitor: this.#host.monitor,
      control: this.#host.control,
      update: (base, newest, lines) => this.#updates.update(base, newest, lines),
      asks: () => this.#pace.ask(),
      wants: () => this.#host.linesChanged(this.#lines),
      left: (gone, how) => this.#left(gone, how),
    });
    this.#clients.add(client);
    if (role === 'ui') {
      this.#unsubscribe ??= this.#host.monitor.subscribe(() => this.#pace.ask());
      this.#host.viewsChanged(this.views);
      this.#host.linesChanged(this.#lines);
      this.#pace.ask();
    }
    client.start();
  }

  #offerAll(): void {
    for (const client of this.#clients) client.offer();
  }

  #left(client: ServedClient, how: Leaving | 'lost'): void {
    this.#clients.delete(client);
    if (client.role !== 'ui') return;
    if (this.views === 0) this.#stopUpdates();
    if (this.#ended !== null) return;
    this.#host.viewsChanged(this.views);
    this.#host.linesChanged(this.#lines);
    this.#host.viewLeft(how, client.connection);
  }

  #stopUpdates(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#pace.stop();
    this.#updates.forget();
  }

  async #end(frame: Buffer): Promise<void> {
    this.#stopUpdates();
    const served = new Set([...this.#clients].map(({connection}) => connection));
    const refused = frameOf({kind: 'refused', sentence: RUN_IS_OVER} satisfies EngineMessage);
    const closings = [...this.#connections].map(connection => {
      connection.sendFrame(served.has(connection) ? frame : refused);
      return connection.end(this.#limits.endMs);
    });
    await Promise.all(closings);
    this.#clients.clear();
  }
}

const RUN_IS_OVER = 'the run is over; its report can still be read';
const RUN_IS_FULL = `expected at most ${MAX_CONNECTIONS} connections to a run, got one more; close one`;
