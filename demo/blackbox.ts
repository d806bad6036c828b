import {wordOf} from './records.ts';
import type {Random} from './random.ts';

/** What the black box says in one turn: how long it will wait, and then something. */
export type BlackboxTurn = {
  readonly status: string;
  readonly waitSeconds: number;
  /** The line that follows the wait. */
  readonly answer: (nowMs: number) => string;
};

/** One turn of the program that keepup was first written for: a line that is not JSON, a wait, a line that is. */
export const blackboxTurn = (random: Random, pid: number, maxWaitSeconds: number): BlackboxTurn => {
  const waitSeconds = random.int(0, maxWaitSeconds);
  const words = Array.from({length: random.int(2, 5)}, () => wordOf(random));
  return {
    status: `black box in process ${pid} waiting ${waitSeconds} seconds before it speaks`,
    waitSeconds,
    answer: nowMs => JSON.stringify({time: new Date(nowMs).toISOString(), words}),
  };
};
