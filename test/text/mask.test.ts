import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {MAX_COMMAND_CHARS, maskSecrets} from '../../src/text/mask.ts';
import {leastMs} from '../support/frame-time.ts';

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
    ['tool --password "open end', 'tool --password ***'],
    [String.raw`tool --password a\ b x`, 'tool --password *** x'],
    [String.raw`tool --password "a\" b" x`, 'tool --password "***" x'],
    ["tool '--password=a b' x", "tool '--password=***' x"],
    [String.raw`tool '--password=it'\''s me' x`, "tool '--password=***' x"],
    ['sh -c "API_TOKEN=a b"', 'sh -c "API_TOKEN=***"'],
    ['export X_KEY=abc; node x', 'export X_KEY=***; node x'],
    ['DB_PASS=abc PGPASSWORD=def psql', 'DB_PASS=*** PGPASSWORD=*** psql'],
    ['http --auth user:pass u', 'http --auth *** u'],
    ['curl -u user:pass https://h', 'curl -u user:*** https://h'],
    ['curl -uuser:pass https://h', 'curl -uuser:*** https://h'],
    ["curl --user 'user:pa:ss' https://h", "curl --user 'user:***' https://h"],
    ['mysql -h db -psecret -u root', 'mysql -h db -p*** -u root'],
    ['mysqldump -p\'a b\' db', "mysqldump -p'***' db"],
    ['sshpass -p secret ssh h', 'sshpass -p *** ssh h'],
    ['openssl rsa -passin pass:abc -in f', 'openssl rsa -passin *** -in f'],
    ['curl -H "Authorization: abc" u', 'curl -H "Authorization: ***" u'],
    ['curl -H "Authorization: token abc" u', 'curl -H "Authorization: token ***" u'],
    ["curl -H 'Cookie: sid=abc; b=c' u", "curl -H 'Cookie: ***' u"],
    ["curl -b u --cookie 'sid=abc' u", "curl -b u --cookie '***' u"],
    [String.raw`curl -d "{\"password\":\"a b\",\"n\":1}" u`, String.raw`curl -d "{\"password\":\"***\",\"n\":1}" u`],
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
    'docker run -u 1000:1000 image',
    'sort -u names.txt',
    'mysql -h db -p db',
    'ssh -p 22 host',
    'echo cookie monster',
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

  test('leaves out what goes on for too long, and a word that is cut', () => {
    const masked = maskSecrets(`run ${'x'.repeat(10)} ${'--token abc '.repeat(5000)}`);
    expect(masked.length).toBeLessThan(MAX_COMMAND_CHARS + 100);
    expect(masked).toMatch(/^run x{10} (?:--token \*\*\* )+… \(\d+ characters more\)$/);
    expect(maskSecrets(`PASSWORD="${'a '.repeat(MAX_COMMAND_CHARS)}`)).toMatch(/^PASSWORD=\*\*\*… \(\d+ characters more\)$/);
    expect(maskSecrets(`run https://user:${'p'.repeat(MAX_COMMAND_CHARS)}@host`)).toMatch(/^run … \(\d+ characters more\)$/);
  });

  test.each([
    'a', ' ', '"', `'"`, '-', '://', 'key ', 'a@', 'a.', 'key=', '--key ', 'key:', 'token=x ', 'bearer ', '\\', '"key":', '=',
    'x-', 'mysql ', 'mysql -p', 'sshpass -p', '-u ', '-u:', "'key=", '"key=', 'key\\"', 'cookie', 'cookie: ', 'authorization ',
    'authorization: a ', '&a', ';', 'auth', 'passpass', '-u1:',
  ])('takes next to no time for megabytes of %j', (piece) => {
    const text = piece.repeat(2_000_000 / piece.length);
    // Milliseconds on a quiet machine; anything quadratic would take hours.
    expect(leastMs(() => maskSecrets(text))).toBeLessThan(200);
  });
});
