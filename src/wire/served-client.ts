import type {Command} from '../model/command.ts';
import type {Monitor} from '../model/monitor.ts';
import {emptyPage, type PageQuery} from '../model/page.ts';
import type {Snapshot} from '../model/snapshot.ts';
import {readClientMessage, type ClientSays} from './client-message.ts';
import type {Connection, Received} from './connection.ts';
import {fittingFrame, fittingPage} from './fitting.ts';
import {refuse} from './handshake.ts';
import {
  MAX_UNSENT_BYTES, type ClientMessage, type ControlAnswer, type ControlRequest, type EngineMessage, type Leaving,
  type Role,
} from './protocol.ts';
import {RequestQueue} from './request-queue.ts';
import type {Update} from './updates.ts';

/** What a client is served from. */
export type ClientHost = {
  readonly monitor: Monitor;
  readonly control: (request: ControlRequest) => ControlAnswer | Promise<ControlAnswer>;
  /** @param lines Of each process so many newest ones. */
  readonly update: (base: Snapshot | null, newest: Snapshot, lines: number) => Update;
  /** The client can take an update. */
  readonly asks: () => void;
  /** It shows more or fewer lines. */
  readonly wants: () => void;
  /** It is gone; called once. */
  readonly left: (client: ServedClient, how: Leaving | 'lost') => void;
};

/**
 * One client behind its handshake. Of what changes it gets one update at a
 * time, always from what it has to the newest: it never has a queue.
 *
 *     idle ──offer: something new──→ update under way
 *      ↑                                   │
 *      └──────────── taken ────────────────┘
 */
export class ServedClient {
  readonly connection: Connection;
  readonly role: Role;
  readonly #host: ClientHost;
  readonly #requests: RequestQueue;
  /** What the client has taken in. */
  #base: Snapshot | null = null;
  /** The newest at the time of the last update; what was sent may be less of it. */
  #offered: Snapshot | null = null;
  #underWay: Snapshot | null = null;
  #lines = Infinity;
  #hasLeft = false;

  constructor(connection: Connection, role: Role, host: ClientHost) {
    this.connection = connection;
    this.role = role;
    this.#host = host;
    this.#requests = new RequestQueue(connection);
  }

  /** It shows so many newest lines of a process. */
  get lines(): number {
    return this.#lines;
  }

  /** Begins to listen to the client. */
  start(): void {
    this.connection.listen(received => this.#received(received));
  }

  /** Sends what is new, if the client has taken in what was sent before. */
  offer(): void {
    const newest = this.#host.monitor.snapshot();
    if (this.role !== 'ui' || this.#hasLeft || this.#underWay !== null || newest === this.#offered) return;
    const {frames, snapshot} = this.#host.update(this.#base, newest, this.#lines);
    this.#offered = newest;
    this.#underWay = snapshot;
    this.connection.sendFrame(frames);
  }

  /** No more is heard of it. */
  drop(how: Leaving | 'lost'): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#requests.clear();
    this.#base = this.#offered = this.#underWay = null;
    this.#host.left(this, how);
  }

  #received(received: Received): void {
    switch (received.kind) {
      case 'closed':
        return this.drop('lost');
      case 'bad':
        return this.#refuse(received.reason);
      case 'message':
        this.#hear(readClientMessage(received.message));
        return this.#throttle();
    }
  }

  #hear(says: ClientSays): void {
    switch (says.kind) {
      case 'bad':
        return this.#refuse(`expected ${says.expected}, got something else`);
      case 'bad-question':
        if (says.of === 'page') return this.#refuse(`expected a page of ${says.expected}, got something else`);
        return this.#answer(says.id, {ok: false, sentence: `expected ${says.expected}, got something else`});
      case 'message':
        if (!MAY_SAY[this.role].has(says.message.kind)) {
          return this.#refuse(`expected no ${says.message.kind} of a ${this.role} behind its hello`);
        }
        return this.#act(says.message);
    }
  }

  #act(message: ClientMessage): void {
    switch (message.kind) {
      case 'hello':
        return;
      case 'taken':
        return this.#taken(message.seq, message.lines ?? Infinity);
      case 'page':
        return this.#page(message.id, message.query);
      case 'command':
        return this.#command(message.command);
      case 'control':
        return this.#control(message.id, message.request);
      case 'leave':
        this.drop(message.how);
        return this.connection.destroy();
    }
  }

  #taken(seq: number, lines: number): void {
    // What it has is no longer all that it shows, though nothing may have changed.
    if (lines > this.#lines) this.#offered = null;
    if (lines !== this.#lines) {
      this.#lines = lines;
      this.#host.wants();
    }
    if (this.#underWay !== null) {
      if (this.#underWay.seq !== seq) return;
      this.#base = this.#underWay;
      this.#underWay = null;
    }
    this.#host.asks();
  }

  #command(command: Command): void {
    const isMeant =
      command.kind === 'quit' ||
      command.target === 'all' ||
      command.target < this.#host.monitor.snapshot().processes.length;
    if (isMeant) this.#host.monitor.dispatch(command);
  }

  #page(id: number, query: PageQuery): void {
    const isTaken = this.#requests.add(async () => {
      const page = await this.#host.monitor.page(query).catch(() => emptyPage(query));
      this.#send({kind: 'page', id, page: fittingPage(page)}, {kind: 'page', id, page: emptyPage(query)});
    });
    if (!isTaken) this.connection.send({kind: 'page', id, page: emptyPage(query)} satisfies EngineMessage);
  }

  #control(id: number, request: ControlRequest): void {
    const isTaken = this.#requests.add(async () => this.#answer(id, await this.#controlled(request)));
    if (!isTaken) this.#answer(id, {ok: false, sentence: 'too many requests wait already; wait for their answers'});
  }

  /** The host's answer, whatever becomes of it. */
  async #controlled(request: ControlRequest): Promise<ControlAnswer> {
    try {
      return await this.#host.control(request);
    } catch (error) {
      return {ok: false, sentence: `${request.kind} failed: ${(error as Error).message}`};
    }
  }

  #answer(id: number, answer: ControlAnswer): void {
    const tooLarge: ControlAnswer = {ok: false, sentence: 'the answer is larger than a message may be'};
    this.#send({kind: 'answer', id, answer}, {kind: 'answer', id, answer: tooLarge});
  }

  /** @param instead Small; sent where the message is too large. */
  #send(message: EngineMessage, instead: EngineMessage): void {
    const frame = fittingFrame(message);
    if (frame === null) this.connection.send(instead);
    else this.connection.sendFrame(frame);
  }

  #refuse(why: string): void {
    this.drop('lost');
    void refuse(this.connection, `keepup can't follow this client: ${why}; attach again`);
  }

  /** Who asks on and on without reading the answers has to wait. */
  #throttle(): void {
    if (this.connection.queuedBytes <= MAX_UNSENT_BYTES) return;
    this.connection.hold();
    void this.connection.flushed().then(() => this.connection.release());
  }
}

const MAY_SAY: Readonly<Record<Role, ReadonlySet<ClientMessage['kind']>>> = {
  ui: new Set(['taken', 'page', 'command', 'control', 'leave']),
  ctl: new Set(['control', 'leave']),
  probe: new Set(['leave']),
};
