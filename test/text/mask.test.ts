import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {maskSecrets} from '../../src/text/mask.ts';

describe('maskSecrets', () => {
  test.each([
    ['API_TOKEN=abc node app.js', 'API_TOKEN=*** node app.js'],
    ['env DB_PASSWORD=x AWS_SECRET_ACCESS_KEY=y run', 'env DB_PASSWORD=*** AWS_SECRET_ACCESS_KEY=*** run'],
    ['tool --token abc --verbose', 'tool --token *** --verbose'],
    ['tool --token=abc --verbose', 'tool --token=*** --verbose'],
    ['tool -password abc', 'tool -password ***'],
    ['tool --api-key abc', 'tool --api-key ***'],
    ['tool --verbose --token abc', 'tool --verbose --token ***'],
    ['tool --token --verbose', 'tool --token --verbose'],
    ['tool --password "a b c" x', 'tool --password "***" x'],
    ["tool --password 'a b c' x", "tool --password '***' x"],
    ['PASSWORD="a b"c"d e" x', 'PASSWORD="***" x'],
    ['PASSWORD=a"b c"d x', 'PASSWORD=*** x'],
    ['tool --password "open end', 'tool --password *** end'],
    ['TOKEN=$(cat f)', 'TOKEN=*** f)'],
    ['TOKEN=abc; run', 'TOKEN=***; run'],
    ['TOKEN=abc&& run', 'TOKEN=***&& run'],
    ['TOKEN=a=b=c run', 'TOKEN=*** run'],
    ['postgres://user:pa:ss@db/x', 'postgres://***@db/x'],
    ['https://ghp_abcdef@github.com/x', 'https://***@github.com/x'],
    ['https://u:p@ss@host/', 'https://***@host/'],
    ['curl https://h/x?token=abc&page=2', 'curl https://h/x?token=***&page=2'],
    ['curl -H "Authorization: Bearer abc.def" u', 'curl -H "Authorization: Bearer ***" u'],
    ["curl -H 'X-Api-Key: abc' u", "curl -H 'X-Api-Key: ***' u"],
    [`echo '{"secret":"a b"}'`, `echo '{"secret":"***"}'`],
    ['Token=MixedCase', 'Token=***'],
    ['GITHUB_PASSWD=x GPG_PASSPHRASE=y', 'GITHUB_PASSWD=*** GPG_PASSPHRASE=***'],
  ])('%s', (command, masked) => {
    expect(maskSecrets(command)).toBe(masked);
  });

  test.each([
    'vmstat -n 1',
    'ls --color=auto /tmp',
    'tail -f token.log',
    'git log --author me@example.com',
    'curl https://example.com/a@b',
    'curl https://example.com?mail=a@b',
    'NODE_ENV=production node server.js',
    'ssh-keygen -t ed25519',
    'echo a:b',
    'docker run -v /etc/keys:/keys image',
    '',
  ])('leaves alone: %s', (command) => {
    expect(maskSecrets(command)).toBe(command);
  });

  test('law: a secret that is one word never shows', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_!@#$%^*+=?]{8,20}$/);
    const place = fc.constantFrom(
      (value: string) => `DB_PASSWORD=${value} run`,
      (value: string) => `run --token ${value} --flag`,
      (value: string) => `run --secret-value=${value}`,
      (value: string) => `run "--api-key=${value}"`,
      (value: string) => `run --key "${value}"`,
    );
    fc.assert(fc.property(secret, place, (value, command) => {
      expect(maskSecrets(command(value))).not.toContain(value);
    }), {numRuns: 500});
  });

  test('is linear in the length of a word, of blanks and of quotes', () => {
    for (const piece of ['a', ' ', '"', `'"`, '-', '://', 'key ', 'a@']) {
      expect(maskSecrets(piece.repeat(20_000))).toBeTypeOf('string');
    }
  });
});
