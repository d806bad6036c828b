import type {DisplayLine} from '../model/display-line.ts';
import type {ProcessSnapshot} from '../model/snapshot.ts';
import {clock, span as timeSpan, timeOfDay} from '../text/durations.ts';
import {siTrim} from '../text/numbers.ts';
import type {Role, Span} from '../text/style.ts';
import {overloadWord} from './facts.ts';
import {span} from './row.ts';
import type {Scene} from './scene.ts';
import {endedBadly, exitWords, secondsLeft} from './state-words.ts';

/**
 * What one needs to know of a state beyond its word, and what to do about it;
 * nothing for a process that simply runs.
 */
export const bannerLines = (process: ProcessSnapshot, scene: Scene): Span[][] => [
  ...stateBanner(process, scene),
  ...heldBanner(process),
  ...droppedBanner(process),
  ...keptOpenBanner(process),
  ...clearedBanner(process, scene),
  ...commandBanner(process),
];

/**
 * The last lines on stderr of a process that ended badly: they say why. None
 * where they are among the newest `shown` lines anyway.
 */
export const lastStderr = (process: ProcessSnapshot, shown: number, most: number): DisplayLine[] => {
  if (!endedBadly(process.state) && process.state.kind !== 'restarting') return [];
  const {tail, generation} = process;
  if (most <= 0 || tail.slice(-shown).some(({kind}) => kind === 'stderr')) return [];
  return tail.filter((line) => line.kind === 'stderr' && line.generation === generation).slice(-most);
};

const stateBanner = (process: ProcessSnapshot, scene: Scene): Span[][] => {
  const {state} = process;
  switch (state.kind) {
    case 'starting':
      return [[span('starting ', 'attention'), span(process.command)]];
    case 'running':
      return quietBanner(process, scene.nowMs);
    case 'paused': {
      const since = timeOfDay(scene.wallMs - (scene.nowMs - state.sinceMs)).slice(0, 8);
      return [say('attention', `paused since ${since} (${clock(scene.nowMs - state.sinceMs)})`, 'p lets it go on')];
    }
    case 'stopping':
      return [say('attention', 'SIGTERM sent', `SIGKILL in ${secondsLeft(state.killAtMs - scene.nowMs)}`)];
    case 'restarting':
      return [say('attention', restartReason(state), 's starts it now, x gives up')];
    case 'crash-loop':
      return [
        say('bad', `${state.restarts} restarts within a minute, the last ended with ${exitWords(state.exit)}`, ''),
        say('plain', 'not restarted any more', 's starts it'),
      ];
    case 'failed-to-start':
      return [
        say('bad', `${state.failure.what}: ${state.failure.reason} (${state.failure.errno})`, ''),
        say('plain', state.failure.next, 's tries again'),
      ];
    case 'exited':
      return [endBanner(process, state)];
  }
};

const restartReason = ({exit, failure}: Extract<ProcessSnapshot['state'], {readonly kind: 'restarting'}>): string =>
  failure === undefined ? `ended with ${exitWords(exit)}` : `${failure.what}: ${failure.reason} (${failure.errno})`;

const endBanner = (
  process: ProcessSnapshot,
  state: Extract<ProcessSnapshot['state'], {readonly kind: 'exited'}>,
): Span[] => {
  if (state.byUs) return say('dim', `stopped (${exitWords(state.exit)})`, 's starts it again');
  const role = state.exit.code === 0 ? 'dim' : 'bad';
  const {linesIn} = process.ledger;
  const after = linesIn === 0 ? '' : ` after ${siTrim(linesIn)} ${linesIn === 1 ? 'line' : 'lines'}`;
  return say(role, `${exitWords(state.exit)}${after}`, 's starts it again');
};

/** Runs and has printed nothing for a while, or ever. */
const quietBanner = (process: ProcessSnapshot, nowMs: number): Span[][] => {
  if (process.undecided && process.tail.length > 0) {
    return [say('dim', `format not settled yet: ${siTrim(process.ledger.pending)} lines wait to be judged`, '')];
  }
  if (process.lastOutputAtMs !== null) return [];
  const quietMs = process.spawnedAtMs === null ? 0 : nowMs - process.spawnedAtMs;
  return [say('dim', `nothing printed yet (${clock(quietMs)})`, '')];
};

/** Goes by the badge, which lasts: a process that is held on and off must not make its lines jump up and down. */
const heldBanner = ({badge, heldMs}: ProcessSnapshot): Span[][] =>
  badge === 'held' ? [say('attention', 'held until its parser catches up', `${timeSpan(heldMs)} in all`)] : [];

/** How many lines were given up, and under which policy; sampling does it on purpose. */
const droppedBanner = (process: ProcessSnapshot): Span[][] => {
  const {dropped} = process.ledger;
  if (dropped === 0) return [];
  const role = process.overload.kind === 'sample' ? 'dim' : 'attention';
  return [say(role, `${siTrim(dropped)} lines dropped`, `overload policy ${overloadWord(process)}`)];
};

const keptOpenBanner = ({keptOpenBy}: ProcessSnapshot): Span[][] => {
  if (keptOpenBy === null) return [];
  const who = keptOpenBy.length === 0 ? 'a process that is not ours to see' : `PID ${keptOpenBy.join(', ')}`;
  return [say('attention', `output still held by ${who}`, '')];
};

/** While there is nothing else to see: what it is that should print. */
const commandBanner = ({tail, state, command}: ProcessSnapshot): Span[][] =>
  tail.length > 0 || state.kind === 'starting' ? [] : [[span('command ', 'dim'), span(command)]];

const clearedBanner = (process: ProcessSnapshot, scene: Scene): Span[][] => {
  const baseline = scene.state.cleared.get(process.id);
  if (baseline === undefined) return [];
  return [say('dim', `counted since ${timeOfDay(baseline.wallMs).slice(0, 8)}, when it was cleared`, '')];
};

const say = (role: Role, fact: string, next: string): Span[] =>
  next === '' ? [span(fact, role)] : [span(fact, role), span(` · ${next}`, 'dim')];
