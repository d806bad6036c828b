import {describe, expect, test} from 'vitest';
import {ledgerGap} from '../../src/model/ledger.ts';
import {parserModule} from '../support/parser-module.ts';
import {runReported, startKeepup} from '../support/run-keepup.ts';

const booksOf = async (...args: readonly string[]) => (await runReported(args)).report.processes[0]!;

describe('--overload', () => {
  test('sample:N judges every Nth line, in each run from its first, and counts the rest', async () => {
    const books = await booksOf('--overload', 'sample:7', '-f', 'json', `seq 1 100003 | sed 's/.*/{"n":&}/'`);
    const judged = Math.ceil(100_003 / 7);
    expect(books).toMatchObject({
      linesIn: 100_003,
      records: judged,
      failures: 0,
      dropped: 100_003 - judged,
      pending: 0,
    });
  });

  test('sample:N shows what it judges', async () => {
    const run = startKeepup(['--ui', 'plain', '-n', 'x', '--overload', 'sample:100', '-f', 'text', 'seq 1 1000']);
    const {stdout} = await run.ended;
    expect(stdout.trim().split('\n')).toEqual([1, 101, 201, 301, 401, 501, 601, 701, 801, 901].map(n => `x │ ${n}`));
  });

  test('drop-oldest keeps reading, gives up whole lines, and counts each of them', async () => {
    const {file} = parserModule(
      'export default line => { const end = Date.now() + 5; while (Date.now() < end); return {line}; };',
    );
    const run = startKeepup([
      '--ui',
      'json',
      '--overload',
      'drop-oldest',
      '-f',
      `module:${file}`,
      '--report',
      '-',
      'seq 1 1000000; echo all >&2; exec sleep 1000',
    ]);
    await run.until(/"kind":"stderr".*"text":"all"/);
    await run.until(/"kind":"tick".*"dropped":[1-9]/);
    run.child.kill('SIGTERM');
    const {stdout} = await run.ended;
    const lines = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    const [books] = lines.at(-1).processes;
    expect(books).toMatchObject({linesIn: 1_000_000, failures: 0, heldMs: 0});
    expect(ledgerGap(books)).toBe(0);
    const records = lines.filter(({kind}) => kind === 'record');
    expect(records).toHaveLength(books.records);
    expect(records.every(({record, line}) => Number(record.line) === line)).toBe(true);
    expect(books.dropped).toBeGreaterThan(500_000);
  });
});

describe('the ledger is exact', () => {
  test('of 50 MB of the shortest lines', async () => {
    const books = await booksOf('-f', 'text', 'yes | head -c 50000000');
    expect(books).toMatchObject({
      bytesIn: 50_000_000,
      linesIn: 25_000_000,
      records: 25_000_000,
      failures: 0,
      blank: 0,
      pending: 0,
    });
  }, 120_000);

  test('of a line that never ends, and one that does', async () => {
    const books = await booksOf('-f', 'json', `head -c 30000000 /dev/zero; echo; echo '{}'; head -c 70000 /dev/zero`);
    expect(books).toMatchObject({
      bytesIn: 30_070_004,
      linesIn: 3,
      records: 1,
      failures: 2,
      failureKinds: {oversize: 2},
    });
  });

  test('of lines around --max-line-bytes', async () => {
    const lines = [99, 100, 101].map(length => `printf '%0${length}d\\n' 0`).join('; ');
    const books = await booksOf(
      '--max-line-bytes',
      '100',
      '-f',
      'text',
      `${lines}; printf '%0100d\\r\\n' 0; printf '%0101d' 0`,
    );
    expect(books).toMatchObject({linesIn: 5, records: 3, failures: 2, failureKinds: {oversize: 2}});
  });

  test('of blank lines of all kinds, and of none at all', async () => {
    expect(await booksOf('-f', 'text', String.raw`printf '\n \n\t\v\f\r\n\r\nx\n\302\240\n '`)).toMatchObject({
      linesIn: 7,
      blank: 5,
      records: 2,
    });
    expect(await booksOf('true')).toMatchObject({linesIn: 0, bytesIn: 0, records: 0, blank: 0, pending: 0});
  });

  test('of many processes at once', async () => {
    const {report} = await runReported(['-i', '20', '-f', 'json', `seq 1 2000 | sed 's/.*/{"n":&}/'; echo no`]);
    expect(report.processes).toHaveLength(20);
    for (const books of report.processes) expect(books).toMatchObject({linesIn: 2001, records: 2000, failures: 1});
  });
});
