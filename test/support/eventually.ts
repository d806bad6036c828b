const PATIENCE_MS = 20_000;
const PAUSE_MS = 20;

/** Looks until what it sees will do, and hands it over; fails after 20 s with what it last saw. */
export const eventually = async <T>(look: () => T, isEnough: (seen: T) => boolean): Promise<T> => {
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = look();
    if (isEnough(seen)) return seen;
    if (performance.now() > deadlineMs) throw new Error(`never came; last seen: ${JSON.stringify(seen)}`);
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
};
