import {judgeJson} from './json.ts';

/** Whether a line settles its stream as JSON: it would be a record under `judgeJson`. */
export const isJsonObjectLine = (text: string): boolean => judgeJson(text).kind === 'record';
