import {actKeys} from './act-keys.ts';
import type {KeyBinding, Scope} from './key-binding.ts';
import {moveKeys} from './move-keys.ts';
import type {Action, UiContext, UiState} from './ui-model.ts';

/** All keys; of those that share a name in a scope, the first that is available has it. */
export const KEYS: readonly KeyBinding[] = [...moveKeys(), ...actKeys()];

/** What a key does here and now; null where it does nothing. */
export const actionFor = (key: string, state: UiState, context: UiContext): Action | null =>
  availableKeys(state, context)
    .find(({keys}) => keys.includes(key))
    ?.action(key, state, context) ?? null;

/** The bindings that do something here and now. */
export const availableKeys = (state: UiState, context: UiContext): KeyBinding[] => {
  const scope = scopeOf(state);
  return KEYS.filter(({scopes, available}) => scopes.includes(scope) && (available?.(state, context) ?? true));
};

/** Which keys apply: the topmost thing on the screen has them. */
export const scopeOf = (state: UiState): Scope => {
  if (state.asksQuit) return 'question';
  if (state.overlay !== null) return state.overlay.kind;
  return state.zoom === null ? 'grid' : 'zoom';
};
