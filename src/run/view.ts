import type {QuitSignal} from '../model/command.ts';
import type {TerminalGuard} from '../model/terminal-guard.ts';
import type {startUi, UiHandle} from '../ui/start.tsx';
import type {Over, WireMonitor} from '../wire/client.ts';
import type {Ending} from '../wire/protocol.ts';
import {collectGarbage} from './collect-garbage.ts';
import {onQuitSignal} from './signals.ts';
import {killedWords} from './terminal-words.ts';
import {withOwnUsage} from './with-own-usage.ts';

/** How a view came to its end. */
export type ViewEnd =
  | {readonly kind: 'ended'; readonly ending: Ending}
  /** The run goes on without this view, under this name. */
  | {readonly kind: 'detached'; readonly name: string}
  /** The engine is gone without a word. */
  | {readonly kind: 'lost'; readonly reason: string};

/** `crash`: the view fell over before its end. */
export type ViewResult = {readonly end: ViewEnd; readonly crash: Error | null};

export type ViewOptions = {
  readonly monitor: WireMonitor;
  readonly env: NodeJS.ProcessEnv;
  /** Has seen the terminal as it was. */
  readonly guard: TerminalGuard;
  /** Its module is loaded while the engine starts. */
  readonly startUi: typeof startUi;
  /** `owner`: the run was started with this view, and is stopped with it unless it may be detached. */
  readonly role: 'owner' | 'guest';
  /** What an owner does when the terminal goes away. */
  readonly onHangup: 'stop' | 'detach';
  /** The budget of a slow link, for this screen; null: none. */
  readonly maxBytesPerSec: number | null;
};

/** Shows a run on the terminal until either of them is over. Whatever happens, the terminal is as before when this resolves. */
export const showView = async (options: ViewOptions): Promise<ViewResult> => {
  const {monitor, role, onHangup} = options;
  const left = Promise.withResolvers<ViewEnd>();
  const leave = async (): Promise<void> => {
    const name = await mayLeave(options);
    if (name !== null) left.resolve({kind: 'detached', name});
  };
  const ui = startView(options, () => void leave());
  const endBy = (signal: QuitSignal, goesOn: boolean): void => {
    if (goesOn) void leave();
    else monitor.dispatch({kind: 'quit', signal});
  };
  const isGuest = role === 'guest';
  onQuitSignal(signal => endBy(signal, isGuest || (signal === 'SIGHUP' && onHangup === 'detach')));
  void ui.gone.then(() => endBy('SIGHUP', isGuest || onHangup === 'detach'));
  const endCollecting = collectGarbage();
  const crash = watchCrash(ui, () => endBy('SIGTERM', goesOnAs(options) !== null));
  const end = await Promise.race([monitor.over.then(endOf), left.promise]);
  endCollecting();
  await Promise.all([ui.close(), end.kind === 'detached' ? monitor.leave('detach') : null]);
  return {end, crash: crash()};
};

/** The name of the run, once it is sure to go on without us; null where it can't: why stands among its warnings. */
const mayLeave = async ({monitor, role}: ViewOptions): Promise<string | null> => {
  if (role === 'guest') return monitor.run.name;
  const answer = await monitor.control({kind: 'detach'});
  return answer.ok ? String(answer.value) : null;
};

/** The name of the run if it goes on when we are killed, else null. */
const goesOnAs = ({monitor, role}: ViewOptions): string | null => {
  const {attachName, detachable} = monitor.snapshot();
  return detachable || role === 'guest' ? attachName : null;
};

const nowMs = (): number => performance.now();

const startView = (options: ViewOptions, detach: () => void): UiHandle => {
  const {monitor, env, guard, maxBytesPerSec} = options;
  const {stdin, stdout} = process;
  let name = goesOnAs(options);
  guard.say(killedWords(name));
  monitor.subscribe(() => {
    if (goesOnAs(options) === name) return;
    name = goesOnAs(options);
    guard.say(killedWords(name));
  });
  return options.startUi({monitor: withOwnUsage(monitor, nowMs), stdin, stdout, env, guard, detach, nowMs, maxBytesPerSec});
};

const endOf = (over: Over): ViewEnd => {
  switch (over.kind) {
    case 'ended':
    case 'lost':
      return over;
    case 'left':
      return {kind: 'lost', reason: 'we have left it'};
  }
};

/** A bug of the view gives the terminal back, and acts once. Returns what tells of it. */
const watchCrash = (ui: UiHandle, act: () => void): (() => Error | null) => {
  let crash: Error | null = null;
  const failed = (error: Error): void => {
    if (crash !== null) return;
    crash = error;
    void ui.close();
    act();
  };
  void ui.crashed.then(failed);
  process.on('uncaughtException', failed);
  return () => crash;
};
