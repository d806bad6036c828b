/** How the demo is started. */
export type DemoSituation = {
  /** Somebody can see the screen and press keys. */
  readonly isAttended: boolean;
  /** Path of the printer, from the working directory. */
  readonly printer: string;
};

/** keepup's arguments for the demo, with the caller's behind: of an option given twice the last counts. */
export const demoArguments = (args: readonly string[], {isAttended, printer}: DemoSituation): string[] => [
  '--run-name=demo',
  '--restart=on-failure',
  `--name=${Object.keys(PANES).join(',')}`,
  ...Object.values(PANES).map(flags => `node ${quoted(printer)} ${flags(isAttended)}`.trim()),
  ...(isAttended || args.some(arg => /^--for(=|$)/.test(arg)) ? [] : [UNATTENDED_FOR]),
  ...args,
];

/** How long the demo takes where nobody can press a key. */
const UNATTENDED_FOR = '--for=10s';

/** Five programs to watch, as different as they come; what the flags mean says `node demo/printer.ts --help`. */
const PANES: Readonly<Record<string, (isAttended: boolean) => string>> = {
  // A log that somebody keeps need not be as long as a screen is lively.
  api: isAttended => `--service api --rate ${isAttended ? '20k --burst 15k/9s' : '500'} --wave 0.5 --bad 0.0005`,
  blackbox: () => '',
  worker: () => '--service worker --rate 40 --wave 0.3',
  billing: () => '--service billing --rate 6 --bad 0.03 --crash-at 3s/25s --exit-code 3',
  search: () => '--service search --rate 0.7 --torn 0.5',
};

const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
