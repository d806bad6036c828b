import {CATS} from './cats.ts';
import type {Dataset} from './dataset.ts';
import {measureBaseline, measureKeepup, type Measured} from './measure.ts';

/** One row of the table. */
export type Contender = {
  /** The letter in the README and in `--only`. */
  readonly letter: string;
  readonly title: string;
  /** Gets so much of the lines: a slow one would take minutes for all. */
  readonly share: number;
  run(data: Dataset, dir: string): Promise<Measured>;
};

export const CONTENDERS: readonly Contender[] = [
  {
    letter: 'a',
    title: 'read the same pipes, do nothing',
    share: 1,
    run: ({path}, dir) => measureBaseline('floor.ts', path, dir),
  },
  {
    letter: 'b',
    title: 'readline + JSON.parse',
    share: 1,
    run: ({path}, dir) => measureBaseline('readline.ts', path, dir),
  },
  {
    letter: 'c',
    title: 'one tinypool task a line',
    share: 0.05,
    run: ({path}, dir) => measureBaseline('task-a-line.ts', path, dir),
  },
  keepup('d', 'keepup --ui none', false, 'json'),
  keepup('d', 'keepup --ui none', false, 'auto'),
  keepup('e', 'keepup, screen of 200x50', true, 'json'),
  keepup('e', 'keepup, screen of 200x50', true, 'auto'),
];

function keepup(letter: string, title: string, screen: boolean, format: 'json' | 'auto'): Contender {
  return {
    letter,
    title: `${title}, ${format}`,
    share: 1,
    run: ({path}, dir) => measureKeepup(['--format', format, ...catCommands(path)], screen, dir),
  };
}

const catCommands = (path: string): string[] => Array.from({length: CATS}, () => `cat '${path}'`);
