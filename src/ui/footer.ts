import type {KeyBinding} from './key-binding.ts';
import {availableKeys} from './keymap.ts';
import {keyLabel} from './look.ts';
import {fitParts, joinParts, part, row, span} from './row.ts';
import type {Part} from './row.ts';
import type {Scene} from './scene.ts';
import type {UiContext} from './ui-model.ts';

/** The keys that work here and now; the least important are left out where room is short. */
export const footerRow = (scene: Scene, context: UiContext, width: number): string => {
  const parts = availableKeys(scene.state, context).flatMap((binding) => footerPart(binding, scene, context));
  const kept = fitParts(parts, width - 2, GAP.text.length);
  return row([span(' '), ...joinParts(kept, GAP)], width, scene.look);
};

const GAP = span('   ');

const footerPart = ({footer}: KeyBinding, scene: Scene, context: UiContext): Part[] => {
  if (footer === undefined) return [];
  const word = typeof footer.word === 'string' ? footer.word : footer.word(scene.state, context);
  if (word === '') return [];
  return [part(footer.rank, span(keyLabel(footer.label, scene.look), 'accent'), span(` ${word}`))];
};
