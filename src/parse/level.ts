import {dropSgr} from '../model/sgr.ts';
import type {Level, RecordValue} from '../model/verdict.ts';

/**
 * Level of a record, from the first of `level`, `severity`, `lvl`, `loglevel` that names a known one.
 *
 * Words count in any case, syslog's included; numbers as pino and bunyan use them (10 trace to 60 fatal),
 * and from 0 to 7 under `severity` as syslog does. Runs once a record: the usual word costs one look-up.
 *
 * @returns `none` where no key names a level.
 */
export const levelOf = (value: RecordValue): Level =>
  under(value, 'level', value.level) ??
  under(value, 'severity', value.severity) ??
  under(value, 'lvl', value.lvl) ??
  under(value, 'loglevel', value.loglevel) ??
  'none';

/** The key that {@link levelOf} took the level from; null where that is `none`. */
export const levelKeyOf = (value: RecordValue): string | null =>
  LEVEL_KEYS.find(key => under(value, key, value[key]) !== null) ?? null;

const LEVEL_KEYS = ['level', 'severity', 'lvl', 'loglevel'] as const;

/** Reading before asking whether the key is the record's own keeps records without it cheap. */
const under = (value: RecordValue, key: (typeof LEVEL_KEYS)[number], named: unknown): Level | null => {
  if (named === undefined || !Object.hasOwn(value, key)) return null;
  if (typeof named === 'string') return WORDS.get(named) ?? ofOddWord(named, key === 'severity');
  if (typeof named === 'bigint') return ofOddWord(String(named), key === 'severity');
  return typeof named === 'number' ? ofNumber(named, key === 'severity') : null;
};

const ofOddWord = (word: string, isSeverity: boolean): Level | null => {
  if (word.length > LONGEST_COLOURED_WORD) return null;
  const uncoloured = dropSgr(word);
  if (uncoloured.length > LONGEST_WORD) return null;
  const plain = uncoloured.trim().toLowerCase();
  const level = WORDS.get(plain);
  if (level !== undefined) return level;
  return /^\d+$/.test(plain) ? ofNumber(Number(plain), isSeverity) : null;
};

const ofNumber = (number: number, isSeverity: boolean): Level | null => {
  if (!(number >= 0 && number < Infinity)) return null;
  if (isSeverity && number <= 7) return SYSLOG[Math.floor(number)] ?? null;
  return PINO[Math.max(0, Math.floor(number / 10) - 1)] ?? 'fatal';
};

const SYSLOG: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];
const PINO: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error'];

const LONGEST_WORD = 24;
/** Some loggers colour their levels also where they write JSON. */
const LONGEST_COLOURED_WORD = 100;

const SPELLINGS: readonly (readonly [level: Level, words: string])[] = [
  ['trace', 'trace trc finest finer silly t'],
  ['debug', 'debug dbg fine verbose d'],
  ['info', 'info inf information informational notice i'],
  ['warn', 'warn wrn warning w'],
  ['error', 'error err severe e'],
  ['fatal', 'fatal crit critical alert emerg emergency panic dpanic ftl f'],
];

/** Lower and upper case, which is nearly all that there is; the rest is lowered first. */
const WORDS: ReadonlyMap<string, Level> = new Map(
  SPELLINGS.flatMap(([level, words]) =>
    words.split(' ').flatMap(word => [word, word.toUpperCase()].map(spelt => [spelt, level] as const))),
);
