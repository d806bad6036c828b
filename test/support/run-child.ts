/** A process that listens as a run under the name it is given: `node run-child.ts FOLDER NAME`. Prints its name. */
import {listenRun} from '../../src/wire/listen-run.ts';
import {WireServer} from '../../src/wire/server.ts';
import {createFakeMonitor} from './fake-monitor.ts';

const [, , folder = '', wantedName = ''] = process.argv;
const fake = createFakeMonitor([{name: 'web', linesPerSec: 1}]);
let attachName: string | null = null;
const server = new WireServer({
  monitor: {...fake, snapshot: () => ({...fake.snapshot(), attachName})},
  control: () => ({ok: true, value: null}),
  viewsChanged: () => {},
  linesChanged: () => {},
  viewLeft: () => {},
});
const listening = await listenRun(folder, wantedName, connection => void server.add(connection));
attachName = listening.name;
process.stdout.write(`${listening.name}\n`);
// Ends with whoever started it.
process.stdin.on('end', () => process.exit()).resume();
