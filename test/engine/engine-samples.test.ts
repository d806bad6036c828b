import {afterEach, expect, test, vi} from 'vitest';
import {LaneTail} from '../../src/engine/lane-tail.ts';
import {startRig} from '../support/engine-rig.ts';

afterEach(() => void vi.restoreAllMocks());

test('a group has a sample, too, where its batch was moved to a thread and only counted', async () => {
  vi.spyOn(LaneTail.prototype, 'wants').mockReturnValue({tailLines: 0, samples: false});
  const rig = startRig([`echo '{"level":"error","msg":"no route"}'; echo broken; sleep 60`]);
  const {groups} = await rig.process('both lines judged', ({ledger}) => ledger.records + ledger.failures === 2);
  expect(new Set(groups.map(({kind, count, sample}) => [kind, count, sample.line, sample.text].join(' ')))).toEqual(
    new Set(['error 1 1 {"level":"error","msg":"no route"}', 'invalid-json 1 2 broken']),
  );
});
