import {availableParallelism, cpus, release} from 'node:os';
import {detach} from './detach.ts';
import type {Figure, Part} from './figures.ts';
import {hostile} from './hostile.ts';
import {kill} from './kill.ts';
import {soak} from './soak.ts';
import {stall} from './stall.ts';

const PARTS: Readonly<Record<string, Part>> = {kill, stall, hostile, detach, soak};
const USAGE = `usage: npm run torture -- [--scale 0.1] [${Object.keys(PARTS).join('|')}]…`;

/** The campaign of what must not happen; minutes to an hour. Prints each figure beside its limit. */
const main = async (words: readonly string[]): Promise<number> => {
  const at = words.indexOf('--scale');
  const scale = at < 0 ? 1 : Number(words[at + 1]);
  const names = words.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  const wanted = names.length === 0 ? Object.keys(PARTS) : names;
  if (!(scale > 0) || wanted.some(name => !(name in PARTS))) {
    console.error(USAGE);
    return 2;
  }
  console.log(`Node ${process.version}, Linux ${release()}, ${availableParallelism()} × ${cpus()[0]?.model ?? '?'}, scale ${scale}`);
  let failed = 0;
  for (const name of wanted) {
    console.log(`\n${name}`);
    const startedAtMs = performance.now();
    const figures = await PARTS[name]!(scale, progress => console.log(`  … ${progress}`));
    for (const figure of figures) console.log(`  ${lineOf(figure)}`);
    failed += figures.filter(({isWell}) => !isWell).length;
    console.log(`  took ${Math.round((performance.now() - startedAtMs) / 1000)} s`);
  }
  console.log(`\n${failed === 0 ? 'all as promised' : `${failed} not as promised`}`);
  return failed === 0 ? 0 : 1;
};

const lineOf = ({what, got, limit, isWell}: Figure): string => `${isWell ? '✓' : '✗'} ${what.padEnd(64)} ${got.padStart(16)}  ${limit}`;

process.exitCode = await main(process.argv.slice(2));
process.exit();
