import {isGrouped} from '../model/tally.ts';
import type {GroupName, ParseTask} from '../model/task.ts';
import type {Level} from '../model/verdict.ts';
import {messageOf, MESSAGE_KEYS, recordMessage} from '../parse/record-view.ts';
import type {FieldFinder} from '../scan/field-finder.ts';
import type {JsonScanner, LineUse, PickedLine} from '../scan/scanner.ts';
import {TemplateCache} from '../state/template-cache.ts';
import type {BatchBuilder} from './batch-builder.ts';
import {GroupCounter} from './group-counter.ts';
import type {GroupNames} from './group-names.ts';
import type {LineCursor} from './line-cursor.ts';

/** What the scanner does not only count: what makes error groups. */
export const useOf = (line: Level | 'blank' | 'failure'): LineUse =>
  line === 'failure' || (line !== 'blank' && isGrouped(line)) ? 'group' : 'count';

/** What a batch is taken with. `judge` judges the line that the cursor is at. */
export type Taking = {readonly cursor: LineCursor; readonly builder: BatchBuilder; readonly judge: () => void};

/** One a thread: has the scanner judge batches of JSON lines, as far as that is possible without parsing them. */
export class ScannedLines {
  readonly #scanner: JsonScanner;
  readonly #finder: FieldFinder;
  readonly #templates = new TemplateCache();
  readonly #names: GroupNames;
  /** By the scanner's number of a group. */
  readonly #groups: GroupName[] = [];

  constructor(scanner: JsonScanner, names: GroupNames) {
    this.#scanner = scanner;
    this.#names = names;
    this.#finder = scanner.finder(MESSAGE_KEYS.map(key => [key]));
    this.#finder.useForGroups();
  }

  /**
   * Takes a batch up to its last lines, which will be shown, and so must be parsed. Leaves the cursor before these.
   * Does nothing where each line must be judged on its own: some are not whole, are written out, or left out.
   */
  take(task: ParseTask, {cursor, builder, judge}: Taking): void {
    if (task.format.kind !== 'json' || task.emit !== null || task.sampleEvery !== 1) return;
    if (task.lines <= task.tailLines || task.discarded.length > 0 || cursor.bytes.at(-1) !== NEWLINE) return;
    const to = startOfLast(cursor.bytes, task.tailLines);
    const {bytes, shared, maxLineBytes} = task;
    const range = {bytes, isInMemory: shared !== null, from: cursor.hasBom ? BOM_BYTES : 0, to, maxLineBytes};
    if (this.#names.makeRoom()) this.#scanner.forgetGroups();
    const groups = new GroupCounter(this.#names);
    const counts = this.#scanner.scan(range, (line, address) => {
      // A byte order mark before the first line is a part of it.
      if (line.index === 0) line.start = 0;
      if (this.#takeCertain(line, address, cursor, builder, groups)) return;
      cursor.moveTo(line.index, line.start);
      judge();
    });
    if (counts === null) return;
    this.#scanner.eachGroup((group, {count, index, start}) => {
      groups.count(this.#groups[group]!, index, index === 0 ? 0 : start, count);
    });
    builder.countScanned(counts);
    if (task.samples) {
      groups.addTo(builder.tally, cursor, task);
    } else {
      builder.grouped = groups.counted;
    }
    cursor.stopBefore(counts.lines, to);
  }

  /** Counts a line, if it needs no parser; false where it does. The cursor goes there only where its text is needed. */
  #takeCertain(line: PickedLine, address: number, cursor: LineCursor, builder: BatchBuilder, groups: GroupCounter): boolean {
    const kind = line.kind === 'record' ? line.level : line.kind;
    if (kind === null || kind === 'ask' || kind === 'blank') return false;
    if (!isGroupKind(kind)) {
      builder.countRecord(kind);
      return true;
    }
    const name = this.#names.nameOf(kind, this.#templates.templateOf(this.#shownIn(line, address, cursor)));
    if (line.group !== null) {
      this.#groups[line.group] = name;
      return true;
    }
    if (kind === 'error' || kind === 'fatal') builder.countRecord(kind);
    else builder.countFailure(kind);
    groups.count(name, line.index, line.start);
    return true;
  }

  /** What a line's template is made of. */
  #shownIn(line: PickedLine, address: number, cursor: LineCursor): string {
    const message = line.kind === 'record' ? this.#messageAt(line, address, cursor) : '';
    return message === '' ? textOf(line, cursor) : message;
  }

  /** As `recordMessage` has it. */
  #messageAt(line: PickedLine, address: number, cursor: LineCursor): string {
    if (!this.#finder.find(address)) return recordMessage(JSON.parse(textOf(line, cursor)));
    for (let key = 0; key < MESSAGE_KEYS.length; key++) {
      const text = this.#finder.plainText(key, LONGEST_PLAIN_BYTES);
      if (text !== null) return text;
      const json = this.#finder.json(key);
      const message = json === null ? null : messageOf(JSON.parse(json));
      if (message !== null) return message;
    }
    return '';
  }
}

type GroupKind = 'error' | 'fatal' | 'invalid-json' | 'not-an-object';

const isGroupKind = (kind: Level | GroupKind): kind is GroupKind =>
  kind === 'invalid-json' || kind === 'not-an-object' || isGrouped(kind);

const textOf = ({index, start}: PickedLine, cursor: LineCursor): string => {
  cursor.moveTo(index, start);
  return cursor.text();
};

/** A template is made of far less. */
const LONGEST_PLAIN_BYTES = 65_536;
const BOM_BYTES = 3;
const NEWLINE = 10;

/** Index of the first byte of the last `count` lines. */
const startOfLast = (bytes: Buffer, count: number): number => {
  let at = bytes.length;
  for (let line = 0; line < count; line++) at = at < 2 ? 0 : bytes.lastIndexOf(NEWLINE, at - 2) + 1;
  return at;
};
