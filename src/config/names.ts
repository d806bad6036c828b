import type {Launch} from '../model/config.ts';
import {UsageError} from '../model/errors.ts';
import {defaultName, nameOfWords} from './first-word.ts';
import {shown} from './shown.ts';

/**
 * One name a command, all different: those given, in order, then defaults;
 * equal ones get -2, -3.
 *
 * @param given The value of `--name`, or null.
 * @throws UsageError for empty given names, and for more names than commands.
 */
export const processNames = (launches: readonly Launch[], given: string | null): string[] => {
  const wanted = given === null ? [] : givenNames(given);
  if (wanted.length > launches.length) {
    throw new UsageError(
      `--name: expected at most ${launches.length} names, one a command, got ${wanted.length}; ` +
        'quote each command as one argument',
    );
  }
  const names: string[] = [];
  for (const [index, launch] of launches.entries()) names.push(freeName(wanted[index] ?? nameOf(launch), names));
  return names;
};

/** The names of N copies of a process; a single one keeps its name. */
export const instanceNames = (name: string, instances: number): string[] =>
  instances === 1 ? [name] : Array.from({length: instances}, (_, index) => `${name}#${index + 1}`);

const givenNames = (given: string): string[] => {
  const names = given.split(',').map(name => name.trim());
  const empty = names.indexOf('');
  if (empty >= 0)
    throw new UsageError(`--name: expected names as in a,b,c, got ${shown(given)}, where name ${empty + 1} is empty`);
  return names;
};

const nameOf = (launch: Launch): string =>
  launch.kind === 'shell' ? defaultName(launch.line) : nameOfWords(launch.argv);

const freeName = (name: string, taken: readonly string[]): string => {
  for (let copy = 1; ; copy++) {
    const candidate = copy === 1 ? name : `${name}-${copy}`;
    if (!taken.includes(candidate)) return candidate;
  }
};
