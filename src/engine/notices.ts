import {MAX_NOTICES, type Notice} from '../model/snapshot.ts';

/** keepup's own warnings: the newest are kept, each is handed on once. */
export class Notices {
  #list: readonly Notice[] = [];
  #seq = 0;
  readonly #onNotice: (notice: Notice) => void;

  constructor(onNotice: (notice: Notice) => void) {
    this.#onNotice = onNotice;
  }

  /** Oldest first; another array after each {@link add}. */
  get list(): readonly Notice[] {
    return this.#list;
  }

  add(text: string, wallMs: number): void {
    const notice: Notice = {seq: ++this.#seq, atMs: wallMs, text};
    this.#list = [...this.#list, notice].slice(-MAX_NOTICES);
    this.#onNotice(notice);
  }
}
