import {hasEnded} from '../model/lifecycle.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Look} from './look.ts';
import type {OverlayContent} from './overlay-box.ts';
import {blankRow, row, span} from './row.ts';

/** Columns and rows of the question, border included. */
export const quitBox = ({detachable}: Snapshot): {readonly width: number; readonly height: number} => ({
  width: 50,
  height: detachable ? 8 : 7,
});

/** Asks whether to stop what runs and quit; or to detach, where the run would go on. */
export const quitContent = (snapshot: Snapshot, width: number, look: Look): OverlayContent => {
  const running = snapshot.processes.filter(({state}) => !hasEnded(state)).length;
  const rowOf = (text: string, role: 'plain' | 'bold' = 'plain'): string => row([span(text, role)], width, look);
  const answer = (key: string, text: string): string => row([span(key, 'accent'), span(` ${text}`)], width, look);
  const answers = snapshot.detachable
    ? [
        answer('y', 'stop everything and quit'),
        answer('d', 'detach; keepup attach comes back'),
        answer('n', 'go on'),
      ]
    : [row([span('y', 'accent'), span(' yes, stop and quit    '), span('n', 'accent'), span(' no, go on')], width, look)];
  return {
    title: [span('quit?', 'focus')],
    facts: [],
    rows: [rowOf(whatRuns(running)), rowOf(question(running, snapshot.detachable), 'bold'), blankRow(width), ...answers],
    top: 0,
  };
};

/** The last of them may have ended since the question was asked. */
const whatRuns = (running: number): string => {
  if (running === 0) return 'All processes have ended by now.';
  return running === 1 ? '1 process has not ended.' : `${running} processes have not ended.`;
};

const question = (running: number, detachable: boolean): string => {
  if (running === 0) return 'Quit?';
  return detachable ? 'Stop everything, or leave it running?' : 'Stop everything and quit?';
};
