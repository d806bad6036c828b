import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {ProcessSnapshot} from '../../src/model/snapshot.ts';
import {bodyRows} from '../../src/ui/body.ts';
import {footerRow} from '../../src/ui/footer.ts';
import {headerRow} from '../../src/ui/header.ts';
import type {Scene} from '../../src/ui/scene.ts';
import type {UiState} from '../../src/ui/ui-model.ts';
import {FOLLOWING} from '../../src/ui/zoom-state.ts';
import {forbiddenSequence} from '../support/allowed-sequences.ts';
import type {FakeMonitor} from '../support/fake-monitor.ts';
import {painted} from '../support/painted.ts';
import type {Painted} from '../support/painted.ts';
import {COLOR_LOOK, contextFor, monitorOf, sceneOf} from '../support/scene.ts';
import {HOSTILE, anyText} from '../text/hostile-strings.ts';

/** The same processes, with every string that may stem from outside replaced. */
const hostileRun = (text: string): FakeMonitor => {
  const monitor = monitorOf('held', 'exited-1', 'crash-loop', 'dropping');
  monitor.patchRun({attachName: text});
  monitor.notify(text);
  for (const {id, tail, groups, newestError} of monitor.snapshot().processes) {
    monitor.patch(id, {
      name: text,
      command: text,
      format: text,
      tail: tail.map((line) => ({...line, message: text, fields: [[text, text]] as const})),
      groups: groups.map((group) => ({...group, template: text})),
      newestError: newestError === null ? null : {...newestError, template: text},
    } satisfies Partial<ProcessSnapshot>);
  }
  return monitor;
};

const compose = (scene: Scene) => (width: number, height: number): string[] => [
  headerRow(scene, width),
  ...bodyRows(scene, width, height - 2),
  footerRow(scene, contextFor(scene, width, height - 2), width),
];

const screenOf = (monitor: FakeMonitor, state: Partial<UiState>, cols: number, rows: number): Promise<Painted> =>
  painted(cols, rows, compose({...sceneOf(monitor, state), look: COLOR_LOOK}));

const VERTICAL = /^[│┃║]$/;
const CORNER = /^[╭╮╰╯┏┓┗┛╔╗╚╝]$/;

/** Cells of borders, as a screen of calm strings has them. */
const borders = ({at}: Painted, cols: number, rows: number): string[] => {
  const found: string[] = [];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++) {
      if (VERTICAL.test(at(x, y)) || CORNER.test(at(x, y))) found.push(`${x},${y} ${at(x, y)}`);
    }
  }
  return found;
};

const SCREENS: readonly [string, Partial<UiState>][] = [
  ['panes', {}],
  ['one process', {zoom: FOLLOWING}],
  ['errors', {overlay: {kind: 'errors', groups: null, selected: null}}],
  ['the question', {asksQuit: true}],
];
const SIZES = [
  [200, 50],
  [120, 40],
  [80, 24],
  [60, 15],
  [47, 13],
] as const;

const calmBorders = new Map<string, string[]>();

const expectCalm = async (text: string, state: Partial<UiState>, cols: number, rows: number): Promise<void> => {
  const key = `${JSON.stringify(state)} ${cols}x${rows}`;
  const calm = calmBorders.get(key) ?? borders(await screenOf(hostileRun('calm'), state, cols, rows), cols, rows);
  calmBorders.set(key, calm);
  const screen = await screenOf(hostileRun(text), state, cols, rows);
  const found = new Set(borders(screen, cols, rows));
  const moved = calm.filter((cell) => !found.has(cell));
  expect(moved, `${JSON.stringify(text)} at ${cols}x${rows} moves borders`).toEqual([]);
  expect(forbiddenSequence(screen.raw), JSON.stringify(text)).toBeNull();
};

describe('hostile text in every string that comes from outside', () => {
  it.each(SCREENS)('moves no border and brings in no sequence: %s', async (_, state) => {
    for (const [cols, rows] of SIZES) {
      // All of them at one size, one after the other at the others.
      const texts = HOSTILE.filter((_text, i) => cols === 120 || i % SIZES.length === rows % SIZES.length);
      for (const [, raw] of texts) await expectCalm(raw, state, cols, rows);
    }
  }, 120_000);

  it('whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.constantFrom(...SCREENS), fc.constantFrom(...SIZES), async (text, [, state], [cols, rows]) => {
        await expectCalm(text, state, cols, rows);
      }),
      {numRuns: 40},
    );
  }, 120_000);
});

describe('the list of allowed sequences', () => {
  it.each(['\u001B[2;5r', '\u001B]0;x\u0007', '\u001B[6n', '\u001B[?1003h', 'a\u0008b', '\u009B31m', '\u001Bc', '\u001B'])(
    'does not have %j',
    (raw) => {
      expect(forbiddenSequence(`before${raw}after`)).not.toBeNull();
    },
  );
  it('lets pass what we write', () => {
    expect(forbiddenSequence('\u001B[?1049h\u001B[?25l\u001B[1;38;2;9;9;9mtext\u001B[0m\u001B[3;4H\u001B[5X\u001B[5C\u001B[9G')).toBeNull();
  });
});
