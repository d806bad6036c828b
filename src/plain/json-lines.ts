import type {ProcessSnapshot, Snapshot} from '../model/snapshot.ts';
import {isoTime} from '../text/durations.ts';
import {stateEvent, tickEvent} from '../text/json-event.ts';
import type {Output} from './output.ts';
import {exitOf, stateSentence} from './state-words.ts';

/** Ticks come so often, and once more at the end. */
export const TICK_EVENT_MS = 1000;

/** Writes a process's new state as an event. */
export const writeState = (output: Output, process: ProcessSnapshot, nowMs: number, wallMs: number): void => {
  const exit = exitOf(process.state);
  const head = {process: process.name, generation: process.generation, time: isoTime(wallMs)};
  const line = stateEvent(head, {
    state: process.state.kind,
    pid: process.pid,
    exitCode: exit?.code ?? null,
    signal: exit?.signal ?? null,
    detail: stateSentence(process.state, nowMs),
  });
  void output.write(line);
};

/** Writes where the books stand as an event. */
export const writeTick = (output: Output, snapshot: Snapshot): void => {
  void output.write(tickEvent(snapshot));
};
