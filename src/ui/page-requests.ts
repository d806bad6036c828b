import type {Monitor} from '../model/monitor.ts';
import type {Page} from '../model/page.ts';
import type {Wish} from './ui-model.ts';

/** Asks the monitor for pages that the view wishes for. */
export type PageRequests = {
  /** @param seq Of the newest snapshot: what is wanted again is wanted only for newer ones. */
  fetch(wish: Wish, seq: number, receive: (page: Page) => void): void;
};

/** Sends each wish once at a time, and again only when it is due. */
export const createPageRequests = (monitor: Monitor, nowMs: () => number): PageRequests => {
  const inFlight = new Set<string>();
  const answered = new Map<string, {seq: number; atMs: number}>();
  return {
    fetch: (wish, seq, receive) => {
      if (inFlight.has(wish.id)) return;
      const last = answered.get(wish.id);
      const due =
        last === undefined || wish.againMs === null || (last.seq !== seq && nowMs() - last.atMs >= wish.againMs);
      if (!due) return;
      inFlight.add(wish.id);
      void monitor
        .page(wish.query)
        .then((page) => {
          inFlight.delete(wish.id);
          answered.set(wish.id, {seq, atMs: nowMs()});
          receive(page);
        })
        // It rejects only after close: then nobody wants the page.
        .catch(() => undefined);
    },
  };
};
