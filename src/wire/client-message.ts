import {PROCESS_ACTIONS, type Command, type QuitSignal, type Target} from '../model/command.ts';
import type {LineKey} from '../model/display-line.ts';
import {MAX_PAGE_LINES, type PageQuery} from '../model/page.ts';
import {LEAVINGS, ROLES, type ClientMessage, type ControlRequest} from './protocol.ts';

/** A message that makes sense, a question that makes none and needs an answer all the same, or what was expected. */
export type ClientSays =
  | {readonly kind: 'message'; readonly message: ClientMessage}
  | {readonly kind: 'bad-question'; readonly of: 'page' | 'control'; readonly id: number; readonly expected: string}
  | {readonly kind: 'bad'; readonly expected: string};

/** Reads what a client has sent; nothing of it is trusted, and only what is known is handed on. Never throws. */
export const readClientMessage = (sent: unknown): ClientSays => {
  const from = objectOf(sent);
  switch (from['kind']) {
    case 'hello':
      return hello(from);
    case 'taken':
      return taken(from);
    case 'leave':
      return (
        oneOf(LEAVINGS, from['how'], how => message({kind: 'leave', how})) ?? bad('leave with how: detach or close')
      );
    case 'command': {
      const command = commandOf(objectOf(from['command']));
      return command === null ? bad('a command of a known kind with a target') : message({kind: 'command', command});
    }
    case 'page':
      return question('page', from['id'], queryOf(objectOf(from['query'])), (id, query) => ({kind: 'page', id, query}));
    case 'control':
      return question('control', from['id'], requestOf(objectOf(from['request'])), (id, request) => ({
        kind: 'control',
        id,
        request,
      }));
    default:
      return bad('hello, taken, page, command, control or leave');
  }
};

type Fields = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const message = (ok: ClientMessage): ClientSays => ({kind: 'message', message: ok});
const bad = (expected: string): ClientSays => ({kind: 'bad', expected});

const hello = ({keepup, role}: Fields): ClientSays => {
  if (!isNumber(keepup)) return bad('hello with the number of a protocol');
  const greeting = oneOf(ROLES, role, known => message({kind: 'hello', keepup, role: known}));
  return greeting ?? bad(`hello as ${ROLES.join(', ')}`);
};

const taken = ({seq, lines}: Fields): ClientSays => {
  if (!isNumber(seq) || !(lines === undefined || isIndex(lines))) return bad('taken with a number');
  return message(lines === undefined ? {kind: 'taken', seq} : {kind: 'taken', seq, lines});
};

const question = <T>(
  of: 'page' | 'control',
  id: unknown,
  asked: T | null,
  build: (id: number, asked: T) => ClientMessage,
): ClientSays => {
  if (!isNumber(id)) return bad(`${of} with a number`);
  if (asked === null) return {kind: 'bad-question', of, id, expected: of === 'page' ? PAGES : REQUESTS};
  return message(build(id, asked));
};

const PAGES = 'lines-before, lines-after, line or groups of a process';
const REQUESTS = 'status, report, act with an action and names, quit or detach';

const commandOf = ({kind, target, signal}: Fields): Command | null => {
  if (kind === 'quit' && signal === undefined) return {kind};
  if (kind === 'quit') return oneOf(QUIT_SIGNALS, signal, known => ({kind, signal: known}));
  return isTarget(target) ? oneOf(PROCESS_ACTIONS, kind, known => ({kind: known, target})) : null;
};

const QUIT_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly QuitSignal[];

const queryOf = ({kind, process, before, after, key, count}: Fields): PageQuery | null => {
  if (!isIndex(process)) return null;
  switch (kind) {
    case 'lines-before':
      return isPlace(before, 'end') && isIndex(count) ? {kind, process, before, count: bounded(count)} : null;
    case 'lines-after':
      return isPlace(after, 'start') && isIndex(count) ? {kind, process, after, count: bounded(count)} : null;
    case 'line':
      return isPlace(key, null) && key !== null ? {kind, process, key} : null;
    case 'groups':
      return {kind, process};
    default:
      return null;
  }
};

const bounded = (count: number): number => Math.min(count, MAX_PAGE_LINES);

const requestOf = ({kind, action, names, force}: Fields): ControlRequest | null => {
  switch (kind) {
    case 'status':
    case 'report':
    case 'detach':
      return {kind};
    case 'act':
      return isNames(names) ? oneOf(PROCESS_ACTIONS, action, known => ({kind, action: known, names})) : null;
    case 'quit':
      return typeof force === 'boolean' ? {kind, force} : null;
    default:
      return null;
  }
};

const oneOf = <T, R>(known: readonly T[], value: unknown, build: (value: T) => R): R | null => {
  const found = known.find(one => one === value);
  return found === undefined ? null : build(found);
};

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isTarget = (value: unknown): value is Target => value === 'all' || isIndex(value);
const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(name => typeof name === 'string');
const isPlace = <T>(value: unknown, edge: T): value is LineKey | T =>
  value === edge || (Array.isArray(value) && value.length === 2 && value.every(isNumber));
