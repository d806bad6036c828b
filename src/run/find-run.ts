import type {Connection} from '../wire/connection.ts';
import {connectRun, type Reached} from '../wire/find-runs.ts';
import {openRunFolder} from '../wire/run-folder.ts';
import {NoRunError} from './no-run-error.ts';

/**
 * The way to the run of a name, or to the only one.
 *
 * @throws NoRunError that says which there are; UsageError where the folder of sockets is not ours alone.
 */
export const findRun = async (name: string | null, env: NodeJS.ProcessEnv): Promise<Connection> => {
  const reached = await connectRun(openRunFolder(env), name);
  if (reached.kind === 'connected') return reached.connection;
  throw new NoRunError(notReached(name, reached));
};

const notReached = (name: string | null, reached: Exclude<Reached, {kind: 'connected'}>): string => {
  switch (reached.kind) {
    case 'none':
      return `${name === null ? 'no run' : `no run named ${name}`} with a socket; start one with --detachable or --socket`;
    case 'several':
      return `several runs: expected the name of one of ${listed(reached.names)}, got none; see keepup ls`;
    case 'unknown':
      return `no run named ${name}; expected one of ${listed(reached.names)}; see keepup ls`;
    case 'failed':
      return `${reached.name} can't be reached: ${reached.sentence}`;
  }
};

const MAX_LISTED = 20;

const listed = (names: readonly string[]): string =>
  names.length > MAX_LISTED ? `${names.slice(0, MAX_LISTED).join(', ')}, …` : names.join(', ');
