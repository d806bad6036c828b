import type {FocusMove} from './focus.ts';
import {several} from './key-binding.ts';
import type {KeyBinding, Scope} from './key-binding.ts';
import type {Action, ScrollMove} from './ui-model.ts';

/** Keys that move the focus, the selection or the view. */
export const moveKeys = (): readonly KeyBinding[] => [...focusKeys(), ...zoomKeys(), ...scrollKeys()];

const focus = (kind: Exclude<FocusMove['kind'], 'to'>): Action => ({kind: 'focus', move: {kind}});
const scroll = (move: ScrollMove): Action => ({kind: 'scroll', move});

/** What has lines to scroll. */
const SCROLLING: readonly Scope[] = ['zoom', 'help', 'errors', 'inspector'];
/** Where another process can be chosen. */
const CHOOSING: readonly Scope[] = ['grid', 'zoom', 'errors'];

const focusKeys = (): KeyBinding[] => [
  {
    keys: Object.keys(DIRECTIONS),
    label: 'arrows, h j k l',
    scopes: ['grid'],
    footer: {label: 'arrows', word: 'focus', rank: 8},
    help: 'focus the process in that direction',
    available: several,
    action: (key) => focus(DIRECTIONS[key] ?? 'next'),
  },
  {
    keys: ['tab'],
    label: 'Tab',
    scopes: CHOOSING,
    help: 'next process',
    available: several,
    action: () => focus('next'),
  },
  {
    keys: ['shift-tab'],
    label: 'Shift-Tab',
    scopes: CHOOSING,
    help: 'previous process',
    available: several,
    action: () => focus('previous'),
  },
  {
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    label: '1–9',
    scopes: CHOOSING,
    help: 'the process of that number',
    available: several,
    action: (key) => ({kind: 'focus', move: {kind: 'to', process: Number(key) - 1}}),
  },
  {
    keys: ['g', 'home'],
    label: 'g, Home',
    scopes: ['grid'],
    help: 'first process',
    available: several,
    action: () => focus('first'),
  },
  {
    keys: ['G', 'end'],
    label: 'G, End',
    scopes: ['grid'],
    help: 'last process',
    available: several,
    action: () => focus('last'),
  },
  {
    keys: ['pageup', 'pagedown', 'ctrl-u', 'ctrl-d'],
    label: 'PgUp, PgDn, Ctrl-U, Ctrl-D',
    scopes: ['grid'],
    help: 'up or down by a page of the list',
    available: several,
    action: (key) => focus(key === 'pageup' || key === 'ctrl-u' ? 'page-up' : 'page-down'),
  },
];

const DIRECTIONS: Readonly<Record<string, 'up' | 'down' | 'left' | 'right'>> = {
  up: 'up',
  down: 'down',
  left: 'left',
  right: 'right',
  k: 'up',
  j: 'down',
  h: 'left',
  l: 'right',
};

const zoomKeys = (): KeyBinding[] => [
  {
    keys: ['enter', 'z'],
    label: 'Enter, z',
    scopes: ['grid'],
    footer: {label: '⏎', word: 'zoom', rank: 3},
    help: 'open the process in full size, with its history',
    action: () => ({kind: 'zoom'}),
  },
  {
    keys: ['enter'],
    label: 'Enter',
    scopes: ['zoom'],
    footer: {label: '⏎', word: 'inspect', rank: 5},
    help: 'show the selected line whole, a record pretty-printed',
    action: () => ({kind: 'inspect'}),
  },
  {
    keys: ['esc', 'z'],
    label: 'Esc, z',
    scopes: ['zoom'],
    footer: {label: 'Esc', word: 'back', rank: 3},
    help: 'back to all processes',
    action: () => ({kind: 'back'}),
  },
  {
    keys: ['left', 'right', 'h', 'l'],
    label: '← →, h l',
    scopes: ['zoom'],
    help: 'shift long lines to see their end, and back',
    action: (key) => ({kind: 'pan', columns: isBack(key) ? -PAN_COLUMNS : PAN_COLUMNS}),
  },
  {
    keys: ['left', 'right', 'h', 'l'],
    label: '← →, h l',
    scopes: ['inspector'],
    footer: {label: '← →', word: 'line before, after', rank: 5},
    help: 'the line before, the line after',
    action: (key) => ({kind: 'inspect-next', by: isBack(key) ? -1 : 1}),
  },
];

const PAN_COLUMNS = 16;

const isBack = (key: string): boolean => key === 'left' || key === 'h';

const scrollKeys = (): KeyBinding[] => [
  {
    keys: Object.keys(STEPS),
    label: '↑ ↓, k j',
    scopes: SCROLLING,
    footer: {label: '↑ ↓', word: 'scroll', rank: 4},
    help: 'up or down by one line, or one error group',
    action: (key) => scroll(STEPS[key] ?? 'down'),
  },
  {
    keys: Object.keys(PAGES),
    label: 'PgUp, PgDn',
    scopes: SCROLLING,
    help: 'up or down by a page',
    action: (key) => scroll(PAGES[key] ?? 'page-down'),
  },
  {
    keys: Object.keys(HALVES),
    label: 'Ctrl-U, Ctrl-D',
    scopes: SCROLLING,
    help: 'up or down by half a page',
    action: (key) => scroll(HALVES[key] ?? 'half-down'),
  },
  {
    keys: ['g', 'home'],
    label: 'g, Home',
    scopes: SCROLLING,
    help: 'the first line; of a process, the oldest one kept',
    action: () => scroll('start'),
  },
  {
    keys: ['G', 'end'],
    label: 'G, End',
    scopes: SCROLLING,
    footer: {label: 'G', word: (state) => (state.overlay === null ? 'follow' : 'end'), rank: 6},
    help: 'the last line; of a process, follow the newest one again',
    available: (state) => state.overlay !== null || isScrolled(state.zoom),
    action: () => scroll('end'),
  },
];

const STEPS: Readonly<Record<string, ScrollMove>> = {up: 'up', k: 'up', down: 'down', j: 'down'};
const PAGES: Readonly<Record<string, ScrollMove>> = {pageup: 'page-up', pagedown: 'page-down'};
const HALVES: Readonly<Record<string, ScrollMove>> = {'ctrl-u': 'half-up', 'ctrl-d': 'half-down'};

const isScrolled = (zoom: {readonly window: unknown} | null): boolean => zoom !== null && zoom.window !== null;
