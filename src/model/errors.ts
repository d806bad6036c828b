/** The user asked for something that cannot be: one clear line on stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A bug of ours, never the user's or a child's fault. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}
