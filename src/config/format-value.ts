import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {FORMAT_NAMES, type Format} from '../model/format.ts';
import {didYouMean, orList, wrongValue} from './values.ts';

const MODULE_PREFIX = 'module:';

/**
 * The value of `--format`.
 *
 * @param cwd What a relative module path starts from. Whether the module exists is for the caller to find out.
 */
export const formatValue = (text: string, cwd: string): Format => {
  const kind = FORMAT_NAMES.find(name => name === text);
  if (kind !== undefined) return {kind};
  const path = text.startsWith(MODULE_PREFIX) ? text.slice(MODULE_PREFIX.length) : '';
  if (path === '') throw wrongValue('format', orList([...FORMAT_NAMES, 'module:PATH']), text, hint(text));
  return {kind: 'module', path, url: pathToFileURL(resolve(cwd, path)).href};
};

const hint = (text: string): string =>
  /\.[cm]?[jt]s$/.test(text) ? ` (did you mean module:${text}?)` : didYouMean(text, FORMAT_NAMES);
