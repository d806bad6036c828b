import type {Crash} from './printer-options.ts';

/** Less than this after the start is no life: the moment after that is taken. */
const SHORTEST_LIFE_MS = 1000;

/**
 * When a printer is to fail, in ms since its start; Infinity: not by the clock.
 *
 * @param demoAgeMs How long the demo had been running when the printer started.
 */
export const crashAfterMs = (crash: Crash, demoAgeMs: number): number => {
  switch (crash.kind) {
    case 'never':
    case 'after-lines':
      return Infinity;
    case 'after-ms':
      return crash.ms;
    case 'at': {
      const missed = Math.ceil((demoAgeMs + SHORTEST_LIFE_MS - crash.firstMs) / crash.everyMs);
      return crash.firstMs + Math.max(0, missed) * crash.everyMs - demoAgeMs;
    }
  }
};

/** What a program says on stderr when it dies of this. */
export const LAST_WORDS = `Error: payment provider answered 503 Service Unavailable
    at Provider.charge (/srv/billing/dist/provider.js:88:11)
    at async settle (/srv/billing/dist/settle.js:31:5)
unhandled rejection, giving up
`;
