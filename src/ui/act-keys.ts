import type {Command} from '../model/command.ts';
import {hasEnded} from '../model/lifecycle.ts';
import type {ProcessState} from '../model/lifecycle.ts';
import {ALL_SCOPES, OVERLAYS} from './key-binding.ts';
import type {KeyBinding, Scope} from './key-binding.ts';
import {somethingRuns} from './ui-state.ts';
import type {Action, UiContext, UiState} from './ui-model.ts';

/** Keys that do something: to processes, to what is displayed, or to the run. */
export const actKeys = (): readonly KeyBinding[] => [
  ...questionKeys(),
  ...processKeys(),
  ...allProcessesKeys(),
  ...viewKeys(),
  ...overlayKeys(),
];

const MAIN: readonly Scope[] = ['grid', 'zoom'];

const questionKeys = (): KeyBinding[] => [
  {
    keys: ['y', 'enter'],
    label: 'y, Enter',
    scopes: ['question'],
    footer: {label: 'y', word: 'stop and quit', rank: 1},
    help: 'yes, stop everything and quit',
    action: () => ({kind: 'command', command: {kind: 'quit'}}),
  },
  {
    keys: ['d'],
    label: 'd',
    scopes: ['question'],
    footer: {label: 'd', word: 'detach', rank: 2},
    help: 'neither: detach, where the run goes on without a screen',
    available: (_, {snapshot}) => snapshot.detachable,
    action: () => ({kind: 'detach'}),
  },
  {
    keys: ['n', 'esc'],
    label: 'n, Esc',
    scopes: ['question'],
    footer: {label: 'n', word: 'go on', rank: 3},
    help: 'no, go on',
    action: () => ({kind: 'keep-running'}),
  },
];

const processKeys = (): KeyBinding[] => [
  {
    keys: ['p'],
    label: 'p',
    scopes: MAIN,
    footer: {label: 'p', word: (state, context) => pauseWord(current(state, context)), rank: 9},
    help: 'pause the process (SIGSTOP), or let it go on',
    available: when(canPause),
    action: (_, state, context) => command(pauseWord(current(state, context)), state.focus),
  },
  {
    keys: ['r'],
    label: 'r',
    scopes: MAIN,
    footer: {label: 'r', word: (state, context) => restartWord(current(state, context)), rank: 10},
    help: 'restart the process: stop it if it runs, then start it',
    action: (_, state) => command('restart', state.focus),
  },
  {
    keys: ['x'],
    label: 'x',
    scopes: MAIN,
    footer: {label: 'x', word: (state, context) => stopWord(current(state, context)), rank: 11},
    help: 'stop the process (SIGTERM, after the grace SIGKILL)',
    available: when((state) => !hasEnded(state)),
    action: (_, state) => command('stop', state.focus),
  },
  {
    keys: ['s'],
    label: 's',
    scopes: MAIN,
    footer: {label: 's', word: (state, context) => startWord(current(state, context)), rank: 7},
    help: 'start a process that has ended, or one that waits to be restarted',
    available: when(canStart),
    action: (_, state) => command('start', state.focus),
  },
];

const allProcessesKeys = (): KeyBinding[] => [
  {
    keys: ['P', 'R', 'X', 'S'],
    label: 'P R X S',
    scopes: MAIN,
    footer: {label: 'P R X S', word: 'the same for all', rank: 16},
    help: 'the same for all processes',
    action: (key, _, context) => commandForAll(key, context),
  },
];

const commandForAll = (key: string, context: UiContext): Action => {
  switch (key) {
    case 'R':
      return command('restart', 'all');
    case 'X':
      return command('stop', 'all');
    case 'S':
      return command('start', 'all');
    default:
      return command(
        context.snapshot.processes.some(({state}) => state.kind === 'running') ? 'pause' : 'resume',
        'all',
      );
  }
};

