import type {OverloadPolicy} from '../model/snapshot.ts';
import {didYouMean, wrongValue} from './values.ts';

/** The value of `--overload`: `block`, `drop-oldest` or `sample:N` with N from 1. */
export const overloadValue = (text: string): OverloadPolicy => {
  if (text === 'block' || text === 'drop-oldest') return {kind: text};
  const every = Number(/^sample:([1-9]\d{0,8})$/.exec(text)?.[1] ?? NaN);
  if (every >= 1) return {kind: 'sample', every};
  throw wrongValue(
    'overload',
    'block, drop-oldest or sample:N (N from 1)',
    text,
    didYouMean(text, ['block', 'drop-oldest', 'sample:N']),
  );
};
