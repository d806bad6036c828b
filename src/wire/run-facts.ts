import type {ProcessStateKind} from '../model/lifecycle.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {RunFacts} from './protocol.ts';

/** What a newcomer is told of a run. `pid` is the engine's. */
export const factsOf = (snapshot: Snapshot, pid: number): RunFacts => ({
  name: snapshot.attachName ?? snapshot.runName,
  runName: snapshot.runName,
  pid,
  startedAtWallMs: Math.round(snapshot.wallMs - (snapshot.nowMs - snapshot.startedAtMs)),
  processes: snapshot.processes.length,
  states: countStates(snapshot),
  linesIn: snapshot.totals.ledger.linesIn,
  linesPerSec: snapshot.totals.rates.linesPerSec10,
  views: snapshot.views,
  detachable: snapshot.detachable,
});

const countStates = ({processes}: Snapshot): RunFacts['states'] => {
  const counts: Partial<Record<ProcessStateKind, number>> = {};
  for (const {state} of processes) counts[state.kind] = (counts[state.kind] ?? 0) + 1;
  return counts;
};