const viewKeys = (): KeyBinding[] => [
  {
    keys: ['space'],
    label: 'Space',
    scopes: ['grid', 'zoom', ...OVERLAYS],
    footer: {label: 'space', word: (state) => (state.frozen === null ? 'freeze' : 'go on'), rank: 13},
    help: 'freeze the view, or let it go on; everything else goes on in any case',
    action: () => ({kind: 'freeze'}),
  },
  {
    keys: ['e'],
    label: 'e',
    scopes: MAIN,
    footer: {label: 'e', word: 'errors', rank: 6},
    help: 'all error groups of the process',
    action: () => ({kind: 'errors'}),
  },
  {
    keys: ['c'],
    label: 'c',
    scopes: MAIN,
    footer: {label: 'c', word: 'clear', rank: 15},
    help: 'clear what is displayed of the process; its books and the report stay whole',
    action: () => ({kind: 'clear'}),
  },
  {
    keys: ['d'],
    label: 'd',
    scopes: MAIN,
    footer: {label: 'd', word: (_, {snapshot}) => (snapshot.detachable ? 'detach' : ''), rank: 12},
    help: 'detach: the run goes on without this screen; keepup attach comes back',
    action: () => ({kind: 'detach'}),
  },
  {
    keys: ['ctrl-z'],
    label: 'Ctrl-Z',
    scopes: ALL_SCOPES,
    help: 'suspend keepup; fg comes back',
    action: () => ({kind: 'suspend'}),
  },
  {
    keys: ['ctrl-l'],
    label: 'Ctrl-L',
    scopes: ALL_SCOPES,
    help: 'paint the whole screen again',
    action: () => ({kind: 'redraw'}),
  },
];

const overlayKeys = (): KeyBinding[] => [
  {
    keys: ['esc', '?'],
    label: 'Esc, ?',
    scopes: ['help'],
    footer: {label: 'Esc', word: 'close', rank: 1},
    help: 'close help',
    action: () => ({kind: 'back'}),
  },
  {
    keys: ['esc', 'e'],
    label: 'Esc, e',
    scopes: ['errors'],
    footer: {label: 'Esc', word: 'close', rank: 1},
    help: 'close the errors',
    action: () => ({kind: 'back'}),
  },
  {
    keys: ['esc', 'enter'],
    label: 'Esc, Enter',
    scopes: ['inspector'],
    footer: {label: 'Esc', word: 'close', rank: 1},
    help: 'close the line',
    action: () => ({kind: 'back'}),
  },
  {
    keys: ['?'],
    label: '?',
    scopes: ['grid', 'zoom', 'errors', 'inspector'],
    footer: {label: '?', word: 'help', rank: 2},
    help: 'this help',
    action: () => ({kind: 'help'}),
  },
  {
    keys: ['q', 'ctrl-c'],
    label: 'q, Ctrl-C',
    scopes: ALL_SCOPES,
    footer: {label: 'q', word: quitWord, rank: 1},
    help: 'quit; asks once while something runs; while all is being stopped, kills it',
    action: (_, state, context) => quit(state, context),
  },
];

/** The question has words of its own. */
const quitWord = (state: UiState): string => {
  if (state.asksQuit) return '';
  return state.quitAtMs === null ? 'quit' : 'kill now';
};

const command = (kind: Exclude<Command['kind'], 'quit'>, target: number | 'all'): Action => ({
  kind: 'command',
  command: {kind, target},
});

/** Asks once while something runs; goes at once when nothing does, when it was asked, or to force what was begun. */
const quit = (state: UiState, context: UiContext): Action =>
  state.asksQuit || state.quitAtMs !== null || !somethingRuns(context.snapshot)
    ? {kind: 'command', command: {kind: 'quit'}}
    : {kind: 'ask-quit'};

const current = (state: UiState, context: UiContext): ProcessState | undefined =>
  context.snapshot.processes[state.focus]?.state;

const when =
  (can: (state: ProcessState) => boolean) =>
  (state: UiState, context: UiContext): boolean => {
    const process = current(state, context);
    return process !== undefined && can(process);
  };

const canPause = (state: ProcessState): boolean => state.kind === 'running' || state.kind === 'paused';
const canStart = (state: ProcessState): boolean => hasEnded(state) || state.kind === 'restarting';

const pauseWord = (state: ProcessState | undefined): 'pause' | 'resume' =>
  state?.kind === 'paused' ? 'resume' : 'pause';
/** Of what has ended, `start` says the same. */
const restartWord = (state: ProcessState | undefined): string =>
  state === undefined || hasEnded(state) ? '' : 'restart';
const stopWord = (state: ProcessState | undefined): string => (state?.kind === 'restarting' ? 'give up' : 'stop');
const startWord = (state: ProcessState | undefined): string => (state?.kind === 'restarting' ? 'start now' : 'start');
