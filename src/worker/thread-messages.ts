import type {GroupName, WorkerTask} from '../model/task.ts';

/** What the engine sends to a thread: a task, or word that there is something in its ring. */
export type ToThread = {readonly id: number; readonly task: WorkerTask} | 'ring';

/** What a thread answers: about a task that came as a message, about one of its ring, or that its ring has answers. */
export type FromThread =
  | 'ring'
  | (({readonly id: number} | {readonly number: number}) &
      ({readonly result: unknown} | {readonly error: string}) & {
        /** Names of groups that later answers may go by. */
        readonly names: readonly GroupName[];
      });
