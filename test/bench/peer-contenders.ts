import {CATS} from './cats.ts';
import type {Contender} from './contenders.ts';
import type {Peer} from './peers.ts';

/** The letter of peers in the table. */
export const PEER_LETTER = 'p';

/** Slow ones get fewer lines. */
const SHARES: readonly (readonly [name: string, share: number])[] = [['mprocs', 0.05]];

/** Peers as rows of the same table. One that fails is said on stderr, and its row has no figures. */
export const peerContenders = (peers: readonly Peer[]): Contender[] =>
  peers.map(peer => ({
    letter: PEER_LETTER,
    title: peer.title,
    share: SHARES.find(([name]) => peer.title.startsWith(name))?.[1] ?? 1,
    run: async ({path}) => {
      const ran = await peer.run(path, CATS);
      if (ran.kind === 'failed') console.error(`${peer.title}: ${ran.reason}`);
      const {wallS, cpuS, linesShown} = ran.kind === 'ended' ? ran : {wallS: NaN, cpuS: NaN, linesShown: null};
      return {
        wallS,
        usage: {cpuS, childrenCpuS: NaN},
        peakPssMb: NaN,
        counts: {bytes: null, lines: linesShown, records: null, failures: null},
      };
    },
  }));
