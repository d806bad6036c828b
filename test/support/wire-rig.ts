import type net from 'node:net';
import {onTestFinished} from 'vitest';
import type {Report} from '../../src/model/report.ts';
import {attachMonitor, type WireMonitor} from '../../src/wire/client.ts';
import {Connection} from '../../src/wire/connection.ts';
import {frameOf} from '../../src/wire/frames.ts';
import {MAX_FRAME_TO_CLIENT, MAX_FRAME_TO_ENGINE, PROTOCOL, type ControlAnswer, type ControlRequest, type Ending, type EngineMessage, type Role} from '../../src/wire/protocol.ts';
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
  const attach = async (): Promise<WireMonitor> => attachMonitor(new Connection((await dial()).socket, MAX_FRAME_TO_CLIENT), 30_000);
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

/** Resolves once the condition holds, looked at again and again. */
export const until = async (holds: () => boolean): Promise<void> => {
  let isOver = false;
  onTestFinished(() => void (isOver = true));
  while (!holds() && !isOver) await new Promise(resolve => setTimeout(resolve, 5));
};

export const emptyReport: Report = {
  version: 1,
  runName: 'demo',
  startedAt: '2026-11-22T12:04:31.000Z',
  durationMs: 1,
  workers: 2,
  totals: {
    bytesIn: 0, linesIn: 0, records: 0, failures: 0, blank: 0, dropped: 0, pending: 0,
    failureKinds: {
      'invalid-json': 0, 'not-an-object': 0, 'too-deep': 0, oversize: 0, 'no-match': 0, 'parser-error': 0, timeout: 0, lost: 0,
    },
    levels: {trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, none: 0},
    invalidUtf8: 0, stderrLines: 0, meanLinesPerSec: 0, peakLinesPerSec: 0, maxLagMs: 0, heldMs: 0, durationMs: 0,
    generations: 0, processes: 0, errorGroups: [],
  },
  processes: [],
};

export const ending: Ending = {report: emptyReport, exitCode: 3, said: ['a warning'], problem: null};
