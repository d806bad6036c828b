import {KEYS} from './keymap.ts';
import type {KeyBinding, Scope} from './key-binding.ts';
import {keyLabel} from './look.ts';
import type {Look} from './look.ts';
import type {OverlayContent} from './overlay-box.ts';
import {blankRow, row, span} from './row.ts';

/** The key table as an overlay. */
export const helpContent = (width: number, top: number, look: Look): OverlayContent => ({
  title: [span('keys', 'focus')],
  facts: [],
  rows: helpSections(KEYS).flatMap(({title, keys}, index) => [
    ...(index === 0 ? [] : [blankRow(width)]),
    row([span(title, 'bold')], width, look),
    ...keys.map(({label, help}) =>
      row([span(`  ${keyLabel(label, look).padEnd(LABEL_WIDTH)}`, 'accent'), span(help)], width, look),
    ),
  ]),
  top,
});

const LABEL_WIDTH = 28;

/** Columns that make the key table readable. */
export const HELP_WIDTH = 112;

type Section = {readonly title: string; readonly keys: readonly KeyBinding[]};

/** The bindings by where they apply. */
export const helpSections = (keys: readonly KeyBinding[]): Section[] =>
  SECTIONS.map(({title, belongs}) => ({title, keys: keys.filter(({scopes}) => belongs(new Set(scopes)))}));

const SECTIONS: readonly {title: string; belongs: (scopes: ReadonlySet<Scope>) => boolean}[] = [
  {title: 'All processes', belongs: (scopes) => scopes.has('grid') && !scopes.has('zoom')},
  {title: 'One process', belongs: (scopes) => scopes.has('zoom') && !scopes.has('grid')},
  {title: 'Both', belongs: (scopes) => scopes.has('zoom') && scopes.has('grid')},
  {title: 'Overlays', belongs: (scopes) => !scopes.has('zoom') && !scopes.has('grid')},
];

/** The key table as Markdown, for the README. */
export const keyTableMarkdown = (): string =>
  ['| key | where | what it does |', '|---|---|---|', ...KEYS.map(markdownRow)].join('\n');

const markdownRow = ({label, scopes, help}: KeyBinding): string => `| ${codes(label)} | ${where(scopes)} | ${help} |`;

const codes = (label: string): string =>
  label
    .split(', ')
    .map((key) => `\`${key}\``)
    .join(' ');

const where = (scopes: readonly Scope[]): string =>
  scopes.length === PLACES.size ? 'everywhere' : scopes.map((scope) => PLACES.get(scope)).join(', ');

const PLACES: ReadonlyMap<Scope, string> = new Map([
  ['grid', 'all processes'],
  ['zoom', 'one process'],
  ['help', 'help'],
  ['errors', 'errors'],
  ['inspector', 'line'],
  ['question', 'quit?'],
]);
