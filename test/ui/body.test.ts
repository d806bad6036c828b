import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {bodyRows} from '../../src/ui/body.ts';
import {footerRow} from '../../src/ui/footer.ts';
import {headerRow} from '../../src/ui/header.ts';
import {lookFor} from '../../src/ui/look.ts';
import type {Scene} from '../../src/ui/scene.ts';
import {baselineOf} from '../../src/ui/baseline.ts';
import type {UiState} from '../../src/ui/ui-model.ts';
import {FOLLOWING} from '../../src/ui/zoom-state.ts';
import {many, STATES} from '../support/fake-scripts.ts';
import {createFakeMonitor} from '../support/fake-monitor.ts';
import {COLOR_LOOK, contextFor, monitorOf, paintedWidth, plain, sceneOf} from '../support/scene.ts';

const SIZES = [
  [200, 50],
  [120, 40],
  [80, 24],
  [60, 15],
  [40, 10],
  [500, 200],
  [300, 12],
  [57, 90],
] as const;

const everyWidth = (scene: Scene, cols: number, rows: number): void => {
  const body = bodyRows(scene, cols, rows - 2);
  expect(body).toHaveLength(rows - 2);
  expect(body.map(paintedWidth)).toEqual(body.map(() => cols));
  expect(paintedWidth(headerRow(scene, cols))).toBe(cols);
  expect(paintedWidth(footerRow(scene, contextFor(scene, cols, rows - 2), cols))).toBe(cols);
};

const line = monitorOf('hostile').snapshot().processes[0]?.tail.at(-1);
if (line === undefined) throw new Error('no line');

const STATES_OF_VIEW: readonly (readonly [string, Partial<UiState>])[] = [
  ['plain', {}],
  ['zoomed', {zoom: FOLLOWING}],
  ['zoomed and moved', {zoom: {...FOLLOWING, column: 7}}],
  ['help', {overlay: {kind: 'help', top: 3}}],
  ['errors', {overlay: {kind: 'errors', groups: null, selected: null}}],
  ['inspector, waiting', {overlay: {kind: 'inspector', line, detail: null, top: 0}}],
  ['inspector, gone', {overlay: {kind: 'inspector', line, detail: 'gone', top: 0}}],
  ['question', {asksQuit: true, overlay: {kind: 'help', top: 0}}],
];

describe.each(SIZES)('at %ix%i', (cols, rows) => {
  it.each(STATES_OF_VIEW)('every row is exactly as wide as the terminal: %s', (_, change) => {
    const monitor = createFakeMonitor(STATES);
    monitor.advance(1000);
    monitor.notify('could not read 日本語 \u001B[2J');
    for (const focus of [0, 5, 15, 16])
      everyWidth({...sceneOf(monitor, {...change, focus}), look: COLOR_LOOK}, cols, rows);
  });

  it.each([1, 3, 5, 9, 40])('with %i processes, in ASCII, frozen and cleared', (count) => {
    const monitor = createFakeMonitor(many(count));
    const [first] = monitor.snapshot().processes;
    const cleared = new Map(first === undefined ? [] : [[0, baselineOf(first, 0)]]);
    const frozen = monitor.snapshot();
    monitor.advance(1000);
    const look = lookFor({LANG: 'C'}, true);
    everyWidth({...sceneOf(monitor, {cleared, frozen}), look}, cols, rows);
  });
});

describe('hostile text', () => {
  const text = fc.oneof(
    fc.string({unit: 'binary'}),
    fc.string({unit: 'grapheme'}),
    fc.constantFrom(
      '\u001B[2J',
      '\u0007',
      '日本',
      '👩‍👩‍👧‍👦',
      'e\u0301\u0301',
      '\u202E',
      '\uD800',
      '\r\n',
      '\t',
      'ﷺ',
      '🇩🇪',
      '\uFE0F',
      '⚠️',
    ),
  );

  it('never breaks a row, wherever it stands', () => {
    const sizes = fc.constantFrom(...SIZES);
    fc.assert(
      fc.property(
        text,
        text,
        text,
        sizes,
        fc.constantFrom(...STATES_OF_VIEW),
        (name, message, key, [cols, rows], [, change]) => {
          const monitor = monitorOf('hostile', 'crash-loop', 'held');
          const [process] = monitor.snapshot().processes;
          const sample = {text: message, message: key, generation: 1, line: 1, offset: 0};
          const group = {kind: 'error', template: message, count: 3, firstSeenMs: 0, lastSeenMs: 0, sample} as const;
          const tail = [{...line, message, fields: [[key, message]] as const}];
          monitor.patch(0, {
            name,
            command: message,
            tail,
            groups: [group],
            groupCount: 1,
            newestError: group,
            spark: process?.spark ?? [],
          });
          everyWidth({...sceneOf(monitor, change), look: COLOR_LOOK}, cols, rows);
        },
      ),
      {numRuns: 150},
    );
  });

  it('leaves no escape sequence but ours', () => {
    const monitor = monitorOf('hostile');
    const shown = bodyRows(sceneOf(monitor), 200, 48).map(plain).join('\n');
    expect(shown).toContain('clear ^[[2J^[[H and bell ^G');
    expect(shown).toContain('<U+202E>');
  });
});

describe('a wide glyph', () => {
  it('is followed by an absolute move, so that a border behind it stays in place', () => {
    const monitor = monitorOf(...STATES.slice(-1));
    const row = bodyRows(sceneOf(monitor), 100, 20).find((text) => text.includes('日本語のログ'));
    const [, inside = '', behind] = row?.split(/.\[98X|.\[100G/u) ?? [];
    expect(inside).toContain('日本語');
    expect(plain(behind ?? '')).toBe('┃');
  });
});

describe('a terminal that is too small', () => {
  it.each([
    [39, 24],
    [80, 9],
    [10, 2],
  ])('%ix%i: a sentence says so', (cols, rows) => {
    const shown = bodyRows(sceneOf(monitorOf('held')), cols, rows - 2).map(plain);
    expect(shown.join('\n')).toContain(cols < 12 ? '' : 'too small');
    expect(shown.map((row) => row.length)).toEqual(shown.map(() => cols));
  });
});
