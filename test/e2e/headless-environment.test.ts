import {expect, test} from 'vitest';
import {runKeepup} from '../support/run-keepup.ts';

/** The environment of a child without our tag, as `NAME=value`, sorted; every odd byte comes through in JSON. */
const environment = async (
  env: Readonly<Record<string, string | undefined>>,
  ...args: readonly string[]
): Promise<string[]> => {
  const {stdout} = await runKeepup(['--ui', 'json', '-f', 'text', ...args, '--', 'env', '-0'], {env});
  const events = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  const lines = events.filter(({kind}) => kind === 'record').map(({record}) => record.message as string);
  const entries = lines.join('\n').split('\0').slice(0, -1);
  expect(entries.filter(isTag)).toHaveLength(1);
  return entries.filter(entry => !isTag(entry)).toSorted();
};

const isTag = (entry: string): boolean => /^KEEPUP_TAG_[0-9a-f]{16}=0$/.test(entry);

const nothing = Object.fromEntries(Object.keys(process.env).map(name => [name, undefined]));

test('children get the environment of the caller, byte for byte, and KEEPUP_* on top', async () => {
  const env = {
    PATH: process.env['PATH'],
    EMPTY: '',
    SPACES: '  a  b ',
    LINES: 'a\nb',
    ODD: '\x01\x1b[31m\x7f',
    UMLAUT: 'äöü 🙂',
    'dot.ted-name': '1',
    QUOTES: `'"\\$(x)`,
    _: 'underscore',
    KEEPUP_CHECK: '1',
    KEEPUP_SOMETHING: 'of the caller',
  };
  const expected = Object.entries({...env, KEEPUP_RUN: 'my run', KEEPUP_NAME: 'me', KEEPUP_INSTANCE: '1'});
  const got = await environment({...nothing, ...env}, '--run-name', 'my run', '-n', 'me');
  expect(got).toEqual(expected.map(([name, value]) => `${name}=${value}`).toSorted());
});

test.each([[undefined], ['development'], ['']])('NODE_ENV stays as the caller has it: %s', async value => {
  const got = await environment({NODE_ENV: value});
  expect(got.filter(entry => entry.startsWith('NODE_ENV='))).toEqual(value === undefined ? [] : [`NODE_ENV=${value}`]);
});

test('instances are numbered, in their names and in KEEPUP_INSTANCE', async () => {
  const {stdout} = await runKeepup(['--ui', 'plain', '-n', 'web', '-i', '3', 'echo $KEEPUP_NAME $KEEPUP_INSTANCE']);
  expect(stdout.trim().split('\n').toSorted()).toEqual(['web#1 │ web#1 1', 'web#2 │ web#2 2', 'web#3 │ web#3 3']);
});

test('children start where we were started, with nothing on stdin', async () => {
  const {stdout} = await runKeepup(['--ui', 'plain', '-n', 'x', 'pwd; cat; echo end'], {cwd: '/'});
  expect(stdout).toBe('x │ /\nx │ end\n');
});
