import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {MAX_TEMPLATE_CHARS} from '../../src/model/tally.ts';
import {errorTemplate, HEAD_CHARS} from '../../src/state/error-template.ts';

describe('errorTemplate', () => {
  it.each([
    ['', ''],
    [' \t ', ''],
    ['out of memory', 'out of memory'],
    ['  padded   words\tand tabs ', 'padded words and tabs'],
    ['    at Object.<anonymous> (/srv/app/dist/server.js:120:15)', 'at Object.<anonymous> (<path>:<n>:<n>)'],
    ['upstream timed out host=db-2 attempt=3 after 1200ms', 'upstream timed out host=db-<n> attempt=<n> after <n>'],
    ['PacketResponder 1 for block blk_-38865 terminating', 'PacketResponder <n> for block blk_<n> terminating'],
    ['PacketResponder 2 for block blk_38865 terminating', 'PacketResponder <n> for block blk_<n> terminating'],
    ['Failed password from 173.234.31.186 port 38926 ssh2', 'Failed password from <ip> port <n> ssh<n>'],
    ['src: /10.251.43.115:57700 dest: /10.251.43.115:50010', 'src: /<ip> dest: /<ip>'],
    ['2024-05-01T10:20:30.456Z ERROR [main] failed', '<time> ERROR [main] failed'],
    ['Jun 14 15:16:01 combo sshd(pam_unix)[19939]: failure', '<time> combo sshd(pam_unix)[<n>]: failure'],
    ['GET https://example.com/a?b=1 returned 503', 'GET <url> returned <n>'],
    ["open '/etc/passwd': permission denied", 'open <str>: permission denied'],
    ['{"level":30,"time":1700000000000,"msg":"request comp', '{"level":<n>,"time":<n>,"msg":<str>'],
    ['... in process 4127 waiting 3 seconds ...', '... in process <n> waiting <n> seconds ...'],
    ['\u001b[31mERROR\u001b[0m code \u001b[1;33m7\u001b[m', 'ERROR code <n>'],
    ['größe über 3 Prüfungen: ok', 'größe über <n> Prüfungen: ok'],
    ['用户 42 不存在', '用户 <n> 不存在'],
  ])('of %j is %j', (text, template) => expect(errorTemplate(text)).toBe(template));

  it('is the same for the same text with other numbers, ids and strings in it', () => {
    const word = fc.string({unit: fc.constantFrom('a', 'é', '7', ' ', '/')});
    const date = fc.date({noInvalidDate: true, min: new Date(0), max: new Date(4e12)});
    const parts = fc.record({n: fc.nat(), uuid: fc.uuid(), ip: fc.ipV4(), word, date});
    fc.assert(
      fc.property(parts, one => {
        const job = `job ${one.n} (${one.uuid}) at ${one.ip}:80`;
        const text = `${one.date.toISOString()} ${job}: "${one.word}" took ${one.n / 8}ms, ${one.n % 101}%`;
        expect(errorTemplate(text)).toBe('<time> job <n> (<uuid>) at <ip>: <str> took <n>, <n>');
      }),
    );
  });

  it('is a shape of itself and bounded, whatever the text', () => {
    const marks = 'aF09 .:/-_@"\'\\\u001b[m<n>{}%T,~é'.split('');
    const lively = fc.string({unit: fc.constantFrom(...marks), maxLength: 300});
    fc.assert(
      fc.property(fc.oneof(lively, fc.string({unit: 'binary', maxLength: 400})), text => {
        const template = errorTemplate(text);
        expect(template.length).toBeLessThanOrEqual(MAX_TEMPLATE_CHARS);
        expect(template).toBe(template.trim());
        expect(template).not.toMatch(/\s\s/);
        expect(template).not.toMatch(/(?<![A-Za-z0-9_é])\d+(?![\w:.@/-])/);
      }),
      {numRuns: 2000},
    );
  });

  it('looks at the head of a line only', () => {
    const head = 'x '.repeat(HEAD_CHARS / 2);
    expect(errorTemplate(`${head}tail 1`)).toBe(errorTemplate(`${head}other tail`));
    expect(errorTemplate('7'.repeat(1_000_000))).toBe('<n>');
  });

  it.each([
    ['digits and dots', '1.'],
    ['slashes', '/'],
    ['path segments', 'a/'],
    ['dotted words', 'a.b-'],
    ['mail names', 'a.'],
    ['mail ends', 'a@'],
    ['colons', 'a:'],
    ['hex groups', 'ab:cd:'],
    ['hex without end', '0123456789abcdef'],
    ['double quotes', '"'],
    ['apostrophes', "'a"],
    ['backslashes', '"\\'],
    ['escapes without end', '\u001b['],
    ['escape parameters', `\u001b[${'0;'.repeat(200)}`],
    ['spaces', ' '],
    ['months', 'Jan '],
    ['letters and digits in turn', 'a1'],
    ['units', '1h'],
    ['signs', '-+'],
    ['url starts', 'http:/'],
    ['half characters', '\ud800'],
  ])('takes no time for a megabyte of %s', (_, part) => {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    errorTemplate(text);
    const startedMs = performance.now();
    for (let run = 0; run < 20; run++) errorTemplate(text);
    // 256 characters looked at; a pattern that goes back over the whole line would take minutes.
    expect((performance.now() - startedMs) / 20).toBeLessThan(5);
  });
});
