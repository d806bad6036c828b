import type {Verb} from '../config/verbs.ts';
import {startTerminalGuard} from '../guard/terminal-guard.ts';
import {warmUp} from '../text/warm-up.ts';
import {attachMonitor, type WireMonitor} from '../wire/client.ts';
import type {Connection} from '../wire/connection.ts';
import {sayCrash, sayDetached, sayEnding} from './ending-words.ts';
import {findRun} from './find-run.ts';
import {requireTerminal} from './mode.ts';
import {NoRunError} from './no-run-error.ts';
import {say} from './say.ts';
import {showView} from './view.ts';

type AttachVerb = Extract<Verb, {kind: 'attach'}>;

/** The run went away without a word. */
const LOST_EXIT = 1;

/**
 * Shows the screen of a run that goes on; what happens to this screen does not
 * happen to the run.
 *
 * @returns The run's exit code when it ends meanwhile, 0 when it is left.
 * @throws NoRunError, and UsageError without a terminal.
 */
export const attach = async ({run: name, maxBytesPerSec}: AttachVerb, env: NodeJS.ProcessEnv): Promise<number> => {
  requireTerminal('attach', 'without one, keepup ctl status tells where a run stands');
  const connection = await findRun(name, env);
  const [guard, {startUi}, monitor] = await Promise.all([
    startTerminalGuard({fd: process.stdout.fd, env}),
    import('../ui/start.tsx'),
    attached(connection),
  ]);
  // Unlike that of a run which begins, the first frame may show lines.
  warmUp();
  const result = await showView({monitor, env, guard, startUi, role: 'guest', onHangup: 'detach', maxBytesPerSec});
  guard.bye();
  sayCrash(result);
  const {end} = result;
  switch (end.kind) {
    case 'ended':
      return sayEnding(end.ending, null);
    case 'detached':
      sayDetached(end.name);
      return 0;
    case 'lost':
      say(`${monitor.run.name} is gone: ${end.reason}`);
      return LOST_EXIT;
  }
};

const attached = async (connection: Connection): Promise<WireMonitor> => {
  try {
    return await attachMonitor(connection);
  } catch (error) {
    throw new NoRunError(`attach: ${(error as Error).message}`);
  }
};
