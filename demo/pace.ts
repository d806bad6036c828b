import type {PrinterOptions} from './printer-options.ts';

const WAVE_MS = 24_000;

/**
 * How many lines should have been printed by now.
 *
 * @param sinceMs Since the printer's start.
 */
export const linesDue = (options: Pick<PrinterOptions, 'linesPerSec' | 'wave' | 'burst'>, sinceMs: number): number => {
  const {linesPerSec, wave, burst} = options;
  if (linesPerSec === Infinity) return Infinity;
  // The integral of rate × (1 + wave × sin(2π t / period)).
  const swing = (wave * WAVE_MS * (1 - Math.cos((2 * Math.PI * sinceMs) / WAVE_MS))) / (2 * Math.PI);
  const bursts = burst === null ? 0 : Math.floor(sinceMs / burst.everyMs) * burst.lines;
  return Math.floor((linesPerSec * (sinceMs + swing)) / 1000) + bursts;
};
