import {readFileSync} from 'node:fs';

/** keepup's version, from package.json. */
export const packageVersion = (): string => {
  const file = new URL(import.meta.url.endsWith('.ts') ? '../../package.json' : '../package.json', import.meta.url);
  const {version}: {version: string} = JSON.parse(readFileSync(file, 'utf8'));
  return version;
};
