import type {Key} from 'ink';

/**
 * Names the keys in one report of Ink's `useInput`. Input that arrives faster
 * than it is read comes as one string: each character of it is a key.
 *
 * @returns Names as the keymap spells them: `enter`, `shift-tab`, `ctrl-c`,
 *   `pageup`, `space`, or the character itself. Keys pressed with Alt are none,
 *   nor are the remains of an escape sequence torn by a slow connection.
 */
export const keyNames = (input: string, key: Key): string[] => {
  if (key.eventType === 'release') return [];
  const special = specialName(key);
  if (special !== null) return [special];
  if (key.meta) return [];
  if (key.ctrl) return [`ctrl-${input}`];
  const torn = TORN_SEQUENCE.exec(input);
  if (torn !== null) return tornName(torn[1] ?? '');
  return Array.from(input).flatMap(characterName);
};

const specialName = (key: Key): string | null => {
  if (key.tab) return key.shift ? 'shift-tab' : 'tab';
  for (const [flag, name] of SPECIAL) if (key[flag]) return name;
  return null;
};

const SPECIAL = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

/** What is left of `ESC [ A` or `ESC O P` when the rest arrives after Ink has taken the ESC for the key Esc. */
const TORN_SEQUENCE = /^[[O][0-9;]*([A-Za-z~])$/;

const tornName = (final: string): string[] => {
  const name = {A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end'}[final];
  return name === undefined ? [] : [name];
};

const characterName = (character: string): string[] => {
  const code = character.codePointAt(0) ?? 0;
  if (character === ' ') return ['space'];
  if (character === '\r' || character === '\n') return ['enter'];
  if (character === '\t') return ['tab'];
  if (code === 0x7f || code === 0x08) return ['backspace'];
  if (code === 0x1b) return ['esc'];
  return code < 0x20 ? [`ctrl-${String.fromCharCode(code + 0x60)}`] : [character];
};
