import type {Connection} from '../wire/connection.ts';
import {runFolder} from '../wire/run-folder.ts';
import {connectRun} from '../wire/runs.ts';
import {NoRunError} from './no-run-error.ts';

/**
 * The run of a name, or the only one.
 *
 * @throws NoRunError that says which there are; UsageError where the folder of sockets is not ours.
 */
export const findRun = async (
  name: string | null,
  env: NodeJS.ProcessEnv,
): Promise<{readonly name: string; readonly connection: Connection}> => {
