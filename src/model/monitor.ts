import type {Command} from './command.ts';
import type {Page, PageQuery} from './page.ts';
import type {Snapshot} from './snapshot.ts';

/**
 * The hinge between engine and views. The engine implements it in process, a
 * wire client over a socket; a view cannot tell which it holds, so whatever
 * crosses it is bounded and JSON-safe.
 */
export type Monitor = {
  /** The newest snapshot; the same object until something changed. */
  snapshot(): Snapshot;
  /**
   * Calls `listener` after each change, ten times a second at the most.
   *
   * @returns A function that ends the subscription.
   */
  subscribe(listener: () => void): () => void;
  /** A window of history. Resolves to an empty page where there is nothing; rejects only after `close`. */
  page(query: PageQuery): Promise<Page>;
  /** Takes effect at once; the outcome shows in a snapshot. Never throws: what makes no sense is ignored. */
  dispatch(command: Command): void;
  /**
   * The view can't show anything (`true`), or can again: meanwhile the monitor need not keep it up to date.
   * Missing where there is nothing to be saved.
   */
  hold?(on: boolean): void;
  /**
   * The view shows so many of a process's newest lines at the most, besides those of stderr: more need not come.
   * Missing where there is nothing to be saved.
   */
  want?(lines: number): void;
  /** Ends the view's hold on the engine; not the engine. */
  close(): void;
};
