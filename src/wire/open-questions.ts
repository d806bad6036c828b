type Open<T> = {readonly resolve: (answer: T) => void; readonly reject: (error: Error) => void};

/** Questions on their way, by number. */
export class OpenQuestions<T> {
  readonly #open = new Map<number, Open<T>>();
  #last = 0;

  /** @param send Sends the question with its number. */
  ask(send: (id: number) => void): Promise<T> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#open.set(id, {resolve, reject});
      send(id);
    });
  }

  /** The answer has come. One that nobody waits for is ignored. */
  answer(id: number, answer: T): void {
    this.#open.get(id)?.resolve(answer);
    this.#open.delete(id);
  }

  /** No more answers will come. */
  fail(why: string): void {
    for (const {reject} of this.#open.values()) reject(new Error(why));
    this.#open.clear();
  }
}
