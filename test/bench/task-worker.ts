import {isRecordLine} from './judge-line.ts';

/** Judges one line in a thread of a pool. */
export default isRecordLine;
