/**
 * An engine's process for tests: takes a start message on fd 3, then serves a scripted monitor on it. Time passes in
 * it with every `clear`; `ctl status` tells what it was started with; a view that leaves ends it.
 */
import net from 'node:net';
import {Connection} from '../../src/wire/connection.ts';
import {WireServer} from '../../src/wire/server.ts';
import {ending} from './ending.ts';
import {createFakeMonitor} from './fake-monitor.ts';

const connection = new Connection(new net.Socket({fd: 3, readable: true, writable: true}), 1024 * 1024);
const start = await connection.next();
const monitor = createFakeMonitor([{name: 'web', linesPerSec: 300, before: 300}]);
const dispatch = monitor.dispatch.bind(monitor);
const server = new WireServer({
  monitor: {
    ...monitor,
    dispatch: command => {
      dispatch(command);
      if (command.kind === 'clear') monitor.advance(100);
      if (command.kind === 'quit') void server.end(ending).then(() => process.exit(0));
    },
  },
  control: () => ({ok: true, value: start.kind === 'message' ? start.message : start}),
  viewsChanged: () => {},
  linesChanged: () => {},
  viewLeft: how => {
    process.stdout.write(`${how}\n`, () => process.exit(0));
  },
});
void server.add(connection);
