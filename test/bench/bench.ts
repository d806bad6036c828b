import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {cpus, release, tmpdir, totalmem} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {CATS} from './cats.ts';
import {CONTENDERS, type Contender} from './contenders.ts';
import {generateDataset, type Dataset} from './dataset.ts';
import {measureLatency, type Latency} from './latency.ts';
import type {Measured} from './measure.ts';
import {PARTS} from './parts.ts';
import {PEER_LETTER, peerContenders} from './peer-contenders.ts';
import {installPeers} from './peers.ts';
import {lostLines, reachesOf, tableOf, type Row} from './results.ts';

const USAGE = `Usage: npm run bench -- [options]
  --lines N     lines that each of the ${CATS} cats prints (default: 1000000)
  --rounds N    runs of each contender, one after the other; the one in the middle counts (default: 1)
  --only d,e    these contenders alone
  --presses N   keys pressed while flooded, for (e); 0: none (default: 200)
  --peers       mprocs, turbo and concurrently, from npm into a temporary folder, in the same table
  --surface     what the screen costs while little or much is printed
  --growth      more children, more error shapes, more history, at the same load
  --story       a parser of one second a line, on 40,000 lines a second
  --save        write test/bench/RESULTS.md`;

const main = async (): Promise<void> => {
  const options = optionsOf(process.argv.slice(2));
  if (options === null) return console.log(USAGE);
  const dir = mkdtempSync(join(tmpdir(), 'keepup-bench-'));
  try {
    const peers = options.peers ? peerContenders(await installPeers(mkdtempSync(join(dir, 'peers-')))) : [];
    const rows = await measureAll(options, [...CONTENDERS, ...peers], dir);
    const latency = options.presses > 0 && options.letters.includes('e') ? await latencyOf(options, dir) : null;
    const sections = [[tableOf(rows), '', ...reachesOf(rows, latency).map(line => `- ${line}`)].join('\n')];
    for (const {name, measure} of PARTS) if (options.parts.has(name)) sections.push(await measure(dir));
    const text = sections.join('\n\n');
    console.log(`\n${text}`);
    if (options.save) writeFileSync(RESULTS, `${headOf(options)}\n${text}\n`);
    if (rows.some(({contender, lost}) => OURS.includes(contender.letter) && lost !== 0)) process.exitCode = 1;
  } finally {
    rmSync(dir, {recursive: true});
  }
};

/** The letters of keepup's own rows. */
const OURS = 'de';
const RESULTS = fileURLToPath(new URL('RESULTS.md', import.meta.url));

type Options = {
  lines: number;
  rounds: number;
  letters: readonly string[];
  presses: number;
  peers: boolean;
  parts: ReadonlySet<string>;
  save: boolean;
};

const optionsOf = (args: string[]): Options | null => {
  const {values} = parseArgs({args, options: FLAGS});
  if (values.help) return null;
  return {
    lines: Number(values.lines),
    rounds: Number(values.rounds),
    letters: values.only.split(','),
    presses: Number(values.presses),
    peers: values.peers,
    parts: new Set(PARTS.map(({name}) => name).filter(name => values[name])),
    save: values.save,
  };
};

const FLAGS = {
  lines: {type: 'string', default: '1000000'},
  rounds: {type: 'string', default: '1'},
  only: {type: 'string', default: 'a,b,c,d,e'},
  presses: {type: 'string', default: '200'},
  peers: {type: 'boolean', default: false},
  surface: {type: 'boolean', default: false},
  growth: {type: 'boolean', default: false},
  story: {type: 'boolean', default: false},
  save: {type: 'boolean', default: false},
  help: {type: 'boolean', default: false},
} as const;

const measureAll = async (
  {lines, rounds, letters}: Options,
  contenders: readonly Contender[],
  dir: string,
): Promise<Row[]> => {
  const chosen = contenders.filter(({letter}) => letters.includes(letter) || letter === PEER_LETTER);
  const sizes = new Map(chosen.map(contender => [contender, Math.ceil(lines * contender.share)]));
  const data = new Map<number, Dataset>();
  for (const size of new Set(sizes.values())) data.set(size, await generateDataset(dir, size));
  const runs = new Map<Contender, Measured[]>(chosen.map(contender => [contender, []]));
  // Round by round, so that what disturbs the machine for a while hits all alike.
  for (let round = 0; round < rounds; round++) {
    for (const contender of chosen) {
      const measured = await contender.run(data.get(sizes.get(contender)!)!, dir);
      runs.get(contender)!.push(measured);
      console.error(`(${contender.letter}) ${contender.title}: ${measured.wallS.toFixed(2)} s`);
    }
  }
  return chosen.map(contender => rowOf(contender, runs.get(contender)!, data.get(sizes.get(contender)!)!));
};

const rowOf = (contender: Contender, runs: readonly Measured[], data: Dataset): Row => {
  const lost = Math.max(...runs.map(measured => lostLines(measured, data)));
  const measured = runs.toSorted((a, b) => a.wallS - b.wallS)[Math.floor((runs.length - 1) / 2)]!;
  return {contender, data, measured, lost};
};

const latencyOf = async ({presses}: Options, dir: string): Promise<Latency> =>
  measureLatency((await generateDataset(dir, LATENCY_LINES)).path, presses);

/** Enough that the next `cat` need not be started all the time. */
const LATENCY_LINES = 200_000;

const headOf = ({lines, rounds, peers, parts}: Options): string => {
  const more = [...(peers ? ['peers'] : []), ...parts].map(name => ` --${name}`).join('');
  const command = `npm run bench -- --save${rounds === 1 ? '' : ` --rounds ${rounds}`}${more}`;
  const memory = `${(totalmem() / 1024 ** 3).toFixed(0)} GiB`;
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${memory}`;
  const date = new Date().toISOString().slice(0, 10);
  const versions = `${process.platform} ${release()}, Node ${process.versions.node}`;
  return `# What it costs

${CATS} \`cat\`s at once, of ${lines} lines each: pino-like records of 200 bytes, 1 % cut off in the middle.
Made by \`${command}\`. Wall time is that of the whole program from start to exit; CPU is its own, all threads,
without the \`cat\`s. PSS is memory, pages that two processes share counted once. (c) and mprocs get a twentieth of
the lines: they would take minutes. Lost is ? where it cannot be known.

${date}, ${machine}, ${versions}${rounds === 1 ? '' : `, the middle of ${rounds} runs`}.
`;
};

await main();
