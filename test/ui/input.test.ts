import type {Key} from 'ink';
import {describe, expect, it} from 'vitest';
import {keyNames} from '../../src/ui/input.ts';

const key = (change: Partial<Key> = {}): Key => ({
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
  ...change,
});

describe('names of keys', () => {
  it.each([
    ['a letter', 'q', {}, ['q']],
    ['a capital', 'P', {shift: true}, ['P']],
    ['space', ' ', {}, ['space']],
    ['enter', '\r', {return: true}, ['enter']],
    ['an arrow', '', {upArrow: true}, ['up']],
    ['an arrow with shift', '', {downArrow: true, shift: true}, ['down']],
    ['page up', '', {pageUp: true}, ['pageup']],
    ['tab', '\t', {tab: true}, ['tab']],
    ['shift and tab', '', {tab: true, shift: true}, ['shift-tab']],
    ['escape', '', {escape: true}, ['esc']],
    ['control and a letter', 'c', {ctrl: true}, ['ctrl-c']],
    ['keys that came together', 'jjk', {}, ['j', 'j', 'k']],
    ['control keys that came together', '\u0004\u0004', {}, ['ctrl-d', 'ctrl-d']],
    ['mixed keys that came together', 'j\r ', {}, ['j', 'enter', 'space']],
  ] as const)('%s', (_, input, change, names) => {
    expect(keyNames(input, key(change))).toEqual(names);
  });

  it.each([
    ['a letter with Alt', 'x', {meta: true}],
    ['the release of a key', 'x', {eventType: 'release'}],
    ['F1 torn apart', 'OP', {}],
    ['F4 torn apart', 'OS', {}],
    ['F3 torn apart', '[R', {}],
    ['delete torn apart', '[3~', {}],
  ] as const)('%s is none', (_, input, change) => {
    expect(keyNames(input, key(change))).toEqual([]);
  });

  it('takes an arrow whose escape came on its own for the arrow', () => {
    expect(keyNames('[B', key())).toEqual(['down']);
    expect(keyNames('[1;5A', key())).toEqual(['up']);
  });
});
