/** There is no such run, or it does not answer: the message says which there are. */
export class NoRunError extends Error {
  override readonly name = 'NoRunError';
}
