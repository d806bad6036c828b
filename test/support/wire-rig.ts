import type net from 'node:net';
import {vi} from 'vitest';
import type {Snapshot} from '../../src/model/snapshot.ts';
import {attachMonitor, type WireMonitor} from '../../src/wire/client.ts';
import {Connection} from '../../src/wire/connection.ts';
import {applyDelta, type ProcessDelta} from '../../src/wire/delta.ts';
import {frameOf} from '../../src/wire/frames.ts';
import {
  MAX_FRAME_TO_CLIENT, MAX_FRAME_TO_ENGINE, PROTOCOL, type ControlAnswer, type ControlRequest, type EngineMessage,
  type Role,
} from '../../src/wire/protocol.ts';
import {WireServer, type WireLimits} from '../../src/wire/server.ts';
import {createFakeMonitor, type FakeMonitor} from './fake-monitor.ts';
import {socketPair} from './socket-pair.ts';

/** A server around a monitor, and what it told its host. */
export type WireRig = {
  readonly monitor: FakeMonitor;
  readonly server: WireServer;
  readonly views: number[];
  readonly left: string[];
  readonly asked: ControlRequest[];
  /** A new connection to the server: our socket, and the server's end. */
  readonly dial: () => Promise<{socket: net.Socket; far: Connection; farSocket: net.Socket}>;
  /** A view over a new connection. */
  readonly attach: () => Promise<WireMonitor>;
};

export type RigOptions = {
  readonly monitor?: FakeMonitor;
  readonly control?: (request: ControlRequest) => ControlAnswer | Promise<ControlAnswer>;
  readonly limits?: Partial<WireLimits>;
};

/** How long anything may take on a busy machine. */
const PATIENT_MS = 30_000;

const SCRIPTS = [
  {name: 'web', linesPerSec: 300, badShare: 0.05, before: 300},
  {name: 'db', linesPerSec: 0, before: 100},
];

export const wireRig = (options: RigOptions = {}): WireRig => {
  const monitor = options.monitor ?? createFakeMonitor(SCRIPTS);
  const [views, left, asked]: [number[], string[], ControlRequest[]] = [[], [], []];
  const server = new WireServer(
    {
      monitor,
      control: request => {
        asked.push(request);
        return options.control?.(request) ?? {ok: true, value: request.kind};
      },
      viewsChanged: count => views.push(count),
      linesChanged: () => {},
      viewLeft: how => left.push(how),
    },
    options.limits,
  );
  const dial: WireRig['dial'] = async () => {
    const [socket, farSocket] = await socketPair();
    const far = new Connection(farSocket, MAX_FRAME_TO_ENGINE);
    void server.add(far);
    return {socket, far, farSocket};
  };
  const attach = async (): Promise<WireMonitor> =>
    attachMonitor(new Connection((await dial()).socket, MAX_FRAME_TO_CLIENT), PATIENT_MS);
  return {monitor, server, views, left, asked, dial, attach};
};

/** A client that says and reads only what a test tells it to. */
export type RawClient = {
  readonly connection: Connection;
  readonly say: (message: unknown) => void;
  readonly hear: () => Promise<EngineMessage>;
};

export const rawClient = (socket: net.Socket): RawClient => {
  const connection = new Connection(socket, MAX_FRAME_TO_CLIENT);
  return {
    connection,
    say: message => connection.sendFrame(frameOf(message)),
    hear: async () => {
      const received = await connection.next();
      if (received.kind !== 'message') throw new Error(`expected a message, got ${JSON.stringify(received)}`);
      return received.message as EngineMessage;
    },
  };
};

/** A raw client that was welcomed. */
export const greeted = async (socket: net.Socket, role: Role): Promise<RawClient> => {
  const client = rawClient(socket);
  client.say({kind: 'hello', keepup: PROTOCOL, role});
  const {kind} = await client.hear();
  if (kind !== 'welcome') throw new Error(`expected a welcome, got ${kind}`);
  return client;
};

/** What a client has once the next update is in. */
export const hearUpdate = async (client: RawClient, have: Snapshot | null): Promise<Snapshot> => {
  const processes: ProcessDelta[] = [];
  for (;;) {
    const message = await client.hear();
    if (message.kind === 'snapshot') return message.snapshot;
    if (message.kind === 'delta' && have !== null) return applyDelta(have, {...message.delta, processes});
    if (message.kind !== 'part') throw new Error(`expected an update, got ${message.kind}`);
    processes.push(message.process);
  }
};

/** The sentence with which a client is sent away; the connection must be closed behind it. */
export const refusal = async (client: RawClient): Promise<string> => {
  const message = await client.hear();
  if (message.kind !== 'refused') throw new Error(`expected to be refused, got ${message.kind}`);
  const {kind} = await client.connection.next();
  if (kind !== 'closed') throw new Error(`expected the end, got a ${kind}`);
  return message.sentence;
};

/** Resolves once the condition holds, looked at again and again. */
export const until = async (holds: () => boolean): Promise<void> => {
  await vi.waitUntil(holds, {timeout: PATIENT_MS, interval: 5});
};
