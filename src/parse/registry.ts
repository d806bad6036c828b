import type {Verdict} from '../model/verdict.ts';
import {judgeJson} from './json.ts';
import {judgeText} from './text.ts';

/** The parsers built in, by the name of their format; each judges one line that is not blank. */
export const PARSERS: Readonly<Record<'json' | 'text', (text: string) => Verdict>> = {
  json: judgeJson,
  text: judgeText,
};
