import type {QuitSignal} from '../model/command.ts';

const SIGNALS: readonly QuitSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** A terminal signals the whole group, and the launcher passes on what it got: the same signal may come twice. */
const SAME_SIGNAL_MS = 500;

/** Calls back for each signal that asks us to end. */
export const onQuitSignal = (listener: (signal: QuitSignal) => void): void => {
  for (const signal of SIGNALS) process.on(signal, unlessSame(() => listener(signal)));
};

const unlessSame = (act: () => void): (() => void) => {
  let actedAtMs = -Infinity;
  return () => {
    if (performance.now() - actedAtMs < SAME_SIGNAL_MS) return;
    actedAtMs = performance.now();
    act();
  };
};
