import {readdirSync} from 'node:fs';
import path from 'node:path';
import type {Connection} from './connection.ts';
import {dial, probe, PROBE_MS} from './probe.ts';
import type {RunFacts} from './protocol.ts';
import {SOCKET_SUFFIX, socketPath} from './run-names.ts';
import {removeStale, socketFileAt} from './socket-file.ts';

/** A run that has a socket. */
export type FoundRun =
  | {readonly kind: 'live'; readonly name: string; readonly path: string; readonly run: RunFacts}
  /** It does not serve us now; `sentence`: why, as far as that is known. Its name is that of its file. */
  | {readonly kind: 'silent'; readonly name: string; readonly path: string; readonly sentence: string};

/**
 * All runs of this user, by name; sockets of dead ones are removed. All are
 * asked at once, so that takes no longer than `waitMs`.
 */
export const findRuns = async (folder: string, waitMs = PROBE_MS): Promise<readonly FoundRun[]> => {
  const files = readdirSync(folder).filter(file => file.endsWith(SOCKET_SUFFIX) && !file.startsWith('.'));
  const found = await Promise.all(files.map(file => findRun(path.join(folder, file), waitMs)));
  return found.filter(run => run !== null).toSorted((a, b) => (a.name < b.name ? -1 : 1));
};

/** The way to a run. Whether it answers shows when it is greeted. */
export type Reached =
  | {readonly kind: 'connected'; readonly connection: Connection; readonly path: string}
  /** There is no run at all. */
  | {readonly kind: 'none'}
  /** No name was given, and there are several. */
  | {readonly kind: 'several'; readonly names: readonly string[]}
  /** There is none of that name, but there are these. */
  | {readonly kind: 'unknown'; readonly names: readonly string[]}
  | {readonly kind: 'failed'; readonly name: string; readonly sentence: string};

/**
 * Connects to a run.
 *
 * @param name As `ls` shows it; null: the only run there is.
 * @throws UsageError for a name whose socket could not exist, its path being too long.
 */
export const connectRun = async (folder: string, name: string | null, waitMs = PROBE_MS): Promise<Reached> => {
  if (name !== null) {
    const reached = await connectTo(socketPath(folder, name), name);
    if (reached !== null) return reached;
  }
  const runs = await findRuns(folder, waitMs);
  const [only] = runs;
  if (only === undefined) return {kind: 'none'};
  const names = runs.map(run => run.name);
  if (name !== null) return {kind: 'unknown', names};
  if (runs.length > 1) return {kind: 'several', names};
  return (await connectTo(only.path, only.name)) ?? {kind: 'none'};
};

const findRun = async (file: string, waitMs: number): Promise<FoundRun | null> => {
  const found = await probe(file, waitMs);
  switch (found.kind) {
    case 'live':
      return {kind: 'live', name: found.run.name, path: file, run: found.run};
    case 'silent':
      return {kind: 'silent', name: path.basename(file, SOCKET_SUFFIX), path: file, sentence: found.sentence};
    case 'stale':
      removeStale(file, found.socket);
      return null;
    case 'none':
      return null;
  }
};

/** null: nobody is there. */
const connectTo = async (file: string, name: string): Promise<Reached | null> => {
  if (socketFileAt(file) === null) return null;
  const dialled = await dial(file);
  if (dialled.kind === 'refused') return null;
  return dialled.kind === 'connected'
    ? {kind: 'connected', connection: dialled.connection, path: file}
    : {kind: 'failed', name, sentence: dialled.sentence};
};
