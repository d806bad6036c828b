import type {Action, UiContext, UiState} from './ui-model.ts';

/** Where a key applies: on the grid (or list), in one process, in an overlay, or at the question whether to quit. */
export type Scope = 'grid' | 'zoom' | 'help' | 'errors' | 'inspector' | 'question';

/** One row of the key table, from which footer, help and README are made. */
export type KeyBinding = {
  /** Names as `input.ts` spells them. */
  readonly keys: readonly string[];
  /** As shown: `Enter z`. */
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** What the footer shows, and how early it goes when room gets short (1 stays longest); absent: nothing. */
  readonly footer?: {
    readonly label: string;
    /** An empty one: not shown now. */
    readonly word: string | ((state: UiState, context: UiContext) => string);
    readonly rank: number;
  };
  /** What it does, for help and README. */
  readonly help: string;
  readonly available?: (state: UiState, context: UiContext) => boolean;
  readonly action: (key: string, state: UiState, context: UiContext) => Action;
};

export const ALL_SCOPES: readonly Scope[] = ['grid', 'zoom', 'help', 'errors', 'inspector', 'question'];
export const OVERLAYS: readonly Scope[] = ['help', 'errors', 'inspector'];
/** There is more than one process to go to. */
export const several = (_: UiState, context: UiContext): boolean => context.snapshot.processes.length > 1;
