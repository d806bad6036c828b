import type {DisplayLine} from '../model/display-line.ts';
import type {Page} from '../model/page.ts';
import type {Snapshot} from '../model/snapshot.ts';
import {framesOf} from './frames.ts';
import {MAX_FRAME_TO_CLIENT, type Ending, type EngineMessage} from './protocol.ts';

/** A message as a frame that clients read; null where it is too large for that. */
export const fittingFrame = (message: EngineMessage, maxBytes = MAX_FRAME_TO_CLIENT): Buffer | null =>
  fittingFrames([message], maxBytes);

/** Messages that are together no larger than one frame may be; null where they are. */
export const fittingFrames = (messages: readonly EngineMessage[], maxBytes = MAX_FRAME_TO_CLIENT): Buffer | null => {
  try {
    const frames = framesOf(messages);
    return frames.length <= maxBytes ? frames : null;
  } catch (error) {
    // Longer than any string can be.
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/** A snapshot without lines of stdout older than the newest `lines` of their process; those of stderr may say why it died. */
export const withNewestLines = (snapshot: Snapshot, lines: number): Snapshot => {
  if (snapshot.processes.every(({tail}) => tail.length <= lines)) return snapshot;
  const isKept = ({kind}: DisplayLine, at: number, {length}: readonly DisplayLine[]): boolean => at >= length - lines || kind === 'stderr';
  return {...snapshot, processes: snapshot.processes.map(process => ({...process, tail: process.tail.filter(isKept)}))};
};

/** A snapshot with at most so many lines and groups of each process: what still fits when the whole does not. */
export const lighterSnapshot = (snapshot: Snapshot, atMost: number): Snapshot => ({
  ...snapshot,
  processes: snapshot.processes.map(process => ({
    ...process,
    tail: atMost === 0 ? [] : process.tail.slice(-atMost),
    groups: process.groups.slice(0, atMost),
    newestError: atMost === 0 ? null : process.newestError,
  })),
});

/** What is tried in turn. With nothing of each, a thousand processes are about 2 MB. */
export const LIGHTER = [16, 4, 1, 0] as const;

/** A page whose one line is no longer than can be sent and read: a line may be as long as the user allows. */
export const fittingPage = (page: Page): Page => {
  if (page.kind !== 'line' || page.detail === null) return page;
  const {detail} = page;
  const pretty = detail.pretty === null ? null : cut(detail.pretty);
  return {kind: 'line', detail: {...detail, text: cut(detail.text), pretty, message: cut(detail.message)}};
};

/** In UTF-16 code units; escaped as JSON, three such texts still fit into a frame. */
const MAX_TEXT_CHARS = 3 * 1024 * 1024;

const cut = (text: string): string =>
  text.length <= MAX_TEXT_CHARS ? text : `${text.slice(0, MAX_TEXT_CHARS)}… (${text.length} characters in all)`;

/** An ending that can be sent: of large reports, only the largest error groups. */
export const endingFrame = (ending: Ending, maxBytes = MAX_FRAME_TO_CLIENT): Buffer => {
  for (const groups of [Infinity, ...LIGHTER]) {
    const frame = fittingFrame({kind: 'end', ending: lighterEnding(ending, groups)}, maxBytes);
    if (frame !== null) return frame;
  }
  throw new RangeError('an ending without any error groups is larger than a frame may be');
};

const lighterEnding = (ending: Ending, groups: number): Ending => {
  const {report} = ending;
  if (groups === Infinity) return ending;
  const fewer = <T extends {readonly errorGroups: readonly unknown[]}>(part: T): T => ({
    ...part,
    errorGroups: part.errorGroups.slice(0, groups),
  });
  return {...ending, report: {...report, totals: fewer(report.totals), processes: report.processes.map(fewer)}};
};
