import type {ExitStatus, ProcessState, StartFailure} from '../model/lifecycle.ts';
import type {RestartDecision} from './restart-policy.ts';

/*
 *                      ┌───────────────── start, restart ─────────────────┐
 *                      ▼                                                  │
 *   (new) ────▶ starting ──failed──▶ failed-to-start ─────────────────────┤
 *                      │ │└── stop ──▶ exited                              │
 *                      │ └─ failed for now, by policy ──▶ restarting      │
 *                   spawned          ┌── pause ──▶ paused ──┐             │
 *                      ▼             │                      │             │
 *   ┌───────────▶ running ───────────┘◀──── resume ─────────┤             │
 *   │                  │                                    │             │
 *   │                  ├── stop, restart ──▶ stopping ◀─────┤             │
 *   │                  │                        │           │             │
 *   │               exited                    gone       exited           │
 *   │                  ▼                        ▼           │             │
 *   │             (policy) ◀────────────────────┼───────────┘             │
 *   │              │  │  └── stay ─────────▶ exited ──────────────────────▶┤
 *   │         restart └── too often ──────▶ crash-loop ──────────────────▶┤
 *   │              ▼                                                      │
 *   └── due ── restarting ── stop ──▶ exited        (start, restart: now) ┘
 *
 *   `stopping` lasts until the whole group is gone and what has left it, so that
 *   a restart never meets what is left of the run before it.
 */

export type LifecycleEvent =
  | {readonly kind: 'spawned'}
  /** Nothing was started; `decision` is what the restart policy says, where trying again can help at all. */
  | {readonly kind: 'start-failed'; readonly failure: StartFailure; readonly decision: RestartDecision}
  /** The child has exited by itself; `decision` is what the restart policy says. */
  | {readonly kind: 'exited'; readonly exit: ExitStatus; readonly decision: RestartDecision}
  /** A stop of ours is complete: child and group are gone. */
  | {readonly kind: 'gone'; readonly exit: ExitStatus}
  | {readonly kind: 'due'}
  | {readonly kind: 'pause'}
  | {readonly kind: 'resume'}
  | {readonly kind: 'stop'}
  | {readonly kind: 'restart'}
  | {readonly kind: 'start'};

/** What the engine does about a transition. `forgive`: the restart policy forgets the past. */
export type Effect = 'spawn' | 'suspend' | 'continue' | 'terminate' | 'kill' | 'schedule' | 'forgive';

export type Transition = {readonly state: ProcessState; readonly effects: readonly Effect[]};

export type TransitionContext = {
  readonly nowMs: number;
  readonly killTimeoutMs: number;
};

type Rule<S extends ProcessState['kind'], E extends LifecycleEvent['kind']> = (
  state: Extract<ProcessState, {kind: S}>,
  event: Extract<LifecycleEvent, {kind: E}>,
  context: TransitionContext,
) => Transition;

type Table = {[S in ProcessState['kind']]: {[E in LifecycleEvent['kind']]?: Rule<S, E>}};

const starting: ProcessState = {kind: 'starting'};
const running: ProcessState = {kind: 'running'};

const startNow = (): Transition => ({state: starting, effects: ['forgive', 'spawn']});
const stopThen =
  (then: 'stay' | 'start') =>
  (_state: ProcessState, _event: LifecycleEvent, {nowMs, killTimeoutMs}: TransitionContext): Transition => ({
    state: {kind: 'stopping', killAtMs: nowMs + killTimeoutMs, then},
    effects: ['terminate'],
  });
const byPolicy = (
  _state: ProcessState,
  {exit, decision}: Extract<LifecycleEvent, {kind: 'exited'}>,
  {nowMs}: TransitionContext,
): Transition => {
  switch (decision.kind) {
    case 'stay':
      return {state: {kind: 'exited', exit, byUs: false}, effects: []};
    case 'restart':
      return {state: {kind: 'restarting', atMs: nowMs + decision.delayMs, exit}, effects: ['schedule']};
    case 'crash-loop':
      return {state: {kind: 'crash-loop', exit, restarts: decision.restarts}, effects: []};
  }
};

const noExit: ExitStatus = {code: null, signal: null};
const startFailed = (
  _state: ProcessState,
  {failure, decision}: Extract<LifecycleEvent, {kind: 'start-failed'}>,
  {nowMs}: TransitionContext,
): Transition =>
  decision.kind === 'restart'
    ? {state: {kind: 'restarting', atMs: nowMs + decision.delayMs, exit: noExit, failure}, effects: ['schedule']}
    : {state: {kind: 'failed-to-start', failure}, effects: []};

const TRANSITIONS: Table = {
  starting: {
    spawned: () => ({state: running, effects: []}),
    'start-failed': startFailed,
    // Nothing runs yet, so nothing has ended with a code.
    stop: () => ({state: {kind: 'exited', exit: noExit, byUs: true}, effects: []}),
  },
  running: {
    exited: byPolicy,
    pause: (_state, _event, {nowMs}) => ({state: {kind: 'paused', sinceMs: nowMs}, effects: ['suspend']}),
    stop: stopThen('stay'),
    restart: stopThen('start'),
  },
  paused: {
    exited: byPolicy,
    resume: () => ({state: running, effects: ['continue']}),
    stop: stopThen('stay'),
    restart: stopThen('start'),
  },
  stopping: {
    gone: ({then, ended}, {exit}) =>
      then === 'start' ? startNow() : {state: {kind: 'exited', exit: ended ?? exit, byUs: ended === undefined}, effects: []},
    // Asked a second time, a stop does not wait for the grace to end.
    stop: (state, _event, {nowMs}) => ({
      state: {...state, killAtMs: Math.min(state.killAtMs, nowMs), then: 'stay'},
      effects: state.then === 'stay' ? ['kill'] : [],
    }),
    restart: state => ({state: {...state, then: 'start'}, effects: []}),
    start: state => ({state: {...state, then: 'start'}, effects: []}),
  },
  restarting: {
    due: () => ({state: starting, effects: ['spawn']}),
    start: startNow,
    restart: startNow,
    // We stop no run here, only the next one: how the last one ended stays as it was.
    stop: ({exit, failure}) => ({
      state: failure === undefined ? {kind: 'exited', exit, byUs: false} : {kind: 'failed-to-start', failure},
      effects: [],
    }),
  },
  exited: {
    start: startNow,
    restart: startNow,
    // What the child has left behind is stopped, too; how it ended itself stays as it was.
    stop: (state, _event, {nowMs, killTimeoutMs}) => ({
      state: {
        kind: 'stopping',
        killAtMs: nowMs + killTimeoutMs,
        then: 'stay',
        ...(state.byUs ? {} : {ended: state.exit}),
      },
      effects: ['terminate'],
    }),
  },
  'crash-loop': {start: startNow, restart: startNow},
  'failed-to-start': {start: startNow, restart: startNow},
};

/**
 * The next state of a process and what to do about it.
 *
 * @returns null where the event makes no sense in that state: it is ignored.
 */
export const transition = (
  state: ProcessState,
  event: LifecycleEvent,
  context: TransitionContext,
): Transition | null => {
  const rule = TRANSITIONS[state.kind][event.kind] as
    | ((state: ProcessState, event: LifecycleEvent, context: TransitionContext) => Transition)
    | undefined;
  return rule?.(state, event, context) ?? null;
};
