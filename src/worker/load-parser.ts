import {fileURLToPath} from 'node:url';
import type {Checked, CheckTask} from '../model/task.ts';
import {judgeThrown, loadProblem} from '../parse/custom.ts';
import type {CustomParse} from './parse-custom.ts';

/** Loads custom parsers, each once a worker. */
export class ParserLoader {
  readonly #loading = new Map<string, Promise<CustomParse>>();

  /** @returns The parser. Rejects with a one-sentence reason when the module can't be used. */
  load(url: string): Promise<CustomParse> {
    let loading = this.#loading.get(url);
    if (loading === undefined) {
      tameGlobals();
      loading = importParser(url);
      this.#loading.set(url, loading);
    }
    return loading;
  }

  /** Says whether the module can be used, and if not, why. Never rejects. */
  async check(task: CheckTask): Promise<Checked> {
    try {
      await this.load(task.url);
      return {ok: true};
    } catch (error) {
      return {ok: false, reason: (error as Error).message};
    }
  }
}

const importParser = async (url: string): Promise<CustomParse> => {
  const module: unknown = await import(url).catch((error: unknown) => {
    throw new Error(loadFailure(error, url), {cause: error});
  });
  const problem = loadProblem(module);
  if (problem !== null) throw new Error(problem);
  return (module as {default: CustomParse}).default;
};

/** What a module's import threw, and where in it. */
const loadFailure = (error: unknown, url: string): string => {
  const verdict = judgeThrown(error);
  const said = verdict.kind === 'failure' ? verdict.message : '';
  const line = lineOf(error, url);
  if (line !== null) return `${said} (line ${line})`;
  // Node tells where a syntax error is only when it prints it itself.
  return error instanceof SyntaxError ? `${said} (node --check shows where)` : said;
};

/** The first line number that an error's stack gives for the module itself. */
const lineOf = (error: unknown, url: string): string | null => {
  const stack = error instanceof Error ? String(error.stack) : '';
  for (const name of [url, fileURLToPath(url)]) {
    const at = stack.indexOf(`${name}:`);
    const digits = at === -1 ? null : /^\d+/.exec(stack.slice(at + name.length + 1));
    if (digits !== null) return digits[0];
  }
  return null;
};

/**
 * A custom parser shares its thread with ours: it must not print on the
 * terminal we paint on, and `process.exit` would leave the pool waiting for a
 * task that nobody ends, so it throws instead.
 */
const tameGlobals = (): void => {
  process.stdout.write = discard;
  process.stderr.write = discard;
  const exit = process.exit.bind(process);
  process.exit = (code?: number | string | null) => {
    // Node itself calls it, too, to end a thread whose exception nobody has caught.
    if ((process as {_exiting?: boolean})._exiting === true) return exit(code);
    throw new Error(`the parser called process.exit(${code ?? ''})`);
  };
};

/** Who waits for what it wrote is called back all the same. */
const discard = (...written: unknown[]): true => {
  const done = written.at(-1);
  if (typeof done === 'function') process.nextTick(done);
  return true;
};
