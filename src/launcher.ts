#!/usr/bin/env -S node --max-semi-space-size=2
// The bin. It is read by whatever Node the machine has: keep to what Node 18 can parse and run,
// and import nothing but Node's own modules before the version is known.
import {spawn} from 'node:child_process';
import {writeSync} from 'node:fs';
import {createRequire} from 'node:module';
import {constants} from 'node:os';
import {isatty} from 'node:tty';
import {fileURLToPath} from 'node:url';
import {setFlagsFromString} from 'node:v8';

const NEEDED_NODE = [22, 18] as const;
/**
 * V8 lets the young generation of each thread grow to 128 MB by default; with
 * this it is a tenth, for the same speed. The shebang and the spawned Node get
 * it for all threads; set from here it reaches the workers only.
 */
const MEMORY_FLAG = '--max-semi-space-size=2';

const launch = async (): Promise<void> => {
  if (process.platform === 'win32') return refuse('Windows is not supported; run keepup inside WSL instead');
  if (isNewEnough(process.versions.node)) return runHere();
  const node = bundledNode();
  if (node !== null) return runWith(node);
  refuse(
    `needs Node ${NEEDED_NODE.join('.')} or newer, got ${process.versions.node}, ` +
      `and no bundled Node is installed for ${process.platform}-${process.arch}; ` +
      'install a newer Node, or reinstall keepup without --omit=optional',
  );
};

const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
};

const runHere = async (): Promise<void> => {
  setFlagsFromString(MEMORY_FLAG);
  const {main} = await import('./cli.ts');
  await main(process.argv.slice(2));
};

/** Path of the Node that npm installed beside us as an optional dependency. */
const bundledNode = (): string | null => {
  try {
    return createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return null;
  }
};

/**
 * Runs ourselves under a newer Node, on the same terminal and with the
 * environment as it is, and ends as it ends.
 *
 * Every signal is passed on at once. Ctrl-C in a cooked terminal, `timeout`,
 * a closed terminal and npm all signal the whole process group, so the child
 * may get the same signal twice within milliseconds; it does so without a
 * launcher too. Who sent a signal cannot be seen from Node, so the one who
 * acts on signals, cli.ts, takes a repeat within half a second for the same.
 * Stopping (Ctrl-Z, SIGTSTP) is left to the kernel: the UI stops the whole
 * group, launcher included, so that the shell gets the terminal.
 */
const runWith = (node: string): void => {
  const child = spawn(node, [MEMORY_FLAG, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', error =>
    refuse(
      `the bundled Node could not be started: ${node}: ${error.message}; reinstall keepup, or install Node ` +
        `${NEEDED_NODE.join('.')} or newer`,
    ),
  );
  child.on('exit', (code, signal) => {
    if (signal === null) return process.exit(code ?? 1);
    restoreTerminal();
    process.exit(128 + constants.signals[signal]);
  });
};

/**
 * Undoes what a screen sets that died without a word. The modes (raw, echo) are
 * Node's to put back, as they were at our start, when we exit.
 */
const restoreTerminal = (): void => {
  if (!isatty(1)) return;
  try {
    writeSync(1, RESETS);
  } catch {
    // The terminal is gone.
  }
};

/**
 * Ends synchronized output, mouse and focus reports, bracketed paste, hidden cursor, lines that don't wrap, colours,
 * alternate screen; the same as the terminal's guard writes, which may do so before or after us.
 */
const RESETS =
  '\u001B[?2026l\u001B[?1000l\u001B[?1002l\u001B[?1003l\u001B[?1006l\u001B[?1004l' +
  '\u001B[?2004l\u001B[?25h\u001B[?7h\u001B[0m\u001B7\u001B[?1049l';

/** Paths may hold anything; `text/sanitize` is not for old Nodes. */
const refuse = (sentence: string): void => {
  process.stderr.write(`keepup: ${sentence.replace(/[^ -~]/g, '?')}\n`);
  process.exitCode = 1;
};

await launch();
