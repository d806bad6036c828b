import {MAX_TEMPLATE_CHARS} from '../model/tally.ts';
import {dropSgr, mayHoldSgr} from '../model/sgr.ts';
import {plainEnd, tokenAt} from './template-token.ts';

/**
 * The shape of a line: what varies from one occurrence to the next is masked, so that lines of one shape
 * make one error group.
 *
 * `<str> <uuid> <hex> <id> <ip> <url> <path> <email> <time> <n>` stand for quoted strings (but not for the keys
 * of JSON), ids, addresses, files, times and numbers with their units; white space becomes one space. Runs once
 * a failure, which may be every line: a scan by hand, several times as fast as one large regular expression.
 *
 * @param text The line or message; only its first {@link HEAD_CHARS} are looked at, so any input is cheap.
 * @returns At most `MAX_TEMPLATE_CHARS` long; empty for a blank text.
 */
export const errorTemplate = (text: string): string => {
  const head = headOf(text);
  let template = '';
  let copied = 0;
  let at = 0;
  while (at < head.length && template.length < MAX_TEMPLATE_CHARS) {
    const end = plainEnd(head, at);
    if (end > at) {
      at = end;
      continue;
    }
    const token = tokenAt(head, at);
    template += head.slice(copied, at) + token.mask;
    copied = at = token.end;
  }
  return (template + head.slice(copied, at)).slice(0, MAX_TEMPLATE_CHARS).trim();
};

/** How much of a line makes its template, in UTF-16 code units. */
export const HEAD_CHARS = 256;

const headOf = (text: string): string => {
  const head = text.slice(0, HEAD_CHARS);
  return mayHoldSgr(head) ? dropSgr(text.slice(0, COLOURED_CHARS)).replace(SEQUENCES, '').slice(0, HEAD_CHARS) : head;
};

/** A coloured line is looked at so far. */
const COLOURED_CHARS = 8 * HEAD_CHARS;
// oxlint-disable-next-line no-control-regex -- the escapes are what it looks for
const SEQUENCES = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;
