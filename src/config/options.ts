/** Headings of `--help`, in their order. */
export const OPTION_GROUPS = ['Processes', 'Parsing', 'Ending', 'Detaching', 'Output', 'Limits', 'Help'] as const;
export type OptionGroup = (typeof OPTION_GROUPS)[number];

/** One option, as flags, `--help` and the README show it. */
export type OptionSpec = {
  /** Without the dashes. */
  readonly name: string;
  /** One letter, without the dash. */
  readonly alias: string | null;
  readonly type: 'string' | 'boolean';
  /** What stands for the value in help; null for switches. */
  readonly placeholder: string | null;
  /** The value taken when the option is absent, written as the user would; or, in parentheses, how it comes about. */
  readonly defaultText: string | null;
  readonly description: string;
  readonly group: OptionGroup;
};

/** Every option there is: the flags, `--help` and the README table are made of these rows. */
export const OPTIONS = [
  value('Processes', 'name', 'n', 'A,B', '(basename of the first word)', 'names of the processes, in order'),
  value('Processes', 'instances', 'i', 'N', '1',
    'run each command N times, as web#1 … web#N; the copy finds its number in KEEPUP_INSTANCE'),
  value('Processes', 'run-name', null, 'R', '(name of the working directory)', 'name of the run, shown in the header'),
  value('Processes', 'restart', null, 'P', 'never',
    'restart what ended: never, on-failure or always; after growing pauses, at most 5 times in 60 s'),
  value('Parsing', 'format', 'f', 'F', 'auto',
    'what a line is: auto, json, text, or module:./parse.ts for a parser of your own'),
  value('Parsing', 'workers', null, 'N', '(as many as cores)', 'threads that parse'),
  value('Parsing', 'parse-timeout', null, 'D', '10s', 'most time a parser of your own may take for a line'),
  value('Parsing', 'scanner', null, 'S', 'wasm',
    'what judges lines of JSON: wasm (WebAssembly, where there is SIMD), or js (JSON.parse, several times slower)'),
  value('Parsing', 'max-line-bytes', null, 'N', '64KiB', 'a longer line is one oversize failure'),
  value('Ending', 'for', null, 'DURATION', null, 'stop everything cleanly after 5s, 2m, 1h'),
  value('Ending', 'kill-timeout', null, 'D', '5s', 'grace between SIGTERM and SIGKILL'),
  value('Ending', 'success', null, 'WHICH', 'all', 'whose exit code becomes ours: all, first, last or a name'),
  flag('Ending', 'kill-others', null, 'stop the rest when one ends'),
  flag('Ending', 'kill-others-on-fail', null, 'stop the rest when one fails'),
  flag('Ending', 'exit-when-done', null, 'leave the screen when all have ended (without a screen that is always so)'),
  flag('Ending', 'leave-daemons', null, 'a stop leaves alone what has left the process group of its command'),
  flag('Detaching', 'detachable', null, 'the run can go on without its screen: key d detaches, keepup attach comes back'),
  flag('Detaching', 'socket', null, 'the run can be asked by keepup ls and ctl, and watched by keepup attach'),
  value('Detaching', 'on-hangup', null, 'WHAT', 'stop',
    'when the terminal goes away: stop, or detach (which makes the run detachable)'),
  flag('Detaching', 'linger', null, 'a run without a screen stays when all of its processes have ended'),
  value('Output', 'ui', null, 'MODE', 'auto',
    'auto, tui, plain, json or none; auto is tui when stdin and stdout are terminals, else plain'),
  value('Output', 'report', null, 'FILE', null, 'write the final report as JSON; - is stdout'),
  value('Output', 'log', null, 'FILE', null, "write keepup's own warnings there"),
  value('Output', 'max-bytes-per-sec', null, 'N', '(unlimited)',
    'most that the screen sends to the terminal, for slow links: there are fewer frames then'),
  flag('Output', 'ansi', null, 'show the colours that programs print; without it they are left out'),
  value('Limits', 'history', null, 'N', '64MiB', 'bytes of output kept for scrolling back, for the whole run'),
  value('Limits', 'overload', null, 'P', 'block',
    'when output outruns parsing: block (the process waits), drop-oldest, or sample:N (parse every Nth line)'),
  flag('Help', 'help', 'h', 'show this help'),
  flag('Help', 'version', null, 'show the version'),
] as const satisfies readonly OptionSpec[];

/** Name of an option that takes a value, or of a switch. */
export type OptionName = (typeof OPTIONS)[number]['name'];

/** The row of an option. */
export const optionNamed = (name: OptionName): OptionSpec => {
  const found: OptionSpec | undefined = OPTIONS.find(option => option.name === name);
  if (found === undefined) throw new TypeError(`no option ${name}`);
  return found;
};

function value<const Name extends string>(
  group: OptionGroup, name: Name, alias: string | null, placeholder: string, defaultText: string | null,
  description: string,
): OptionSpec & {readonly name: Name} {
  return {name, alias, type: 'string', placeholder, defaultText, description, group};
}

function flag<const Name extends string>(
  group: OptionGroup, name: Name, alias: string | null, description: string,
): OptionSpec & {readonly name: Name} {
  return {name, alias, type: 'boolean', placeholder: null, defaultText: null, description, group};
}
