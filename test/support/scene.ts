import {displayWidth} from '../../src/text/width.ts';
import {contextOf} from '../../src/ui/context.ts';
import {lookFor} from '../../src/ui/look.ts';
import type {Scene} from '../../src/ui/scene.ts';
import {INITIAL_STATE} from '../../src/ui/ui-model.ts';
import type {UiContext, UiState} from '../../src/ui/ui-model.ts';
import {createFakeMonitor} from './fake-monitor.ts';
import type {FakeMonitor} from './fake-monitor.ts';
import type {Script} from './fake-process.ts';
import {STATES} from './fake-scripts.ts';

/** Colours off: rows then hold nothing but text, bold, dim and inverse. */
export const PLAIN_LOOK = lookFor({LANG: 'C.UTF-8', NO_COLOR: '1'}, true);
export const COLOR_LOOK = lookFor({LANG: 'C.UTF-8', COLORTERM: 'truecolor'}, true);

/** A frame's data at the monitor's own time. */
export const sceneOf = (monitor: FakeMonitor, state: Partial<UiState> = {}): Scene => {
  const live = monitor.snapshot();
  return {state: {...INITIAL_STATE, ...state}, live, nowMs: live.nowMs, wallMs: live.wallMs, look: PLAIN_LOOK};
};

export const contextFor = (scene: Scene, width = 118, height = 38): UiContext => contextOf(scene, {width, height});

/** A monitor of scripted processes, by name, as `fake-scripts.ts` has them, or their scripts. */
export const monitorOf = (...scripts: (string | Script)[]): FakeMonitor =>
  createFakeMonitor(scripts.map((script) => (typeof script === 'string' ? scriptNamed(script) : script)));

const scriptNamed = (name: string): Script => {
  const script = STATES.find((candidate) => candidate.name === name);
  if (script === undefined) throw new Error(`no scripted process is called ${name}`);
  return script;
};

/** What a row shows, without escape sequences. */
export const plain = (row: string): string => row.replaceAll(SEQUENCES, '');

// oxlint-disable-next-line no-control-regex -- escape sequences begin with ESC
const SEQUENCES = /\u001B\[[\d;]*[mGX]/g;
// oxlint-disable-next-line no-control-regex -- the same
const COLUMN_MOVE = /\u001B\[(\d+)G/;
// oxlint-disable-next-line no-control-regex -- the same, and every other control character
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/;

/**
 * Columns that a row takes when it is painted from column 0. Throws where it
 * holds a control character that is not ours, and where an absolute move goes
 * elsewhere than the text before it ends.
 */
export const paintedWidth = (row: string): number => {
  let column = 0;
  for (const [index, piece] of row.split(COLUMN_MOVE).entries()) {
    if (index % 2 === 0) column += displayWidth(checked(plain(piece)));
    else if (Number(piece) !== column + 1)
      throw new Error(`moves to column ${piece}, text ends at ${column}: ${plain(row)}`);
  }
  return column;
};

const checked = (text: string): string => {
  if (CONTROL.test(text)) throw new Error(`holds a control character: ${JSON.stringify(text)}`);
  return text;
};
