import {expect, test} from 'vitest';
import {runReported} from '../support/run-keepup.ts';

const lines = String.raw`yes '{"level":"error","msg":"no 7"}
{"level":"info","n":[1,2]}
{"torn":
[1]

text' | head -n 60000`;

test('the scanner and JSON.parse come to the same', async () => {
  const [wasm, js] = await Promise.all(
    ['wasm', 'js'].map(scanner => runReported(['--scanner', scanner, '-f', 'json', lines])),
  );
  const countsOf = (run: typeof wasm) => {
    const {records, failures, blank, failureKinds, levels, errorGroups} = run!.report.processes[0]!;
    return {records, failures, blank, failureKinds, levels, groups: new Map(errorGroups.map(({template, count}) => [template, count]))};
  };
  expect(countsOf(wasm)).toEqual(countsOf(js));
  expect(countsOf(js)).toMatchObject({records: 20_000, blank: 10_000, failures: 30_000});
  expect(js!.stderr).not.toContain('WebAssembly');
}, 60_000);
