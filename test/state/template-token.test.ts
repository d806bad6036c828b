import {describe, expect, it} from 'vitest';
import {plainEnd, tokenAt} from '../../src/state/template-token.ts';

/** Masks a text token by token. */
const mask = (text: string): string => {
  let masked = '';
  for (let at = 0; at < text.length; ) {
    const end = plainEnd(text, at);
    const token = end > at ? {end, mask: text.slice(at, end)} : tokenAt(text, at);
    masked += token.mask;
    at = token.end;
  }
  return masked;
};

const all = (masked: string, texts: string[]): [string, string][] => texts.map(text => [text, masked]);

describe('tokens of a template', () => {
  it.each([
    ...all('<n>', ['7', '1700000000000', '1,234,567', '3.14', '1.2.3', '-12', '+1.5']),
    ...all('<n>', ['45%', '3ms', '1.5KiB', '1h20m3.5s']),
    ...all('<ip>', ['10.0.0.1', '10.0.0.1:8080', '::1', 'fe80::1', '2001:db8:0:0:0:0:2:1', '2001:db8::ff00:42:8329']),
    ...all('[<ip>]:<n>', ['[::1]:8080', '[2001:db8::1]:443']),
    ...all('<uuid>', ['123e4567-e89b-12d3-a456-426614174000', 'ABCDEF01-e89b-12d3-a456-426614174000']),
    ...all('<hex>', ['0xdeadbeef', '0x1F', 'd41d8cd98f00b204e9800998ecf8427e', '1b2c3d4e', '00:1a:2b:3c:4d:5e']),
    ...all('<id>', ['8fJk2LmQ4x', 'a1b2Zc3d4e5']),
    ...all('<url>', ['http://a.b/c?d=1#e', 'postgres://u@db:5432/x', 'git+ssh://host/x', 'HTTPS://A.B']),
    ...all('<email>', ['a.b+c@example.com', 'root@mail.example.org', '7x@example.com']),
    ...all('<path>', ['/var/log/syslog', '/a/b/', '/app.js', './run.sh', '../x', '~/x', 'src/server/app.ts']),
    ...all('<path>', ['C:\\Users\\x\\y.txt', 'c:/x/y']),
    ...all('<time>', [
      '2024-05-01', '2024/05/01 10:20:30', '2024-05-01T10:20:30.123456+02:00', '2024-05-01 10:20:30,123',
      '10:20:30', '9:20:30.5', 'Jan  2 15:04:05', 'Mon Jan 2 15:04:05 2006',
      'Mon, 02 Jan 2006 15:04:05 +0100', '02 Jan 2006 15:04:05', '10/Oct/2000:13:55:36 -0700',
    ]),
    ...all('<str>', ['"a b"', "'a b'", '`a b`', '"a \\" b"', '"torn', '""', "'it's'"]),
  ])('masks %s as %s', (text, masked) => {
    expect(mask(text)).toBe(masked);
    expect(mask(`(${text})`)).toBe(text === '"torn' ? `(${masked}` : `(${masked})`);
    expect(mask(` ${text}`)).toBe(` ${masked}`);
  });

  it.each([
    ['and/or', 'and/or'],
    ['GET /health', 'GET /health'],
    ['n/a text/plain', 'n/a text/plain'],
    ["can't won't", "can't won't"],
    ["don't 'do' it", "don't <str> it"],
    ['std::string deadbeef', 'std::string deadbeef'],
    ['{"key": "value"}', '{"key": <str>}'],
    ['{"user1881":1}', '{<str>:<n>}'],
    ['May be', 'May be'],
    ['Mon repos', 'Mon repos'],
    ['db-2 web#3 v1.2.3', 'db-<n> web#<n> v<n>.<n>'],
    ['10-20', '<n>-<n>'],
    ['1/2', '<n>/<n>'],
    ['x=-1', 'x=<n>'],
    ['utf8 sha256sum', 'utf<n> sha<n>sum'],
    ['3rd 12px', '<n>rd <n>'],
    ['open /etc/passwd.', 'open <path>.'],
    ['server.js:12:3', 'server.js:<n>:<n>'],
    ['Foo.java:123', 'Foo.java:<n>'],
    ['host:8080', 'host:<n>'],
    ['a@b', 'a@b'],
    ['0xZZ', '<n>xZZ'],
    ['999.999.999.999.999', '<n>'],
    ['.. . ~ / : @', '.. . ~ / : @'],
  ])('of %s makes %s', (text, masked) => expect(mask(text)).toBe(masked));
});
