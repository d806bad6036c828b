import xterm from '@xterm/headless';
import {createPainter} from '../../src/ui/painter.ts';
import type {Compose, Rect} from '../../src/ui/painter.ts';
import {lineAt} from './cell.ts';

/** What a terminal of a size shows after the painter has painted rows into a rectangle of it. */
export type Painted = {
  readonly raw: string;
  /** The grapheme in a cell; empty in the right half of a wide one. */
  readonly at: (x: number, y: number) => string;
};

/** Paints one frame by the real painter into a terminal model. */
export const painted = async (cols: number, rows: number, compose: Compose): Promise<Painted> => {
  const screen = new xterm.Terminal({cols, rows, allowProposedApi: true, scrollback: 0});
  const rect: Rect = {left: 0, top: 0, width: cols, height: rows};
  const raw = await new Promise<string>((resolve, reject) => {
    const out = {writableNeedDrain: false, write: resolve, once: () => undefined};
    createPainter({out, nowMs: () => 0, onError: reject}).mount(rect, compose);
  });
  await new Promise<void>((resolve) => screen.write(raw, resolve));
  return {raw, at: (x, y) => lineAt(screen, y)?.getCell(x)?.getChars() ?? ''};
};
