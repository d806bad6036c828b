import {composeRow} from './compose-row.ts';

/** What needs the segmenter, the tables of marks and the patterns of emoji. */
const ODD_TEXT = 'e\u0301\u0301\u0301\u0301\u0301\u0301 \u0e01\u0e33 \u202e\u{1f469}\u200d\u{1f4bb}\u{1f600}';

/**
 * Makes what odd text needs, once: some 40 ms, mostly for the patterns of all
 * emoji. Called where nobody waits for a frame, the first frame that shows
 * such text costs no more than any other.
 */
export const warmUp = (): void => {
  composeRow([{text: ODD_TEXT, role: 'plain'}], 80, {depth: 'none'});
};
