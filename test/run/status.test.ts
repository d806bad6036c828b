import {describe, expect, test} from 'vitest';
import {statusOf, statusTable} from '../../src/run/status.ts';
import {createFakeMonitor} from '../support/fake-monitor.ts';

const snapshot = () => {
  const monitor = createFakeMonitor([{name: 'web', linesPerSec: 5}, {name: 'db', linesPerSec: 5}, {name: 'job', linesPerSec: 0}]);
  monitor.advance(2000);
  monitor.patch(1, {state: {kind: 'exited', exit: {code: 3, signal: null}, byUs: false}, pid: null});
  const failure = {what: './job', errno: 'ENOENT', reason: 'no such file', next: 'check the path'};
  monitor.patch(2, {state: {kind: 'failed-to-start', failure}, pid: null, spawnedAtMs: null, generation: 0});
  return monitor.snapshot();
};

describe('the status of a run', () => {
  test('names each process, its state, how it ended and its books', () => {
    const status = statusOf(snapshot());
    expect(status).toMatchObject({version: 1, run: 'demo', allEnded: false, views: 1});
    expect(status.processes).toMatchObject([
      {name: 'web', state: 'running', exitCode: null, signal: null, detail: null},
      {name: 'db', state: 'exited', exitCode: 3, signal: null, detail: 'exited 3'},
      {name: 'job', state: 'failed-to-start', upMs: null, detail: expect.stringContaining('./job: no such file')},
    ]);
    for (const {linesIn, records, failures, blank, dropped, pending} of status.processes) {
      expect(linesIn).toBe(records + failures + blank + dropped + pending);
    }
  });

  test('is the same as JSON', () => {
    const status = statusOf(snapshot());
    expect(JSON.parse(JSON.stringify(status))).toEqual(status);
  });

  test('is a table for people', () => {
    const [header = '', ...rows] = statusTable(statusOf(snapshot()));
    expect(header).toMatch(/^process +state +pid +run +up +lines +records/);
    expect(rows.map(row => row.split(/ {2,}/).slice(0, 2))).toEqual([
      ['web', 'running'],
      ['db', 'exited (exit 3)'],
      ['job', 'failed to start'],
    ]);
  });

  test('lets no control character of a name through', () => {
    const monitor = createFakeMonitor([{name: 'we\u001b[31mb', linesPerSec: 1}]);
    expect(statusTable(statusOf(monitor.snapshot())).join('')).not.toContain('\u001b');
  });
});
