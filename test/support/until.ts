/** Resolves when a condition holds, which is looked at again and again; rejects when it never does. */
export const until = async (condition: () => boolean, timeoutMs = 20_000): Promise<void> => {
  const endsAtMs = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > endsAtMs) throw new Error(`not within ${timeoutMs} ms: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
};

const LOOK_MS = 20;
