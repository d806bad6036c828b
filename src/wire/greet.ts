import type {Connection, Received} from './connection.ts';
import {
  MAX_FRAME_TO_CLIENT, PROTOCOL, type ClientMessage, type EngineMessage, type Role, type RunFacts,
} from './protocol.ts';

/** What a run said to our hello. `sentence` says why we are not served, and what to do. */
export type Greeted =
  | {readonly kind: 'welcome'; readonly run: RunFacts}
  | {readonly kind: 'refused'; readonly sentence: string}
  | {readonly kind: 'silent'; readonly sentence: string};

/** An engine's main thread may be busy, or its machine; a stopped one never answers. */
export const WELCOME_MS = 5000;

/**
 * Says hello and waits for the answer. A connection that is not welcome is closed.
 *
 * @param waitMs How long the answer may take.
 */
export const greet = async (connection: Connection, role: Role, waitMs: number): Promise<Greeted> => {
  connection.limit(MAX_FRAME_TO_CLIENT);
  connection.send({kind: 'hello', keepup: PROTOCOL, role} satisfies ClientMessage);
  const answer = await within(connection.next(), waitMs);
  const late: Greeted = {kind: 'silent', sentence: `no answer within ${waitMs} ms; is it stopped or very busy?`};
  const greeted = answer === null ? late : read(answer);
  if (greeted.kind !== 'welcome') connection.destroy();
  return greeted;
};

/** The promise's value, or null after so long. */
export const within = async <T>(promise: Promise<T>, waitMs: number): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>(resolve => (timer = setTimeout(resolve, waitMs, null)));
  const first = await Promise.race([promise, late]);
  clearTimeout(timer);
  return first;
};

/** What an engine has sent: it is the same user's, and trusted to keep to the protocol once that is ours. */
export const engineMessage = (message: unknown): EngineMessage => message as EngineMessage;

const read = (received: Received): Greeted => {
  if (received.kind === 'closed') return {kind: 'silent', sentence: `it hung up without an answer; ${RETRY}`};
  if (received.kind === 'bad') return {kind: 'refused', sentence: `it is no keepup: ${received.reason}`};
  const message = (received.message ?? {}) as Partial<EngineMessage>;
  if (message.kind === 'refused') return {kind: 'refused', sentence: String(message.sentence)};
  if (message.kind !== 'welcome' || message.run === undefined) {
    return {kind: 'refused', sentence: 'it is no keepup: expected a welcome, got something else'};
  }
  if (message.keepup === PROTOCOL) return {kind: 'welcome', run: message.run};
  return {
    kind: 'refused',
    sentence: `it speaks protocol ${message.keepup}, we speak ${PROTOCOL}; use the keepup that it was started with`,
  };
};

const RETRY = 'it may just be ending, try again';
