import {recordLevel} from '../../src/parse/record-view.ts';
import {reserveScanMemory, type ScanMemory} from '../../src/scan/scan-memory.ts';
import {JsonScanner} from '../../src/scan/scanner.ts';
import {GroupNames} from '../../src/worker/group-names.ts';
import {ScannedLines, useOf} from '../../src/worker/scanned-lines.ts';

/** What a worker judges batches of JSON with; `memory` is its own where none is given. */
export const loadScannedLines = (memory: ScanMemory = ownMemory()): ScannedLines => {
  const scanner = JsonScanner.load({memory, levelOf: record => recordLevel(JSON.parse(record)), useOf});
  if (scanner === null) throw new Error('no scanner: npm run build makes it');
  return new ScannedLines(scanner, new GroupNames());
};

const ownMemory = (): ScanMemory => {
  const reserved = reserveScanMemory({batchBytes: 4_000_000, slotCount: 1, threads: 1});
  if (reserved === null) throw new Error('no scanner: npm run build makes it');
  return reserved.layout;
};
