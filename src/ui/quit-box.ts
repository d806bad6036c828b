import {hasEnded} from '../model/lifecycle.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Look} from './look.ts';
import type {OverlayContent} from './overlay-box.ts';
import {blankRow, row, span} from './row.ts';

/** Columns and rows of the question, border included. */
export const QUIT_BOX = {width: 50, height: 7} as const;

/** Asks whether to stop what runs and quit. */
export const quitContent = (snapshot: Snapshot, width: number, look: Look): OverlayContent => {
  const running = snapshot.processes.filter(({state}) => !hasEnded(state)).length;
  return {
    title: [span('quit?', 'focus')],
    facts: [],
    rows: [
      row([span(whatRuns(running))], width, look),
      row([span(running === 0 ? 'Quit?' : 'Stop everything and quit?', 'bold')], width, look),
      blankRow(width),
      row([span('y', 'accent'), span(' yes, stop and quit    '), span('n', 'accent'), span(' no, go on')], width, look),
    ],
    top: 0,
  };
};

/** The last of them may have ended since the question was asked. */
const whatRuns = (running: number): string => {
  if (running === 0) return 'All processes have ended by now.';
  return running === 1 ? '1 process has not ended.' : `${running} processes have not ended.`;
};
