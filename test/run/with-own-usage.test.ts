import {expect, test} from 'vitest';
import {withOwnUsage} from '../../src/run/with-own-usage.ts';
import {createFakeMonitor} from '../support/fake-monitor.ts';

test('what the screen uses is added to what the engine uses, and everything else stays', () => {
  const monitor = createFakeMonitor([{name: 'web', linesPerSec: 5}]);
  let nowMs = 0;
  const samples = [{cpu: 0.25, rssBytes: 1000}, {cpu: 0.5, rssBytes: 2000}];
  const meter = {sample: () => samples.shift()!} as unknown as NonNullable<Parameters<typeof withOwnUsage>[2]>;
  const both = withOwnUsage(monitor, () => nowMs, meter);
  const {self} = monitor.snapshot();
  expect(both.snapshot()).toEqual({...monitor.snapshot(), self: {cpu: self.cpu + 0.25, rssBytes: self.rssBytes + 1000}});
  expect(both.snapshot()).toBe(both.snapshot());
  nowMs = 2000;
  monitor.advance(100);
  expect(both.snapshot().self).toEqual({cpu: self.cpu + 0.5, rssBytes: self.rssBytes + 2000});
  both.dispatch({kind: 'pause', target: 0});
  expect(monitor.commands).toEqual([{kind: 'pause', target: 0}]);
});
