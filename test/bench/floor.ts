// (a) Nothing but reading: the same named pipes, by the same means, and every byte is forgotten. Nobody can be faster.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeWriters, readerOf} from '../../src/engine/output-streams.ts';
import {Fifos} from '../../src/guard/fifos.ts';
import {baselineArguments, CATS} from './cats.ts';

const {path, tell} = baselineArguments();
const fifos = new Fifos();
const landing = new Uint8Array(65_536);
let bytes = 0;

const readCat = async (): Promise<void> => {
  const stdout = await fifos.outputPipe();
  if (stdout === null) throw new Error('no named pipes here');
  spawn('cat', [path], {stdio: ['ignore', stdout.writeFd, 'inherit']});
  closeWriters({stdout, stderr: null});
  const reader = readerOf(stdout, landing);
  reader.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await once(reader as unknown as NodeJS.EventEmitter, 'close');
};

await Promise.all(Array.from({length: CATS}, readCat));
await fifos.close();
tell({bytes, lines: null, records: null, failures: null});
