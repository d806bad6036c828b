import {describe, expect, test} from 'vitest';
import {TAIL_LINES} from '../../src/model/display-line.ts';
import {startRig} from '../support/engine-rig.ts';

const ended = {kind: 'exited', exit: {code: 0, signal: null}, byUs: false};

describe('an engine that reads lines', () => {
  test('counts records, failures and blanks, and the books balance', async () => {
    const rig = startRig([`printf '{"level":"info","msg":"a"}\\nnot json\\n\\n[1]\\n   \\n{"level":50}'`]);
    const process = await rig.ended();
    expect(process.state).toEqual(ended);
    expect(process.ledger).toMatchObject({linesIn: 6, records: 2, failures: 2, blank: 2, dropped: 0, pending: 0});
    expect(process.ledger.bytesIn).toBe(57);
    expect(process.levels).toMatchObject({info: 1, error: 1});
    expect(process.failureKinds).toMatchObject({'invalid-json': 1, 'not-an-object': 1});
    expect(process.tail.map(({kind}) => kind)).toEqual(['record', 'failure', 'blank', 'failure', 'blank', 'record']);
    expect(process.tail[0]).toMatchObject({message: 'a', level: 'info', line: 1, generation: 1});
  });

  test('tells whoever asks what is so at this moment, though no view has it made', async () => {
    const {engine, until} = startRig([`while :; do echo '{}'; sleep 0.05; done`]);
    for (let nowMs = 0, round = 0; round < 3; round++) {
      ({nowMs} = await until('a later tick', snapshot => snapshot.nowMs > nowMs + 90));
      const [first, then] = [engine.current(), engine.current()];
      expect([then.seq, engine.snapshot()]).toEqual([first.seq + 1, then]);
    }
  });

  test('loses nothing of a flood through several children', async () => {
    const flood = `i=0; while [ $i -lt 200 ]; do seq 1 1000; i=$((i+1)); done | sed 's/.*/{"n":&}/'`;
    const rig = startRig([flood, flood], {format: {kind: 'json'}});
    const snapshot = await rig.until('the end', ({allEnded}) => allEnded);
    for (const {ledger} of snapshot.processes) {
      expect(ledger).toMatchObject({linesIn: 200_000, records: 200_000, pending: 0});
    }
    expect(snapshot.totals.ledger.linesIn).toBe(400_000);
  });

  test('keeps stderr apart: shown in order of arrival, counted, outside the ledger', async () => {
    const rig = startRig([`echo '{"n":1}'; sleep 0.3; echo oops >&2; sleep 0.3; echo '{"n":2}'`]);
    const process = await rig.ended();
    expect(process.stderrLines).toBe(1);
    expect(process.ledger).toMatchObject({linesIn: 2, records: 2});
    expect(process.tail.map(({kind}) => kind)).toEqual(['record', 'stderr', 'record']);
    expect(process.tail[1]).toMatchObject({message: 'oops'});
  });

  test('a line over the limit is one failure with its true length, whatever it holds', async () => {
    const rig = startRig([`head -c 300000 /dev/zero | tr '\\0' ' '; echo; echo '{"after":1}'`], {maxLineBytes: 1000});
    const process = await rig.ended();
    expect(process.ledger).toMatchObject({linesIn: 2, records: 1, failures: 1, blank: 0});
    expect(process.failureKinds.oversize).toBe(1);
    expect(process.newestError?.sample).toMatchObject({line: 1, offset: 0});
    expect(process.newestError?.sample.message).toContain('300000 bytes');
    const page = await rig.engine.page({kind: 'lines-before', process: 0, before: 'end', count: 10});
    expect(page).toMatchObject({lines: [{failure: 'oversize'}, {kind: 'record', line: 2}]});
  });

  test('judges lines with invalid UTF-8, counts them, and keeps characters whole that were cut between chunks', async () => {
    const rig = startRig([`printf '{"msg":"a\\377b"}\\n{"msg":"\\303'; sleep 0.3; printf '\\244"}\\r\\n'`]);
    const process = await rig.ended();
    expect(process.invalidUtf8).toBe(1);
    expect(process.tail.map(({message}) => message)).toEqual(['a\ufffdb', 'ä']);
  });
});

test('a flood that stops where a batch is full shows its newest lines, too', async () => {
  // Twice 512 KiB: the second batch comes too soon after the first to be shown with it.
  const rig = startRig(["seq -f '%063.0f' 1 16384; sleep 60"], {format: {kind: 'text'}});
  const process = await rig.process('all shown', ({tail}) => tail.at(-1)?.line === 16_384);
  expect(process.ledger.linesIn).toBe(16_384);
  expect(process.tail.map(({line}) => line)).toEqual(Array.from({length: TAIL_LINES}, (_, index) => 16_384 - TAIL_LINES + 1 + index));
});
