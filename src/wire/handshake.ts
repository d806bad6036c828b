import {readClientMessage} from './client-message.ts';
import type {Connection, Received} from './connection.ts';
import {PROTOCOL, type EngineMessage, type Role} from './protocol.ts';

/** A client may take so long to say who it is … */
export const HELLO_MS = 5000;
/** … and so long to hang up when it was told to go. */
const HANGUP_MS = 2000;

/** Who a newcomer is; null where it was sent away, or left by itself. */
export const welcomed = async (
  connection: Connection,
  welcome: () => EngineMessage,
  helloMs: number,
): Promise<Role | null> => {
  const late = Symbol('late');
  let timer: NodeJS.Timeout | undefined;
  const lateness = new Promise<typeof late>(resolve => (timer = setTimeout(resolve, helloMs, late).unref()));
  const first = await Promise.race([connection.next(), lateness]);
  clearTimeout(timer);
  const greeting = first === late ? `nothing for ${helloMs} ms` : greetingOf(first);
  if (typeof greeting === 'string') {
    await refuse(connection, `expected a hello of keepup's protocol ${PROTOCOL}, got ${greeting}; ${NEXT_STEP}`);
    return null;
  }
  if (greeting === null) {
    connection.destroy();
    return null;
  }
  connection.send(welcome());
  return greeting.role;
};

/** Says why a client has to go, and closes once it has read that. */
export const refuse = (connection: Connection, sentence: string): Promise<unknown> => {
  connection.send({kind: 'refused', sentence} satisfies EngineMessage);
  return connection.end(HANGUP_MS);
};

const NEXT_STEP = 'use the keepup that the run was started with, or start the run anew with this one';

/** The role of who greets as we do, what came instead, or null for nobody. */
const greetingOf = (first: Received): {readonly role: Role} | string | null => {
  if (first.kind === 'closed') return null;
  if (first.kind === 'bad') return `something else: ${first.reason}`;
  const says = readClientMessage(first.message);
  if (says.kind !== 'message' || says.message.kind !== 'hello') return versionOf(first.message) ?? 'another message';
  return says.message.keepup === PROTOCOL ? {role: says.message.role} : `one of protocol ${says.message.keepup}`;
};

/** A hello of a later version may know roles that we do not. */
const versionOf = (message: unknown): string | null => {
  if (typeof message !== 'object' || message === null || !('kind' in message) || message.kind !== 'hello') return null;
  const hasVersion = 'keepup' in message && typeof message.keepup === 'number';
  return hasVersion ? `one of protocol ${String(message.keepup)}` : 'one without a protocol';
};
