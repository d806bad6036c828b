import {table} from '../../src/text/table.ts';
import {growthTable, measureGrowth} from './growth.ts';
import {measureStory, type StoryRow} from './story.ts';
import {measureSurface, type SurfaceRow} from './surface.ts';

/** A part of the bench that is run when asked for, and prints a section of its own. */
export type Part = {
  readonly name: 'surface' | 'growth' | 'story';
  /** @param dir For files. */
  readonly measure: (dir: string) => Promise<string>;
};

const SURFACE_S = 20;
const GROWTH_LINES = 4_000_000;

export const PARTS: readonly Part[] = [
  {name: 'surface', measure: async () => section('The screen, 200x50', surfaceTable(await measureSurface(SURFACE_S)))},
  {name: 'growth', measure: async dir => section('Growth', growthTable(await measureGrowth(dir, GROWTH_LINES)))},
  {
    name: 'story',
    measure: async () => section('A parser of one second a line, 40,000 lines a second', storyTable(await measureStory())),
  },
];

const section = (title: string, text: string): string => `## ${title}\n\n\`\`\`\n${text}\n\`\`\``;

const surfaceTable = (rows: readonly SurfaceRow[]): string =>
  table(
    ['what', 'UI % of a core', 'engine %', 'frames/s', 'bytes/frame', 'bytes/s'],
    rows.map(row => [
      row.what,
      row.uiCpuPercent.toFixed(2),
      row.engineCpuPercent.toFixed(2),
      row.framesPerSec.toFixed(1),
      row.bytesPerFrame.toFixed(0),
      row.bytesPerSec.toFixed(0),
    ]),
    ['left', 'right', 'right', 'right', 'right', 'right'],
  ).join('\n');

const storyTable = (rows: readonly StoryRow[]): string =>
  table(
    ['overload', 'key ms, longest', 'count stood still ms', 'age of the newest ms', 'shown', 'uneven', 'lost', 'quit ms'],
    rows.map(row => [
      row.overload,
      ...[row.keyMaxMs, row.stillMaxMs, row.ageMaxMs, row.shownLines, row.unevenLines, row.lostLines, row.quitMs].map(value =>
        value.toFixed(0),
      ),
    ]),
    ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
  ).join('\n');
