import {existsSync} from 'node:fs';
import {relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {demoArguments} from './demo-arguments.ts';

const LAUNCHER = new URL('../dist/launcher.js', import.meta.url);
const PRINTER = new URL('printer.ts', import.meta.url);

/** Becomes keepup, watching five printers. */
const main = async (args: readonly string[]): Promise<void> => {
  if (!existsSync(LAUNCHER)) {
    process.stderr.write('demo: dist/ is missing: expected a built keepup; run npm ci first\n');
    process.exitCode = 1;
    return;
  }
  const isAttended = process.stdin.isTTY && process.stdout.isTTY;
  const printer = relative(process.cwd(), fileURLToPath(PRINTER));
  process.env['KEEPUP_DEMO_STARTED_AT'] = String(Date.now());
  process.argv = [process.execPath, fileURLToPath(LAUNCHER), ...demoArguments(args, {isAttended, printer})];
  await import(LAUNCHER.href);
};

await main(process.argv.slice(2));
