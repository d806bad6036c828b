import type {DisplayLine} from '../../src/model/display-line.ts';
import type {Ledger} from '../../src/model/ledger.ts';
import type {ProcessState} from '../../src/model/lifecycle.ts';
import type {ProcessSnapshot} from '../../src/model/snapshot.ts';
import {SNAPSHOT_GROUPS, SPARK_SECONDS} from '../../src/model/snapshot.ts';
import {TAIL_LINES} from '../../src/model/display-line.ts';
import type {ErrorGroup} from '../../src/model/tally.ts';
import {failedLine, randomOf, recordLine, stderrLine} from './fake-lines.ts';
import type {Voice} from './fake-lines.ts';
import {processSnapshot} from './process-snapshot.ts';

/** How a scripted process behaves. */
export type Script = {
  readonly name: string;
  readonly command?: string;
  readonly voice?: Voice;
  readonly linesPerSec: number;
  /** Share of lines that are no records. */
  readonly badShare?: number;
  /** Share of lines given up. */
  readonly dropShare?: number;
  readonly state?: ProcessState;
  /** Printed on stderr before the start. */
  readonly stderr?: readonly string[];
  /** Lines that had been printed before the start. */
  readonly before?: number;
  /** What the snapshot says beyond that. */
  readonly over?: Partial<ProcessSnapshot>;
};

/** A scripted process: all it printed that is still kept, and its snapshot. */
export type FakeProcess = {
  readonly script: Script;
  snapshot: ProcessSnapshot;
  readonly lines: DisplayLine[];
  /** Makes it print for so long. */
  advance(ms: number, nowMs: number, wallMs: number): void;
};

/** Lines of history that a scripted process keeps. */
const KEPT_LINES = 4000;
/** So many of the lines of one tick can be read; the others were too many to be kept. */
const READABLE = 40;

export const createFakeProcess = (script: Script, id: number, nowMs: number, wallMs: number): FakeProcess => {
  const random = randomOf(id + 1);
  const lines: DisplayLine[] = [];
  let owed = 0;
  const process: FakeProcess = {
    script,
    lines,
    snapshot: firstSnapshot(script, id, nowMs),
    advance: (ms, now, wall) => {
      const runs = process.snapshot.state.kind === 'running' && script.linesPerSec > 0;
      owed += runs ? ((script.linesPerSec * ms) / 1000) * (0.6 + 0.8 * random()) : 0;
      const count = Math.floor(owed);
      owed -= count;
      process.snapshot = printed(process, count, random, wall, now, ms);
    },
  };
  if (script.before !== undefined) {
    process.snapshot = printed(process, script.before, random, wallMs - 1500, nowMs - 1500, 1000);
    const spark = Array.from({length: 120}, (_, i) =>
      Math.round(script.linesPerSec * (0.55 + 0.3 * Math.sin(i / 9) + 0.15 * random())),
    );
    const perSec = process.snapshot.state.kind === 'running' ? script.linesPerSec : 0;
    const rates = {
      ...process.snapshot.rates,
      linesPerSec1: perSec,
      bytesPerSec1: perSec * LINE_BYTES,
      peakLinesPerSec: script.linesPerSec * 1.25,
    };
    process.snapshot = {...process.snapshot, spark, rates};
  }
  for (const text of script.stderr ?? []) addStderr(process, text, wallMs);
  const {over} = script;
  process.snapshot = {...process.snapshot, tail: lines.slice(-TAIL_LINES), ...over};
  return process;
};

