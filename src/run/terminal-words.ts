import {shellWord} from '../engine/command-line.ts';
import {sanitize} from '../text/sanitize.ts';

/**
 * What a terminal is told when the screen on it is killed.
 *
 * @param name By which one attaches to what goes on; null: nothing does.
 */
export const killedWords = (name: string | null): readonly string[] =>
  name === null
    ? ['keepup: the screen was killed; everything is being stopped, and the report follows']
    : [`keepup: the screen was killed; ${sanitize(name)} goes on: keepup attach ${sanitize(shellWord(name))}`];
