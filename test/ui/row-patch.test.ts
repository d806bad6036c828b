import xterm from '@xterm/headless';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {cellsOf} from '../../src/ui/row-cells.ts';
import {RowPatcher} from '../../src/ui/row-patch.ts';

const COLS = 60;
const STYLES = ['', '1', '31', '38;5;71', '7', '1;38;2;10;162;192'];
const CHARS = 'ab │▁';

/** Rows as they are composed: runs of one style each, blanks often, the same length. */
const rows = fc
  .array(fc.record({style: fc.nat(STYLES.length - 1), char: fc.nat(CHARS.length - 1), length: fc.integer({min: 1, max: 25})}))
  .map(runs => {
    let row = '';
    let left = COLS;
    for (const {style, char, length} of runs) {
      const text = CHARS[char]!.repeat(Math.min(length, left));
      left -= text.length;
      if (text !== '') row += STYLES[style] === '' ? text : `\u001B[${STYLES[style]}m${text}\u001B[0m`;
    }
    return row + ' '.repeat(left);
  });

const write = (terminal: xterm.Terminal, text: string): Promise<void> => new Promise(resolve => terminal.write(text, resolve));

/** What a row of the terminal looks like: of each cell the glyph, colours and attributes. */
const looksOf = (terminal: xterm.Terminal, y: number): string[] =>
  Array.from({length: COLS}, (_, x) => {
    const cell = terminal.buffer.active.getLine(y)!.getCell(x)!;
    const glyph = cell.getChars() === '' ? ' ' : cell.getChars();
    return [glyph, cell.getFgColor(), cell.getFgColorMode(), cell.isBold(), cell.isInverse(), cell.getBgColorMode()].join(' ');
  });

const patch = (before: string, after: string): string => {
  const patcher = new RowPatcher();
  patcher.changes(cellsOf(before)!, cellsOf(after)!, 4, 2);
  return patcher.text;
};

describe('changes', () => {
  it('leaves on the terminal what writing the whole row would', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(rows, rows), {minLength: 1, maxLength: 3}), async pairs => {
        const [patched, written] = [0, 1].map(() => new xterm.Terminal({cols: COLS, rows: 5, allowProposedApi: true}));
        const first = new RowPatcher();
        const second = new RowPatcher();
        const whole = new RowPatcher();
        for (const [y, [before, after]] of pairs.entries()) {
          first.whole(before, y, 0);
          second.changes(cellsOf(before)!, cellsOf(after)!, y, 0);
          whole.whole(after, y, 0);
        }
        await write(patched!, `${first.text}\u001B[0m${second.text}`);
        await write(written!, whole.text);
        for (const y of pairs.keys()) expect(looksOf(patched!, y)).toEqual(looksOf(written!, y));
        patched!.dispose();
        written!.dispose();
      }),
    );
  });

  it('writes only the cells that differ, where they are', () => {
    expect(patch('count 11 of many, many lines', 'count 12 of many, many lives')).toBe('\u001B[5;10H2\u001B[17Cv');
  });

  it('passes over what is the same only where that is shorter', () => {
    expect(patch('1 2 3', '4 2 6')).toBe('\u001B[5;3H4 2 6');
  });

  it('erases long blanks', () => {
    expect(patch('x'.repeat(40), ' '.repeat(40))).toBe('\u001B[5;3H\u001B[40X\u001B[40C');
  });

  it('sets a style once for all rows that have it', () => {
    const patcher = new RowPatcher();
    for (const y of [0, 1]) patcher.changes(cellsOf('ab')!, cellsOf('\u001B[31mab\u001B[0m')!, y, 0);
    expect(patcher.text).toBe('\u001B[1;1H\u001B[31mab\u001B[2;1Hab');
  });

  it('writes nothing where nothing differs', () => {
    expect(patch('\u001B[1mab\u001B[0m', '\u001B[1mab\u001B[0m')).toBe('');
  });
});
