import type {ProcessCommand, Target} from '../model/command.ts';
import {hasEnded} from '../model/lifecycle.ts';
import type {ProcessState, ProcessStateKind} from '../model/lifecycle.ts';
import type {ProcessSnapshot, Snapshot} from '../model/snapshot.ts';

/** A command was sent and its outcome is not in a snapshot yet: what to show meanwhile. */
export type Asked = {
  /** `stopping…` */
  readonly word: string;
  /** The process's state and generation when it was sent. */
  readonly before: ProcessStateKind;
  readonly generation: number;
  /** On the engine's clock. */
  readonly atMs: number;
};

/** A command with an outcome that the engine tells of. */
type CommandKind = Exclude<ProcessCommand['kind'], 'clear'>;

/** Notes what was asked of each process in which the command will change something. */
export const ask = (
  asked: ReadonlyMap<number, Asked>,
  command: ProcessCommand,
  snapshot: Snapshot,
  nowMs: number,
): ReadonlyMap<number, Asked> => {
  const {kind, target} = command;
  if (kind === 'clear') return asked;
  const applying = targets(target, snapshot).filter(({state}) => APPLIES[kind](state));
  const added = applying.map(
    ({id, state, generation}) =>
      [id, {word: WORDS[kind], before: state.kind, generation, atMs: nowMs}] as const,
  );
  return new Map([...asked, ...added]);
};

/** Drops what has been answered; the same map where nothing has. */
export const forgetAnswered = (
  asked: ReadonlyMap<number, Asked>,
  snapshot: Snapshot,
  nowMs: number,
): ReadonlyMap<number, Asked> => {
  const open = [...asked].filter(([id, entry]) => {
    const process = snapshot.processes[id];
    return process !== undefined && isOpen(entry, process, nowMs);
  });
  return open.length === asked.size ? asked : new Map(open);
};

/** The command's outcome is still to come. */
export const isOpen = (asked: Asked, process: ProcessSnapshot, nowMs: number): boolean =>
  process.state.kind === asked.before && process.generation === asked.generation && nowMs - asked.atMs < ASKED_MS;

/** A command's feedback gives way to the state itself after so long at the latest. */
export const ASKED_MS = 2000;

const targets = (target: Target, snapshot: Snapshot): readonly ProcessSnapshot[] =>
  target === 'all' ? snapshot.processes : snapshot.processes.filter(({id}) => id === target);

const WORDS: Readonly<Record<CommandKind, string>> = {
  pause: 'pausing…',
  resume: 'resuming…',
  restart: 'restarting…',
  stop: 'stopping…',
  start: 'starting…',
};

const APPLIES: Readonly<Record<CommandKind, (state: ProcessState) => boolean>> = {
  pause: (state) => state.kind === 'running',
  resume: (state) => state.kind === 'paused',
  restart: (state) => state.kind !== 'starting',
  stop: (state) => !hasEnded(state) && state.kind !== 'stopping',
  start: (state) => hasEnded(state) || state.kind === 'restarting',
};
