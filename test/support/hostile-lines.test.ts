import {spawn} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {hostileCounts, hostileLines} from './hostile-lines.ts';

const all = (seed: number): string => Buffer.concat([...hostileLines(500, seed, {longEvery: 0})]).toString('latin1');

describe('hostile lines', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(all(1)).toBe(all(1));
    expect(all(1)).not.toBe(all(2));
  });

  test('are as many as asked for: none has a newline inside', () => {
    for (const line of hostileLines(3000, 3, {longEvery: 100})) expect(line.indexOf(10)).toBe(line.length - 1);
    expect(hostileCounts(3000, 3).lines).toBe(3000);
  });

  test('hold what they should', () => {
    const bytes = Buffer.concat([...hostileLines(3000, 4, {longEvery: 0})]);
    const needles = ['\u001b]52;', '\u001bP', '\u001b[?1049h', '\u001b[?2026h', '\u202e', '\u200b', '__proto__', String.raw`\ud800`];
    for (const needle of needles) expect(bytes.includes(needle), JSON.stringify(needle)).toBe(true);
    for (const raw of [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0x9b, 0x32], [0x00]]) expect(bytes.includes(Buffer.from(raw))).toBe(true);
  });

  test('come out of the printer to the last byte', async () => {
    const child = spawn(process.execPath, ['test/support/hostile-printer.ts', '2000', '9', '500'], {stdio: ['ignore', 'pipe', 'inherit']});
    let bytes = 0;
    let lines = 0;
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
    }
    expect({lines, bytes}).toEqual(hostileCounts(2000, 9, {longEvery: 500}));
  });
});
