import stringWidth from 'string-width';
import {expect, test, vi} from 'vitest';
import {warmUp} from '../../src/text/warm-up.ts';
import {cut} from '../../src/text/width.ts';

vi.mock('string-width', {spy: true});

test('reaches the code that only odd text needs, down to the patterns of emoji', () => {
  const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
  cut('plain', 10);
  expect(segment).not.toHaveBeenCalled();
  warmUp();
  expect(segment).toHaveBeenCalled();
  expect(stringWidth).toHaveBeenCalledWith(expect.stringContaining('e\u0301'));
});
