import {describe, expect, it} from 'vitest';
import type {LineDetail} from '../../src/model/page.ts';
import {groupKey} from '../../src/model/tally.ts';
import type {ErrorGroup} from '../../src/model/tally.ts';
import {displayWidth} from '../../src/text/width.ts';
import {bodyRows} from '../../src/ui/body.ts';
import {overlayExtent} from '../../src/ui/overlays.ts';
import type {Overlay} from '../../src/ui/ui-model.ts';
import {wrapText} from '../../src/ui/wrap.ts';
import {KEYS} from '../../src/ui/keymap.ts';
import {COLOR_LOOK, monitorOf, plain, sceneOf} from '../support/scene.ts';

const group = (n: number): ErrorGroup => ({
  kind: n % 2 === 0 ? 'invalid-json' : 'error',
  template: `template number ${n} <n>`,
  count: 1000 - n,
  firstSeenMs: 0,
  lastSeenMs: 0,
  sample: {
    text: `sample of ${n} ${'x'.repeat(300)} end`,
    message: n % 2 === 0 ? 'Unexpected token' : '',
    generation: 2,
    line: 40 + n,
    offset: 9000,
  },
});
const GROUPS = Array.from({length: 100}, (_, n) => group(n));

const monitor = monitorOf({name: 'worker', linesPerSec: 5, badShare: 0.2, before: 300});
const show = (overlay: Overlay, width = 120, height = 38): string =>
  bodyRows(sceneOf(monitor, {overlay}), width, height).map(plain).join('\n');

const all = (selected: number): Overlay => ({kind: 'errors', groups: GROUPS, selected: groupKey(group(selected))});

describe('the errors of a process', () => {
  it('lists all groups with count, class, last and first time and shape', () => {
    const text = show(all(0));
    expect(text).toMatch(/errors of worker ═+ 100 kinds/);
    expect(text).toMatch(/count {2}what +last seen {2}first seen +template/);
    expect(text).toMatch(/▶ +1\.00 k {2}invalid-json +\S+ \S {2}\d\d:\d\d:\d\d\.\d{3} {3}template number 0 <n>/);
  });

  it('shows the newest sample of the selected one in full, with its place and what the parser said', () => {
    const text = show(all(4));
    expect(text).toMatch(/newest invalid-json ─+ line 44, byte 9000, generation 2/);
    expect(text).toContain('Unexpected token');
    expect(text.replaceAll(/[║│╰╯╭╮─ \n]/g, '')).toContain(`${'x'.repeat(300)}end`);
  });

  it('keeps the selected one in view', () => {
    for (const n of [0, 17, 50, 99]) expect(show(all(n))).toMatch(new RegExp(`▶ +\\d+.* template number ${n} `));
  });

  it('shows the largest of the snapshot until all have come', () => {
    const text = show({kind: 'errors', groups: null, selected: null});
    expect(text).toContain('reading…');
    expect(text).toContain('invalid-json');
  });

  it('says so when there are none', () => {
    const calm = monitorOf('silent');
    const overlay: Overlay = {kind: 'errors', groups: [], selected: null};
    expect(bodyRows(sceneOf(calm, {overlay}), 80, 22).map(plain).join('\n')).toContain('no errors yet');
  });
});

