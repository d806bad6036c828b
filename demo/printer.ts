import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {blackboxTurn} from './blackbox.ts';
import {LAST_WORDS, crashAfterMs} from './crash-plan.ts';
import {LineSource} from './line-source.ts';
import {linesDue} from './pace.ts';
import {PRINTER_USAGE, printerOptions, type PrinterOptions} from './printer-options.ts';
import {seededRandom, type Random} from './random.ts';
import type {Service} from './records.ts';
import {tornPieces} from './torn-pieces.ts';

/** A noisy program to watch: see `--help`. */
const main = async (args: readonly string[]): Promise<void> => {
  if (args.includes('--help')) return write(`${PRINTER_USAGE}\n`);
  const options = printerOptions(args, process.pid);
  const random = seededRandom(options.seed);
  const startedAtMs = Number(process.env['KEEPUP_DEMO_STARTED_AT'] ?? Date.now());
  const life = crashAfterMs(options.crash, Math.max(0, Date.now() - startedAtMs));
  if (life !== Infinity) setTimeout(() => void crash(options), life).unref();
  if (options.service === 'blackbox') await speakAsBlackbox(options, random);
  else await speakAsService(options.service, options, random);
};

const speakAsBlackbox = async (options: PrinterOptions, random: Random): Promise<void> => {
  for (let printed = 0; printed < options.count; printed += 2) {
    const turn = blackboxTurn(random, process.pid, options.maxWaitSeconds);
    await write(`${turn.status}\n`);
    await sleep(turn.waitSeconds * 1000);
    if (printed + 1 < options.count) await write(`${turn.answer(Date.now())}\n`);
    if (crashesAt(options, printed + 2)) return crash(options);
  }
};

/** How often a printer catches up with its rate, and how many lines it prints at once at the most. */
const TICK_MS = 40;
const MAX_BLOCK_LINES = 4000;

const speakAsService = async (service: Exclude<Service, 'blackbox'>, options: PrinterOptions, random: Random) => {
  const source = new LineSource(service, options, random);
  const startedAtMs = performance.now();
  const limit = Math.min(options.count, options.crash.kind === 'after-lines' ? options.crash.lines : Infinity);
  for (let printed = 0; printed < limit;) {
    const due = Math.min(limit, linesDue(options, performance.now() - startedAtMs)) - printed;
    const lines = Math.max(0, Math.min(due, MAX_BLOCK_LINES));
    if (options.torn > 0)
      for (let line = 0; line < lines; line++) await writeLine(source.line(Date.now()), options, random);
    else if (lines > 0) await write(source.block(lines, Date.now()));
    printed += lines;
    if (lines < MAX_BLOCK_LINES) await sleep(TICK_MS * (0.5 + Math.random()));
  }
  if (crashesAt(options, limit)) await crash(options);
};

const crashesAt = ({crash: plan}: PrinterOptions, printed: number): boolean =>
  plan.kind === 'after-lines' && printed >= plan.lines;

const writeLine = async (line: string, {torn}: PrinterOptions, random: Random): Promise<void> => {
  if (!random.chance(torn)) return write(line);
  for (const piece of tornPieces(line, random)) {
    await write(piece);
    await sleep(random.int(1, 25));
  }
};

const write = async (text: string | Buffer): Promise<void> => {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
};

const crash = async ({exitCode}: PrinterOptions): Promise<void> => {
  process.stderr.write(LAST_WORDS, () => process.exit(exitCode));
};

/** Nobody listens any more: no reason to complain. */
process.stdout.on('error', () => process.exit(0));

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`printer: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
