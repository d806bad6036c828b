import {SelfMeter, type SelfUsage} from '../engine/self-usage.ts';
import type {Monitor} from '../model/monitor.ts';
import type {Snapshot} from '../model/snapshot.ts';

/** As often as the engine looks at its own. */
const SAMPLE_MS = 2000;

/** Adds to what the engine uses of the machine what this process, its screen, uses: both are keepup. */
export const withOwnUsage = (monitor: Monitor, nowMs: () => number, meter = new SelfMeter(nowMs())): Monitor => {
  let own: SelfUsage = meter.sample(nowMs());
  let sampledAtMs = nowMs();
  let [of, shown]: [Snapshot | null, Snapshot | null] = [null, null];
  const sample = (): void => {
    if (nowMs() - sampledAtMs < SAMPLE_MS) return;
    own = meter.sample(nowMs());
    sampledAtMs = nowMs();
  };
  return {
    snapshot: () => {
      const snapshot = monitor.snapshot();
      if (snapshot === of && shown !== null) return shown;
      sample();
      const {self} = snapshot;
      of = snapshot;
      shown = {...snapshot, self: {cpu: self.cpu + own.cpu, rssBytes: self.rssBytes + own.rssBytes}};
      return shown;
    },
    subscribe: listener => monitor.subscribe(listener),
    page: query => monitor.page(query),
    dispatch: command => monitor.dispatch(command),
    hold: on => monitor.hold?.(on),
    close: () => monitor.close(),
  };
};
