import {describe, expect, it} from 'vitest';
import {ledgerGap} from '../../src/model/ledger.ts';
import {baselineOf, completeBaseline, groupsSince, sinceBaseline} from '../../src/ui/baseline.ts';
import type {ProcessSnapshot} from '../../src/model/snapshot.ts';
import type {FakeMonitor} from '../support/fake-monitor.ts';
import {monitorOf} from '../support/scene.ts';

const noisy = (): FakeMonitor => monitorOf({name: 'noisy', linesPerSec: 50, badShare: 0.3, before: 500});
const first = (monitor: FakeMonitor): ProcessSnapshot => {
  const process = monitor.snapshot().processes[0];
  if (process === undefined) throw new Error('no process');
  return process;
};

describe('a cleared display', () => {
  it('shows nothing of what was before', () => {
    const process = first(noisy());
    const shown = sinceBaseline(process, baselineOf(process, 0));
    expect(shown.ledger).toMatchObject({linesIn: 0, records: 0, failures: 0, bytesIn: 0});
    expect(shown).toMatchObject({tail: [], groups: [], groupCount: 0, newestError: null, stderrLines: 0});
    expect(shown.levels.info).toBe(0);
  });

  it('shows all of what came since, and the books still balance', () => {
    const monitor = noisy();
    const baseline = baselineOf(first(monitor), 0);
    monitor.advance(1000);
    const shown = sinceBaseline(first(monitor), baseline);
    const came = first(monitor).ledger.linesIn - baseline.ledger.linesIn;
    expect(came).toBeGreaterThan(20);
    expect(shown.ledger.linesIn).toBe(came);
    expect(ledgerGap(shown.ledger)).toBe(0);
    expect(shown.tail.length).toBe(Math.min(came, 40));
    expect(shown.groups.reduce((sum, {count}) => sum + count, 0)).toBeLessThanOrEqual(came);
  });

  it('balances with lines that waited when it was cleared', () => {
    const process = first(noisy());
    const ledger = {...process.ledger, linesIn: process.ledger.linesIn + 7, pending: 7};
    const baseline = baselineOf({...process, ledger}, 0);
    const judged = {...ledger, pending: 2, records: ledger.records + 5};
    const shown = sinceBaseline({...process, ledger: judged}, baseline);
    expect(shown.ledger).toMatchObject({linesIn: 7, records: 5, pending: 2});
    expect(ledgerGap(shown.ledger)).toBe(0);
  });

  it('counts a new generation from its beginning', () => {
    const process = first(noisy());
    const baseline = baselineOf(process, 0);
    const next = {...process, generation: 2, generationLedger: {...process.generationLedger, linesIn: 3}};
    expect(sinceBaseline(next, baseline).generationLedger.linesIn).toBe(3);
  });

  it('knows groups beyond those of a snapshot once they have come', () => {
    const process = first(noisy());
    const [largest, ...others] = process.groups;
    if (largest === undefined) throw new Error('no group');
    const baseline = baselineOf({...process, groups: [largest]}, 0);
    expect(baseline.complete).toBe(false);
    expect(groupsSince(others, baseline)).toHaveLength(others.length);
    const complete = completeBaseline(baseline, process.groups);
    expect(complete.complete).toBe(true);
    expect(groupsSince(process.groups, complete)).toEqual([]);
  });
});
