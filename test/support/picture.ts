import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {screenToSvg, svgToPng} from './svg.ts';
import {openTerminal} from './terminal.ts';
import type {TestTerminal} from './terminal.ts';

/** What a terminal shows, as an SVG document. */
export const pictureOf = (terminal: TestTerminal): string =>
  screenToSvg({cols: terminal.cols, rows: terminal.rows, cellAt: (x, y) => terminal.cell(x, y)});

/** Writes an SVG document to a file, rendered if its name ends in `.png`. */
export const savePicture = (svg: string, file: string): void => {
  writeFileSync(file, file.endsWith('.png') ? svgToPng(svg) : svg);
};

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What `npm run demo` starts. */
const DEMO = ['demo/demo.ts'];

type Shot = {
  readonly cols: number;
  readonly rows: number;
  /** Pressed one after the other, `waitMs` apart in all. */
  readonly keys: readonly string[];
  readonly waitMs: number;
  readonly out: string;
  readonly command: readonly string[];
};

const main = async (): Promise<void> => {
  const shot = shotOf(process.argv.slice(2));
  const [file = process.execPath, ...args] = shot.command;
  const terminal = openTerminal({file, args, cols: shot.cols, rows: shot.rows, cwd: ROOT});
  await terminal.waitFor((text) => text.trim() !== '', BOOT_MS);
  await pause(shot.waitMs);
  for (const key of shot.keys) {
    terminal.press(key);
    await pause(KEY_GAP_MS);
  }
  // Half a frame is not what anyone sees.
  await terminal.waitFor(() => true);
  savePicture(pictureOf(terminal), shot.out);
  terminal.kill('SIGTERM');
  await terminal.waitForExit().catch(() => terminal.kill());
};

const KEY_GAP_MS = 400;
const BOOT_MS = 20_000;

const shotOf = (args: readonly string[]): Shot => {
  const {values, positionals} = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      cols: {type: 'string', default: '160'},
      rows: {type: 'string', default: '45'},
      keys: {type: 'string', default: ''},
      'wait-ms': {type: 'string', default: '12000'},
      out: {type: 'string', default: fileURLToPath(new URL('../../demo/screen.png', import.meta.url))},
    },
  });
  return {
    cols: Number(values.cols),
    rows: Number(values.rows),
    keys: keysOf(values.keys),
    waitMs: Number(values['wait-ms']),
    out: values.out,
    command: positionals.length === 0 ? [process.execPath, ...DEMO] : positionals,
  };
};

/** `<enter>jj<down>`: letters as they are, others by name. */
const keysOf = (text: string): string[] =>
  [...text.matchAll(/<([a-z-]+)>|[\s\S]/gu)].map((match) => NAMED_KEYS[match[1] ?? ''] ?? match[0]);

const NAMED_KEYS: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\u001B',
  tab: '\t',
  'shift-tab': '\u001B[Z',
  up: '\u001B[A',
  down: '\u001B[B',
  right: '\u001B[C',
  left: '\u001B[D',
  home: '\u001B[H',
  end: '\u001B[F',
  pgup: '\u001B[5~',
  pgdn: '\u001B[6~',
  space: ' ',
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
