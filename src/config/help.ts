import {OPTIONS, OPTION_GROUPS, type OptionSpec} from './options.ts';
import {VERB_USAGES, type VerbUsage} from './verbs.ts';

/** The text of `--help`, at most {@link HELP_COLUMNS} wide, without a final newline. */
export const helpText = (): string =>
  [
    'keepup runs commands, one pane each, and keeps up with everything they print.',
    '',
    'Usage',
    '  keepup [options] <command...>         each argument is one shell command and one pane',
    '  keepup [options] -- <argv...>         one command without a shell',
    ...VERB_USAGES.flatMap(verbRows),
    '',
    ...OPTION_GROUPS.flatMap(group => [
      group,
      ...OPTIONS.filter(option => option.group === group).flatMap(optionRows),
      '',
    ]),
    'Examples',
    ...EXAMPLES.map(([command, meaning]) => `  ${command.padEnd(EXAMPLE_COLUMNS)}${meaning}`),
    '',
    'Exit code: 0 when all ended well or were stopped by keepup, 1 when one failed, 2 for a usage',
    'error, 3 when there is no such run, 128+n when a signal ended keepup; --success chooses one',
    'process whose own code counts.',
  ].join('\n');

/** The options as a Markdown table, for the README. */
export const optionTableMarkdown = (): string =>
  [
    '| option | default | meaning |',
    '|---|---|---|',
    ...OPTIONS.map(option => `| \`${flagText(option)}\` | ${defaultCell(option)} | ${option.description} |`),
  ].join('\n');

/** The calls with a verb as a Markdown table, for the README. */
export const verbTableMarkdown = (): string =>
  [
    '| call | what it does |',
    '|---|---|',
    ...VERB_USAGES.map(({usage, description}) => `| \`keepup ${usage}\` | ${description} |`),
  ].join('\n');

const verbRows = ({usage, description}: VerbUsage): string[] => {
  const [first = '', ...more] = wrap(description, HELP_COLUMNS - USAGE_COLUMNS - 2);
  return [
    `  ${`keepup ${usage}`.padEnd(USAGE_COLUMNS)}${first}`,
    ...more.map(row => ' '.repeat(USAGE_COLUMNS + 2) + row),
  ];
};

const USAGE_COLUMNS = 38;

/** Widest line of the help text. */
export const HELP_COLUMNS = 96;
const FLAG_COLUMNS = 26;
const EXAMPLE_COLUMNS = 54;
const EXAMPLES = [
  ["keepup 'npm run api' 'npm run web'", 'two panes'],
  ["keepup -n api,web -i 2 'node api.js' 'node web.js'", 'api#1, api#2, web#1, web#2'],
  ["keepup --ui plain 'tail -f app.log' | grep error", 'prefixed lines, no screen'],
  ['keepup --for 1m --report run.json -- vmstat -n 1', 'a minute, then the report'],
] as const;

const optionRows = (option: OptionSpec): string[] => {
  const flags = option.alias === null ? `    ${flagText(option)}` : flagText(option);
  const [first = '', ...more] = wrap(describe(option), HELP_COLUMNS - FLAG_COLUMNS - 2);
  return [`  ${flags.padEnd(FLAG_COLUMNS)}${first}`, ...more.map(row => ' '.repeat(FLAG_COLUMNS + 2) + row)];
};

const flagText = ({alias, name, placeholder}: OptionSpec): string =>
  `${alias === null ? '' : `-${alias}, `}--${name}${placeholder === null ? '' : ` ${placeholder}`}`;

const describe = ({description, defaultText}: OptionSpec): string =>
  defaultText === null ? description : `${description} (default: ${bare(defaultText)})`;

const defaultCell = ({defaultText}: OptionSpec): string => {
  if (defaultText === null) return '';
  return defaultText.startsWith('(') ? bare(defaultText) : `\`${defaultText}\``;
};

const bare = (defaultText: string): string => defaultText.replace(/^\((.*)\)$/, '$1');

const wrap = (text: string, columns: number): string[] => {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const last = rows.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns) rows.push(word);
    else rows[rows.length - 1] = `${last} ${word}`;
  }
  return rows;
};
