import type {ProcessSnapshot} from '../model/snapshot.ts';
import {bannerLines} from './banner.ts';
import {groupRow} from './error-rows.ts';
import {guarded} from './frame.ts';
import {lineRows} from './line-rows.ts';
import {columnsFor} from './list-columns.ts';
import type {Column} from './list-columns.ts';
import type {Span} from '../text/style.ts';
import type {Rect} from './painter.ts';
import {blankRow, row, span} from './row.ts';
import {ruleRow} from './rule.ts';
import {shownWallMs} from './scene.ts';
import type {Scene} from './scene.ts';
import {stateWords} from './state-words.ts';

/** One row a process under a row of column heads; scrolled so that the focused one is in view. */
export const listRows = (processes: readonly ProcessSnapshot[], rect: Rect, scene: Scene): string[] => {
  const columns = columnsFor(processes, rect.width - MARK_WIDTH);
  const height = rect.height - 1;
  const top = Math.max(0, Math.min(scene.state.focus - Math.floor(height / 2), processes.length - height));
  const shown = processes.slice(top, top + height).map((process) => processRow(process, columns, rect, scene));
  const blank = Array.from({length: Math.max(0, height - shown.length)}, () => blankRow(rect.width));
  return [headRow(columns, rect.width, scene, top, processes.length - top - height), ...shown, ...blank];
};

/** The focused process in a few rows: what there is to know of its state, its newest lines, its newest error. */
export const briefRows = (process: ProcessSnapshot, rect: Rect, scene: Scene): string[] => {
  const {look} = scene;
  const inner = rect.width - 2;
  const banner = bannerLines(process, scene).map((spans) => row(spans, inner, look));
  const {newestError} = process;
  const error = newestError === null || rect.height < 4 ? [] : [groupRow(newestError, shownWallMs(scene), inner, look)];
  const room = rect.height - 1 - banner.length - error.length;
  const rows = [...banner, ...lineRows(process.tail, inner, room, look), ...error].slice(0, rect.height - 1);
  const words = stateWords(process, scene.state.asked.get(process.id), scene.nowMs, look.glyphs);
  const blank = Array.from({length: rect.height - 1 - rows.length}, () => blankRow(rect.width));
  return [
    ruleRow(`${process.name}  ${words.word}`, '', rect.width, look, 'focus'),
    ...rows.map((text) => ` ${guarded(text, inner, rect.left + rect.width)} `),
    ...blank,
  ];
};

/** `▶ ` before the focused one. */
const MARK_WIDTH = 2;
const GAP = '  ';

/** The heads of the columns; how many processes are out of view, above and below, stands in the first. */
const headRow = (columns: readonly Column[], width: number, scene: Scene, above: number, below: number): string => {
  const {glyphs} = scene.look;
  const hidden = [above > 0 ? `${glyphs.up}${above}` : '', below > 0 ? `${glyphs.down}${below}` : ''].join(' ').trim();
  const heads = columns.map(({head, width: room, align}, i): Span => {
    const text = i === 0 && hidden !== '' ? hidden : head;
    const gap = i === columns.length - 1 ? '' : GAP;
    return span((align === 'left' ? text.padEnd(room) : text.padStart(room)) + gap, text === hidden ? 'accent' : 'dim');
  });
  return row([span('  '), ...heads], width, scene.look);
};

const processRow = (process: ProcessSnapshot, columns: readonly Column[], rect: Rect, scene: Scene): string => {
  const {look, state} = scene;
  const mark = span(state.focus === process.id ? `${look.glyphs.pointer} ` : '  ', 'focus');
  let used = MARK_WIDTH;
  const cells = columns.map((column, i) => {
    const room = column.width + (i === columns.length - 1 ? 0 : GAP.length);
    used += room;
    return guarded(
      row(column.cell(process, scene), column.width, look) + ' '.repeat(room - column.width),
      room,
      rect.left + used + 1,
    );
  });
  return row([mark], MARK_WIDTH, look) + cells.join('') + blankRow(rect.width - used);
};
