/**
 * The default name of a process: the basename of the program that a command
 * line starts, past assignments (`PORT=1 …`) and wrappers (`env`, `sudo`, …).
 * A guess from the text alone, never empty.
 *
 * @param line A shell command line, or the words of an argv joined by the caller's choice.
 */
export const defaultName = (line: string): string => nameOfWords(shellWords(line));

/** {@link defaultName} for words that are no shell line. */
export const nameOfWords = (words: readonly string[]): string => {
  const word = words[programIndex(words)] ?? words[0] ?? '';
  // The value of an assignment may be a secret.
  const program = ASSIGNMENT.test(word) ? word.slice(0, word.indexOf('=')) : word;
  return program.replace(/\/+$/, '').split('/').at(-1)?.trim() || FALLBACK;
};

const FALLBACK = 'command';
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** Programs that run the program named behind them, with those of their options that take the next word. */
const WRAPPERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['env', ['-u', '-C', '-S']],
  ['exec', ['-a']],
  ['sudo', ['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-D']],
  ['time', ['-f', '-o']],
  ['nice', ['-n']],
  ['nohup', []],
  ['command', []],
]);

const programIndex = (words: readonly string[]): number => {
  let index = 0;
  let optionsWithValue: readonly string[] | undefined;
  for (;;) {
    const word = words[index];
    if (word === undefined) return 0;
    const wrapped = WRAPPERS.get(word.split('/').at(-1) ?? '');
    if (ASSIGNMENT.test(word)) index += 1;
    else if (optionsWithValue !== undefined && word.startsWith('-')) index += optionsWithValue.includes(word) ? 2 : 1;
    else if (wrapped === undefined) return index;
    else {
      optionsWithValue = wrapped;
      index += 1;
    }
  }
};

/** The first words as a shell splits them, up to an operator: quotes and backslashes undone, nothing expanded. */
const shellWords = (line: string): string[] => {
  const words: string[] = [];
  for (const [token] of line.replace(/^[\s({!]+/, '').matchAll(TOKEN)) {
    if (OPERATOR.test(token) || words.length === MAX_WORDS) break;
    words.push(
      token.replaceAll(
        QUOTED,
        (_, single?: string, double?: string, escaped?: string) => single ?? double ?? escaped ?? '',
      ),
    );
  }
  return words;
};

const MAX_WORDS = 64;
const TOKEN = /[;&|()<>\n]+|(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s;&|()<>])+/gs;
const OPERATOR = /^[;&|()<>\n]/;
const QUOTED = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs;
