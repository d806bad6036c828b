import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {onTestFinished} from 'vitest';

/** A run in a process of its own, listening under `name`. */
export type RunChild = {readonly child: ChildProcess; readonly name: string; readonly pid: number};

const SCRIPT = fileURLToPath(new URL('run-child.ts', import.meta.url));

/** Starts a run that wants this name; resolves when it listens. Killed when the test is over. */
export const startRun = async (folder: string, wantedName: string): Promise<RunChild> => {
  const child = spawn(process.execPath, [SCRIPT, folder, wantedName], {stdio: ['pipe', 'pipe', 'inherit']});
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {child, name: line.toString().trim(), pid: child.pid ?? 0};
};

/** Ends it as a crash would: its socket stays behind. */
export const crash = async ({child}: RunChild): Promise<void> => {
  child.kill('SIGKILL');
  await once(child, 'exit');
};
