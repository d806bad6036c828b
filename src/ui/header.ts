import type {ProcessSnapshot} from '../model/snapshot.ts';
import {longClock, clock, span as timeSpan} from '../text/durations.ts';
import {bytesRate, bytesSize, percent, si} from '../text/numbers.ts';
import type {Role, Span} from '../text/style.ts';
import {fitParts, joinParts, part, span, spread} from './row.ts';
import type {Part} from './row.ts';
import type {Scene} from './scene.ts';
import {endedBadly, stateWords} from './state-words.ts';
import {linesRead} from './zoom-state.ts';

/** The run in one row: who, how long, states at the left; throughput and cost at the right. */
export const headerRow = (scene: Scene, width: number): string => {
  const left = runParts(scene);
  const right = rateParts(scene);
  const kept = new Set(fitParts([...left, ...right], width - 4, 2));
  const leftSpans = joinParts(
    left.filter((candidate) => kept.has(candidate)),
    span('  '),
  );
  const rightSpans = joinParts(
    right.filter((candidate) => kept.has(candidate)),
    span('  '),
  );
  return spread([span(' '), ...leftSpans], [...rightSpans, span(' ')], width, scene.look);
};

const runParts = (scene: Scene): Part[] => {
  const {live, nowMs, state} = scene;
  const {length} = live.processes;
  return [
    part(14, span('keepup', 'bold')),
    part(7, span(live.runName, 'bold')),
    part(3, span(longClock(nowMs - live.startedAtMs))),
    ...viewParts(scene),
    ...deadlinePart(scene),
    ...frozenPart(scene),
    ...(state.quitAtMs === null ? [] : [part(0, span('stopping everything…', 'attention'))]),
    part(12, span(`${length} ${length === 1 ? 'process' : 'processes'}`, 'dim')),
    ...stateParts(scene),
  ];
};

/** By which name others attach, and whether others have. */
const viewParts = ({live}: Scene): Part[] => [
  ...(live.attachName === null ? [] : [part(15, span(`attach ${live.attachName}`, 'dim'))]),
  ...(live.views > 1 ? [part(9, span(`${live.views} views`, 'dim'))] : []),
];

const deadlinePart = ({live, nowMs}: Scene): Part[] =>
  live.deadlineMs === null || live.allEnded
    ? []
    : [part(9, span(`ends in ${clock(Math.max(0, live.deadlineMs - nowMs + 999))}`, 'dim'))];

const frozenPart = ({state, live}: Scene): Part[] => {
  if (state.frozen === null) return [];
  const more = allRead(live.processes) - allRead(state.frozen.processes);
  return [part(0, span(` frozen · +${grouped(more)} new `, 'inverse'))];
};

const allRead = (processes: readonly ProcessSnapshot[]): number =>
  processes.reduce((sum, process) => sum + linesRead(process), 0);

/** `12 431`: digits in threes, for counts that one watches grow. */
const grouped = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ' ');

/** How many processes are in which state: what fails first, what runs last. */
const stateParts = (scene: Scene): Part[] => {
  const counted = new Map<string, {count: number; part: (count: number) => Part; order: number}>();
  for (const process of scene.live.processes) {
    const words = stateWords(process, scene.state.asked.get(process.id), scene.nowMs, scene.look.glyphs);
    const order = ORDER[words.glyphRole] ?? 3;
    const word = words.short.replace(/ \d+ s$/, '');
    const known = counted.get(word);
    counted.set(word, {
      count: (known?.count ?? 0) + 1,
      order: endedBadly(process.state) ? 0 : order,
      part: (count) =>
        part(
          1 + order * 2,
          span(`${count} `, words.role),
          span(words.glyph, words.glyphRole),
          span(` ${word}`, words.role),
        ),
    });
  }
  return [...counted.values()].toSorted((a, b) => a.order - b.order).map((entry) => entry.part(entry.count));
};

const ORDER: Readonly<Partial<Record<Role, number>>> = {bad: 0, attention: 1, good: 2};

const rateParts = (scene: Scene): Part[] => {
  const {totals, workers, self} = scene.live;
  const failing = totals.rates.failuresPerSec10;
  return [
    part(2, span(si(totals.rates.linesPerSec1), 'bold'), span(' lines/s')),
    part(8, span(bytesRate(totals.rates.bytesPerSec1))),
    part(4, span(`${si(failing)} ${scene.look.glyphs.failed}/s`, failing > 0 ? 'bad' : 'dim')),
    part(
      9,
      span('lag ', 'dim'),
      span(timeSpan(totals.lagMs).padStart(6), totals.lagMs >= 1000 ? 'attention' : 'plain'),
    ),
    part(10, span('pool', 'dim'), shareSpan(workers.busy)),
    part(11, span('cpu', 'dim'), shareSpan(self.cpu)),
    part(13, span(bytesSize(self.rssBytes))),
  ];
};

/** Apart from its label also where it fills its columns: two busy cores are more than 100 %. */
const shareSpan = (share: number): Span => span(percent(share).replace(/^(?! )/, ' '));
