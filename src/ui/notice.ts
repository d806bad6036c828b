import {timeOfDay} from '../text/durations.ts';
import {row, span} from './row.ts';
import type {Scene} from './scene.ts';

/** A notice is shown for so long. */
export const NOTICE_MS = 10_000;

/** The newest of keepup's own warnings while it is fresh; null otherwise. */
export const noticeRow = (scene: Scene, width: number): string | null => {
  const fresh = scene.live.notices.filter(({atMs}) => scene.wallMs - atMs < NOTICE_MS);
  const newest = fresh.at(-1);
  if (newest === undefined) return null;
  const more = fresh.length > 1 ? ` (and ${fresh.length - 1} more)` : '';
  return row(
    [span(` ${timeOfDay(newest.atMs).slice(0, 8)} keepup: `, 'attention'), span(newest.text), span(more, 'dim')],
    width,
    scene.look,
  );
};
