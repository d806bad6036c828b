import type {Verdict} from '../model/verdict.ts';

/** Judges one line of plain text: every line is a record, whose message is the line. */
export const judgeText = (text: string): Verdict => ({kind: 'record', value: {message: text}});
