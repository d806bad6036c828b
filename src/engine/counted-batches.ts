import type {ParsedBatch} from '../model/task.ts';
import {groupKey, type ErrorGroup} from '../model/tally.ts';
import {emptyTally} from '../state/tally.ts';
import type {LaneItem} from './lane-host.ts';

/** What lines come to that an overload policy gives up: counted, not judged. */
export const droppedBatch = (lines: number): ParsedBatch => {
  const tally = emptyTally();
  tally.dropped = lines;
  return {...nothing(lines), tally};
};

/** What lines come to whose worker died with them: failures of the class `lost`, each counted. */
export const lostBatch = (item: LaneItem, generation: number, reason: string): ParsedBatch => {
  const {lines, firstLine, firstOffset, arrivedAtMs} = item.batch;
  const tally = emptyTally();
  tally.failures = lines;
  tally.failureKinds.lost = lines;
  const sample = {text: '', message: reason, generation, line: firstLine, offset: firstOffset};
  const template = 'lines lost with their worker';
  const seen = {firstSeenMs: arrivedAtMs, lastSeenMs: arrivedAtMs};
  const group: ErrorGroup = {kind: 'lost', template, count: lines, ...seen, sample};
  tally.groups.set(groupKey(group), group);
  return {...nothing(lines), tally};
};

const nothing = (lines: number): Omit<ParsedBatch, 'tally'> => ({
  lines,
  bytes: 0,
  grouped: [],
  tail: [],
  emitted: null,
  returned: null,
  verdicts: null,
  busyMs: 0,
});
