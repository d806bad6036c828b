// (b) What one writes first: readline and JSON.parse, all in one thread.
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {baselineArguments, eachCat} from './cats.ts';
import {isRecordLine} from './judge-line.ts';

const {path, tell} = baselineArguments();
const counts = {bytes: 0, lines: 0, records: 0, failures: 0};
await eachCat(path, async stdout => {
  const lines = createInterface({input: stdout});
  lines.on('line', line => {
    counts.lines++;
    counts.bytes += Buffer.byteLength(line) + 1;
    if (isRecordLine(line)) counts.records++;
    else counts.failures++;
  });
  await once(lines, 'close');
});
tell(counts);
