import module from 'node:module';
import {homedir} from 'node:os';
import path from 'node:path';

/**
 * Keeps what V8 compiles for the next start, in the user's own cache folder
 * (`$XDG_CACHE_HOME/keepup`, else `~/.cache/keepup`): a shared one could be
 * filled by somebody else, and it is code. Where it can't be written nothing
 * is kept. Node's `NODE_DISABLE_COMPILE_CACHE=1` turns it off.
 *
 * Acts on modules that are loaded after this, in this thread.
 */
export const keepCompiledCode = (env: NodeJS.ProcessEnv): void => {
  const folder = cacheFolder(env);
  if (folder !== null) module.enableCompileCache(folder);
};

/** Null where there is none, as for users without a home. */
const cacheFolder = ({XDG_CACHE_HOME: named = ''}: NodeJS.ProcessEnv): string | null => {
  // By the standard, relative ones are no folders.
  if (path.isAbsolute(named)) return path.join(named, 'keepup');
  try {
    return path.join(homedir(), '.cache', 'keepup');
  } catch {
    return null;
  }
};
