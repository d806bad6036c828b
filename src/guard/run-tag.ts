import {randomBytes} from 'node:crypto';

/** A run's own id: 16 hex digits, never the same twice. */
export const newRunId = (): string => randomBytes(8).toString('hex');

/**
 * The name of the variable that all descendants of a run carry in their
 * environment; its value is the process's number. The id is part of the name,
 * so that a keepup inside a keepup adds its own and leaves the other.
 */
export const tagName = (runId: string): string => `KEEPUP_TAG_${runId}`;
