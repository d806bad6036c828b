import type {Connection} from './connection.ts';
import {engineMessage, greet, within, WELCOME_MS} from './greet.ts';
import type {ClientMessage, ControlAnswer, ControlRequest} from './protocol.ts';

/** An order may have to wait for a process that is slow to stop. */
const ANSWER_MS = 30_000;

/** One question to a run, as `ctl` asks it; closes the connection. Never rejects: what goes wrong is an answer. */
export const askRun = async (
  connection: Connection,
  request: ControlRequest,
  waitMs = {welcome: WELCOME_MS, answer: ANSWER_MS},
): Promise<ControlAnswer> => {
  const greeted = await greet(connection, 'ctl', waitMs.welcome);
  if (greeted.kind !== 'welcome') return no(greeted.sentence);
  connection.send({kind: 'control', id: 1, request} satisfies ClientMessage);
  const answer = await answerOf(connection, waitMs.answer);
  connection.destroy();
  return answer;
};

const answerOf = async (connection: Connection, waitMs: number): Promise<ControlAnswer> => {
  const received = await within(connection.next(), waitMs);
  if (received === null) return no(`no answer within ${waitMs} ms; look at the run with keepup ls`);
  if (received.kind !== 'message') return no('the run hung up without an answer; look for it with keepup ls');
  const message = engineMessage(received.message);
  if (message.kind === 'answer') return message.answer;
  // The run may be quicker to end than to answer who ended it.
  if (message.kind === 'end') return {ok: true, value: {exitCode: message.ending.exitCode}};
  return no(message.kind === 'refused' ? message.sentence : `expected an answer, got ${message.kind}`);
};

const no = (sentence: string): ControlAnswer => ({ok: false, sentence});
