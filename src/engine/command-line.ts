import type {Launch} from '../model/config.ts';

/** A launch as one would type it: shell lines as they are, words quoted where a shell needs it. */
export const commandLine = (launch: Launch): string =>
  launch.kind === 'shell' ? launch.line : launch.argv.map(shellWord).join(' ');

/** A word as one types it in a shell. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
