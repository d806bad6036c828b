import type {Role} from '../text/style.ts';
import type {Look} from './look.ts';
import {span, spread} from './row.ts';

/** A thin line across a pane with a word at its left and facts at its right. */
export const ruleRow = (word: string, facts: string, width: number, look: Look, role: Role = 'dim'): string => {
  const line = look.glyphs.border.horizontal;
  const right = facts === '' ? [] : [span(` ${facts} ${line}`, 'dim')];
  return spread([span(`${line} `, 'dim'), span(word, role), span(' ')], right, width, look, span(line, 'dim'));
};
