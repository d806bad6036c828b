import {describe, expect, test} from 'vitest';
import {parseFlags} from '../../src/config/flags.ts';
import {parseVerb, VERB_USAGES, VERB_WORDS, type Verb} from '../../src/config/verbs.ts';
import {UsageError} from '../../src/model/errors.ts';
import {CONTEXT} from './run-config.ts';

const messageOf = (words: readonly string[]): string => {
  try {
    parseVerb(words);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error(`expected a usage error for ${words.join(' ')}`);
};

describe('parseVerb', () => {
  test.each<[string, Verb]>([
    ['attach', {kind: 'attach', run: null, maxBytesPerSec: null}],
    ['attach demo', {kind: 'attach', run: 'demo', maxBytesPerSec: null}],
    ['attach --max-bytes-per-sec 4k demo', {kind: 'attach', run: 'demo', maxBytesPerSec: 4096}],
    ['ls', {kind: 'ls', json: false}],
    ['ls --json', {kind: 'ls', json: true}],
    ['stop', {kind: 'stop', run: null, force: false}],
    ['stop demo --force', {kind: 'stop', run: 'demo', force: true}],
    ['report --json demo-2', {kind: 'report', run: 'demo-2', json: true}],
    ['ctl status', {kind: 'status', run: null, json: false}],
    ['ctl -r demo status --json', {kind: 'status', run: 'demo', json: true}],
    ['ctl --run=demo report', {kind: 'report', run: 'demo', json: false}],
    ['ctl restart web', {kind: 'act', run: null, action: 'restart', names: ['web']}],
    ['ctl -r demo pause web#1 web#2', {kind: 'act', run: 'demo', action: 'pause', names: ['web#1', 'web#2']}],
    ['ctl stop --all', {kind: 'act', run: null, action: 'stop', names: null}],
    ['ctl clear', {kind: 'act', run: null, action: 'clear', names: null}],
    ['ctl clear web', {kind: 'act', run: null, action: 'clear', names: ['web']}],
    ['ctl start -- -odd', {kind: 'act', run: null, action: 'start', names: ['-odd']}],
  ])('reads keepup %s', (words, verb) => {
    expect(parseVerb(words.split(' '))).toEqual(verb);
  });

  test.each(['npm start', '-- ls', 'lsof', '--json ls'])('leaves keepup %s to the others', words => {
    expect(parseVerb(words.split(' '))).toBeNull();
  });

  test.each([
    ['attach a b', /^attach: expected nothing more, got "b"/],
    ['attach --max-bytes-per-sec 1', /^--max-bytes-per-sec: expected bytes .*, from 1024 to \d+, got "1"/],
    ['attach --max-bytes-per-sec', /^attach: .*--max-bytes-per-sec/],
    ['ls -l', /^ls: unknown option "-l"; .*keepup -- "ls -l"$/],
    ['ls demo', /^ls: expected nothing more, got "demo"/],
    ['stop --json', /^stop: unknown option "--json"/],
    ['ctl', /^ctl: expected status, report, restart, .* or clear, got nothing/],
    ['ctl restrat web', /^ctl: .*got "restrat" \(did you mean restart\?\)/],
    ['ctl restart', /^ctl restart: expected names of processes, or --all, got none/],
    ['ctl restart --all web', /^ctl restart --all: expected nothing more, got "web"/],
    ['ctl status web', /^ctl status: expected nothing more, got "web"/],
    ['ctl -r', /^ctl: /],
    ['ctl --run= status', /^ctl: expected the name of a run behind -r, got ""/],
  ])('refuses keepup %s with one line', (words, message) => {
    expect(messageOf(words.split(' '))).toMatch(message);
    expect(messageOf(words.split(' '))).not.toContain('\n');
  });

  test('every verb has its usage', () => {
    const told = new Set(VERB_USAGES.map(({usage}) => usage.split(' ')[0]));
    expect(told).toEqual(new Set(VERB_WORDS));
  });
});

test('a verb behind options is told where it belongs', () => {
  expect(() => parseFlags(['--ui', 'none', 'attach'], CONTEXT)).toThrow(/attach is a command of keepup's own and comes first/);
});