describe('the inspector', () => {
  const line = monitor.snapshot().processes[0]?.tail.find(({kind}) => kind === 'record');
  if (line === undefined) throw new Error('no record');
  const detail: LineDetail = {
    line,
    text: '{"a":1}',
    pretty: '{\n  "a": 1,\n  "long": "' + 'word '.repeat(60) + '"\n}',
    message: '',
  };

  it('shows a record pretty-printed, long values wrapped', () => {
    const text = show({kind: 'inspector', line, detail, top: 0});
    expect(text).toContain(`record line ${line.line}`);
    expect(text).toContain('"a": 1');
    expect(text.replaceAll(/[║\s│]/g, '').match(/word/g)).toHaveLength(60);
  });

  it('shows what the parser said of a failure, and the line as it came', () => {
    const failed = {...line, kind: 'failure', failure: 'invalid-json'} as const;
    const said = {line: failed, text: 'not { json\u001B[2J', pretty: null, message: 'Unexpected token n'};
    const text = show({kind: 'inspector', line: failed, detail: said, top: 0});
    expect(text).toMatch(/invalid-json line/);
    expect(text).toMatch(/Unexpected token n[^]*not \{ json\^\[\[2J/);
  });

  it('shows what there is while it waits, and when history has lost the line', () => {
    expect(show({kind: 'inspector', line, detail: null, top: 0})).toContain('reading it from history…');
    expect(show({kind: 'inspector', line, detail: 'gone', top: 0})).toContain('history no longer holds this line');
  });

  it('scrolls no farther than to its end', () => {
    const pretty = Array.from({length: 200}, (_, i) => `line ${i}`).join('\n');
    const scene = sceneOf(monitor, {overlay: {kind: 'inspector', line, detail: {...detail, pretty}, top: 0}});
    const {end, rows} = overlayExtent(scene, {left: 0, top: 0, width: 120, height: 38});
    expect(end + rows).toBe(200);
    expect(show({kind: 'inspector', line, detail: {...detail, pretty}, top: end})).toContain('line 199');
  });

  it('is shown to where it gets too long, and says how much is missing', () => {
    const text = 'x'.repeat(300_000);
    const view = {...detail, pretty: null, text};
    const scene = sceneOf(monitor, {overlay: {kind: 'inspector', line, detail: view, top: 0}});
    const {end} = overlayExtent(scene, {left: 0, top: 0, width: 118, height: 38});
    expect(show({kind: 'inspector', line, detail: view, top: end})).toContain('… and 234 k characters more');
  });

  it('keeps the colours it was printed with, over the end of a row', () => {
    const wide = 'y'.repeat(150);
    const view = {...detail, pretty: null, text: `a\u001B[31m${wide}\u001B[0mz`};
    const scene = {...sceneOf(monitor, {overlay: {kind: 'inspector', line, detail: view, top: 0}}), look: COLOR_LOOK};
    const rows = bodyRows(scene, 118, 38).filter((row) => row.includes('yyy'));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toContain('\u001B[31myyy');
    expect(rows.map(plain).join('')).toMatch(/ay+[^y]+y+z /);
  });
});

describe('help', () => {
  it('lists every key', () => {
    const text = show({kind: 'help', top: 0}, 120, 70);
    for (const {help, label} of KEYS) {
      expect(text).toContain(label);
      expect(text).toContain(help.slice(0, 40));
    }
  });
});

describe('the question whether to quit', () => {
  it('says how many processes would be stopped', () => {
    const scene = sceneOf(monitorOf('held', 'paused', 'restarting', 'exited-0'), {asksQuit: true});
    const text = bodyRows(scene, 80, 22).map(plain).join('\n');
    expect(text).toMatch(/3 processes have not ended\./);
    expect(text).toMatch(/y yes, stop and quit +n no, go on/);
  });

  it('offers to detach where the run would go on', () => {
    const detachable = monitorOf('held');
    detachable.patchRun({detachable: true});
    const text = bodyRows(sceneOf(detachable, {asksQuit: true}), 80, 22).map(plain).join('\n');
    expect(text).toMatch(/Stop everything, or leave it running\?/);
    expect(text).toMatch(/y stop everything and quit[^]*d detach; keepup attach comes back[^]*n go on/);
  });

  it('says so when all have ended while it stood there', () => {
    const scene = sceneOf(monitorOf('exited-0'), {asksQuit: true});
    const text = bodyRows(scene, 80, 22).map(plain).join('\n');
    expect(text).toMatch(/All processes have ended by now\.[^]*Quit\?/);
  });
});

describe('wrapping', () => {
  it.each([
    ['abcdef', 3, ['abc', 'def']],
    ['abcd', 3, ['abc', 'd']],
    ['ab\ncd', 3, ['ab', 'cd']],
    ['', 3, ['']],
    ['日本語', 4, ['日本', '語']],
    ['a日', 2, ['a', '日']],
    ['\u001B[2J', 10, ['^[[2J']],
  ])('%j at %i', (text, width, rows) => {
    expect(wrapText(text, width)).toEqual(rows);
  });

  it('never makes a row wider than it may be, nor loses a character, however long the text', () => {
    const text = 'ab漢😀e\u0301👍🏽'.repeat(2000);
    const rows = wrapText(text, 31);
    expect(rows.join('')).toBe(text);
    expect(Math.max(...rows.map(displayWidth))).toBeLessThanOrEqual(31);
  });
});
