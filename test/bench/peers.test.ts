import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {countLines, cpuSecondsOf, peerOf, type PeerRun} from './peers.ts';

describe('countLines', () => {
  const text = Buffer.from('[0] {"level":{}}\r\n\r\n> {x}\r\ncat-1: {{"level":\r\n[0] {"lev\r\nel":1}\r\n[1] {"level":2');

  test('is the same wherever the bytes are cut', () => {
    for (let cut = 0; cut <= text.length; cut++) {
      const lines = countLines();
      lines.add(text.subarray(0, cut));
      lines.add(text.subarray(cut));
      expect(lines.count(), `cut at ${cut}`).toBe(2);
    }
  });

  test('is the same for each byte alone', () => {
    const lines = countLines();
    for (const byte of text) lines.add(Buffer.of(byte));
    expect(lines.count()).toBe(2);
  });
});

describe('cpuSecondsOf', () => {
  test.each([
    ['0m0.000000s 0m0.010000s\n1m2.590000s 0m0.400000s\n', 63],
    ['0m0.005s 0m0.003s\n0m1.250s 0m0.242s\n', 1.5],
    ['', 0],
  ])('of %j is %d', (times, seconds) => {
    expect(cpuSecondsOf(times)).toBeCloseTo(seconds, 6);
  });
});

describe('a peer', () => {
  let home = '';
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'keepup-peer-'))));
  afterEach(() => rmSync(home, {recursive: true}));

  const run = async (script: string, printsLines: boolean): Promise<PeerRun> => {
    const bin = join(home, 'node_modules', '.bin', 'fake');
    mkdirSync(join(bin, '..'), {recursive: true});
    writeFileSync(bin, `#!/bin/sh\n${script}\n`);
    chmodSync(bin, 0o755);
    const path = join(home, 'data');
    writeFileSync(path, '{"level":1}\n{"level":\n');
    return peerOf({name: 'fake', version: '1.2.3', printsLines, argsFor: commands => commands}, home).run(path, 3);
  };

  test.each([
    [true, 6],
    [false, null],
  ])('that prints lines (%j) is run to its end, with %j lines shown', async (printsLines, linesShown) => {
    const script = 'for each; do sh -c "$each" & done; wait; echo done';
    expect(await run(script, printsLines)).toEqual({
      kind: 'ended',
      wallS: expect.any(Number),
      cpuS: expect.any(Number),
      linesShown,
    });
  });

  test.each([
    ['echo "no such\nplatform"; exit 3', /^fake 1\.2\.3: exited with 3: platform$/],
    ['exit 3', /^fake 1\.2\.3: exited with 3: it printed nothing$/],
    ['exit 0', /^fake 1\.2\.3: exited before a cat had ended well$/],
  ])('that does %j fails with its reason', async (script, reason) => {
    expect(await run(script, true)).toEqual({kind: 'failed', reason: expect.stringMatching(reason)});
  });
});
