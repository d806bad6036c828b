import type {Verb} from '../config/verbs.ts';
import type {Report} from '../model/report.ts';
import {Output} from '../plain/output.ts';
import {reportTable} from '../plain/report-table.ts';
import {escapeOddInJson} from '../text/sanitize.ts';
import {askRun} from '../wire/ask-run.ts';
import {attachMonitor} from '../wire/client.ts';
import type {ControlRequest} from '../wire/protocol.ts';
import {loadReport} from '../wire/reports.ts';
import {runFolder} from '../wire/run-folder.ts';
import {findRun} from './find-run.ts';
import {listRuns, runRows} from './list-runs.ts';
import {NoRunError} from './no-run-error.ts';
import {say} from './say.ts';
import {statusTable, type Status} from './status.ts';

/** The run can't do what it was asked. */
const REFUSED_EXIT = 1;

/**
 * Says a word to a run that goes on, or reads what it left behind.
 *
 * @returns The exit code.
 * @throws NoRunError where there is no such run; UsageError where the folder of sockets is not ours.
 */
export const doVerb = async (verb: Exclude<Verb, {kind: 'attach'}>, env: NodeJS.ProcessEnv): Promise<number> => {
  switch (verb.kind) {
    case 'ls':
      return ls(verb.json, env);
    case 'stop':
      return stop(verb, env);
    case 'report':
      return report(verb, env);
    case 'status':
      return status(verb, env);
    case 'act': {
      const {action, names} = verb;
      return ask(verb.run, {kind: 'act', action, names: names ?? []}, env, () => []);
    }
  }
};
