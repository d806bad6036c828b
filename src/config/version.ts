import {readFileSync} from 'node:fs';

/** keepup's version, from package.json. */
export const packageVersion = (): string => {
  // The same two steps up from src/config and from dist/config.
  const {version}: {version: string} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return version;
};
