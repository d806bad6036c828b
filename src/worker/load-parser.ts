import type {Checked, CheckTask} from '../model/task.ts';
import {loadProblem} from '../parse/custom.ts';
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
      return {ok: false, reason: error instanceof Error ? error.message : String(error)};
    }
  }
}

const importParser = async (url: string): Promise<CustomParse> => {
  const module: unknown = await import(url);
  const problem = loadProblem(module);
  if (problem !== null) throw new Error(problem);
  return (module as {default: CustomParse}).default;
};

/**
 * A custom parser shares its thread with ours: it must not print on the
 * terminal we paint on, and `process.exit` would leave the pool waiting for a
 * task that nobody ends, so it throws instead.
 */
const tameGlobals = (): void => {
  const discard = (() => true) as typeof process.stdout.write;
  process.stdout.write = discard;
  process.stderr.write = discard;
  const exit = process.exit.bind(process);
  process.exit = (code?: number | string | null) => {
    // Node itself calls it, too, to end a thread whose exception nobody has caught.
    if ((process as {_exiting?: boolean})._exiting === true) return exit(code);
    throw new Error(`the parser called process.exit(${code ?? ''})`);
  };
};