const printed = (
  process: FakeProcess,
  count: number,
  random: () => number,
  wallMs: number,
  nowMs: number,
  ms: number,
): ProcessSnapshot => {
  const {snapshot, script, lines} = process;
  const bad = Math.round(count * (script.badShare ?? 0));
  const dropped = Math.round(count * (script.dropShare ?? 0));
  const {ledger} = snapshot;
  const groups = new Map(snapshot.groups.map((group) => [`${group.kind}${group.template}`, group]));
  const readable = Math.min(count, script.before === count ? 400 : READABLE);
  for (let i = readable; i > 0; i--) {
    const ordinal = ledger.linesIn + count - i + 1;
    const place = {
      key: [ordinal, 0] as const,
      line: ordinal,
      generation: snapshot.generation,
      atMs: wallMs - Math.round((i / readable) * ms),
    };
    const fails = random() < (script.badShare ?? 0) || (i === 5 && bad > 0);
    const line = fails ? failedLine(place, random) : recordLine(place, script.voice ?? 'web', random);
    lines.push(line);
    if (fails || line.level === 'error')
      note(
        groups,
        line,
        wallMs,
        fails ? Math.max(1, Math.round(bad / Math.max(1, readable * (script.badShare ?? 1)))) : 1,
      );
  }
  lines.splice(0, lines.length - KEPT_LINES);
  const next = counted(ledger, count, bad, dropped);
  const perSec = Math.round((count / ms) * 1000);
  const sorted = [...groups.values()].toSorted((a, b) => b.count - a.count);
  return {
    ...snapshot,
    ledger: next,
    generationLedger: counted(snapshot.generationLedger, count, bad, dropped),
    levels: {...snapshot.levels, info: snapshot.levels.info + (next.records - ledger.records)},
    failureKinds: {...snapshot.failureKinds, 'invalid-json': snapshot.failureKinds['invalid-json'] + bad},
    rates: {
      linesPerSec1: perSec,
      linesPerSec10: script.linesPerSec,
      linesPerSec60: script.linesPerSec,
      bytesPerSec1: perSec * LINE_BYTES,
      bytesPerSec10: script.linesPerSec * LINE_BYTES,
      failuresPerSec10: script.linesPerSec * (script.badShare ?? 0),
      peakLinesPerSec: Math.max(snapshot.rates.peakLinesPerSec, perSec),
    },
    spark: sparkAfter(snapshot.spark, perSec, nowMs),
    lagMs: count > 0 ? Math.round(random() * 20) : 0,
    tail: lines.slice(-TAIL_LINES),
    groups: sorted.slice(0, SNAPSHOT_GROUPS),
    groupCount: sorted.length,
    newestError: sorted.toSorted((a, b) => b.lastSeenMs - a.lastSeenMs)[0] ?? null,
    lastOutputAtMs: count > 0 ? nowMs : snapshot.lastOutputAtMs,
    badge: snapshot.badge === 'idle' && count > 0 ? 'keeping up' : snapshot.badge,
  };
};

const LINE_BYTES = 192;

const sparkAfter = (spark: readonly number[], perSec: number, nowMs: number): number[] => {
  const second = Math.floor(nowMs / 1000);
  const whole = spark.length === 0 || Math.floor((nowMs - 100) / 1000) !== second;
  return (whole ? [...spark, perSec] : [...spark.slice(0, -1), perSec]).slice(-SPARK_SECONDS);
};

const counted = (ledger: Ledger, count: number, bad: number, dropped: number): Ledger => ({
  ...ledger,
  linesIn: ledger.linesIn + count,
  bytesIn: ledger.bytesIn + count * LINE_BYTES,
  records: ledger.records + count - bad - dropped,
  dropped: ledger.dropped + dropped,
  failures: ledger.failures + bad,
});

const note = (groups: Map<string, ErrorGroup>, line: DisplayLine, wallMs: number, count: number): void => {
  const template = `${line.message} ${line.fields.map(([key]) => `${key}=<n>`).join(' ')}`
    .replaceAll(/\d+/g, '<n>')
    .trim();
  const kind = line.failure ?? 'error';
  const known = groups.get(`${kind}${template}`);
  groups.set(`${kind}${template}`, {
    kind,
    template,
    count: (known?.count ?? 0) + count,
    firstSeenMs: known?.firstSeenMs ?? wallMs,
    lastSeenMs: wallMs,
    sample: {
      text: line.message,
      message: line.failure === null ? '' : 'Unexpected token at position 0',
      generation: line.generation,
      line: line.line,
      offset: line.line * LINE_BYTES,
    },
  });
};

/** A line on stderr, behind what was printed last. */
export const addStderr = (process: FakeProcess, text: string, wallMs: number): void => {
  const {snapshot, lines} = process;
  const last = lines.at(-1)?.key ?? [0, 0];
  const line = snapshot.stderrLines + 1;
  lines.push(stderrLine({key: [last[0], last[1] + 1], line, generation: snapshot.generation, atMs: wallMs}, text));
  process.snapshot = {...snapshot, stderrLines: line, tail: lines.slice(-TAIL_LINES)};
};

const firstSnapshot = (script: Script, id: number, nowMs: number): ProcessSnapshot => {
  const state = script.state ?? {kind: 'running'};
  const hasPid = state.kind === 'running' || state.kind === 'paused' || state.kind === 'stopping';
  const spawned = state.kind !== 'starting' && state.kind !== 'failed-to-start';
  return processSnapshot({
    id,
    name: script.name,
    command: script.command ?? `node ${script.name}.js`,
    format: script.voice === 'text' ? 'text' : 'json',
    state,
    pid: hasPid ? 4127 + id * 4 : null,
    generation: spawned ? 1 : 0,
    spawnedAtMs: spawned ? nowMs - 761_000 : null,
    endedAtMs: hasPid || !spawned ? null : nowMs - 4000,
  });
};
