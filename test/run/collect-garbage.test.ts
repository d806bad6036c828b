import {expect, test, vi} from 'vitest';
import {collectGarbage} from '../../src/run/collect-garbage.ts';

test('collects what nobody holds any more, again and again, until it is ended', async () => {
  let collected = 0;
  const registry = new FinalizationRegistry(() => collected++);
  const end = collectGarbage(5);
  try {
    for (let round = 1; round <= 2; round++) {
      (() => registry.register(Buffer.alloc(1024), null))();
      await vi.waitFor(() => expect(collected).toBe(round), 20_000);
    }
  } finally {
    end();
  }
});
