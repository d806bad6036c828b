import type {Engine} from '../engine/engine.ts';
import type {ControlAnswer, ControlRequest} from '../wire/protocol.ts';
import {statusOf} from './status.ts';

/** What the run itself does about a request: it goes on without a view from now on. */
export type Detacher = () => Promise<{readonly name: string} | {readonly problem: string}>;

/** Answers what scripts and views ask of a run, beyond snapshots and pages. */
export const answerControl = async (
  engine: Engine,
  request: ControlRequest,
  detach: Detacher,
): Promise<ControlAnswer> => {
  switch (request.kind) {
    case 'status':
      return {ok: true, value: statusOf(engine.current())};
    case 'report':
      return {ok: true, value: engine.report()};
    case 'quit':
      engine.end({kind: 'quit'});
      if (request.force) engine.end({kind: 'quit'});
      return {ok: true, value: null};
    case 'detach': {
      const detached = await detach();
      return 'problem' in detached ? {ok: false, sentence: detached.problem} : {ok: true, value: detached.name};
    }
    case 'act':
      return act(engine, request);
  }
};

const act = (engine: Engine, {action, names}: Extract<ControlRequest, {kind: 'act'}>): ControlAnswer => {
  const {processes} = engine.snapshot();
  const wanted = names.length === 0 ? processes.map(({name}) => name) : names;
  const unknown = wanted.filter(name => !processes.some(process => process.name === name));
  if (unknown.length > 0) {
    const known = processes.map(({name}) => name);
    return {ok: false, sentence: `no process ${list(unknown)} in this run; expected of ${list(known)}`};
  }
  for (const {id, name} of processes) if (wanted.includes(name)) engine.dispatch({kind: action, target: id});
  return {ok: true, value: statusOf(engine.current())};
};

const MAX_LISTED = 20;

const list = (names: readonly string[]): string =>
  names.slice(0, MAX_LISTED).map(name => JSON.stringify(name)).join(', ') + (names.length > MAX_LISTED ? ', …' : '');
