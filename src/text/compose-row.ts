import type {ColorDepth} from '../model/color.ts';
import {styleCodes} from './ansi-codes.ts';
import {withoutSgr} from './ansi.ts';
import {sanitize} from './sanitize.ts';
import {ROLE_CODES} from './style.ts';
import type {Span, Theme} from './style.ts';
import {displayWidth, isNarrow, prefixWithin, unitsFor} from './width.ts';

/**
 * Paints a row of exactly `width` columns: sanitizes, cuts with an ellipsis or
 * pads with plain spaces.
 *
 * @returns Text with no escape sequences but SGR of our own, and with none
 *   open at its end; so rows can be joined side by side. The cost is
 *   bounded by `width`, whatever the length of the spans.
 */
export const composeRow = (spans: readonly Span[], width: number, theme: Theme): string => {
  if (width <= 0) {
    return '';
  }

  let length = 0;
  for (const {text} of spans) {
    // One more, so that colours behind what fits are not taken for more text.
    if (!isNarrow(text.length > width ? text.slice(0, width + 1) : text)) {
      return composeOddRow(spans, width, theme);
    }

    length += text.length;
    if (length > width) {
      return paint(spans, width - 1, theme, theme.ellipsis ?? '…', 0);
    }
  }

  return paint(spans, length, theme, '', width - length);
};

// Widths depend on the whole row here: a cluster may reach over the border of two spans.
const composeOddRow = (spans: readonly Span[], width: number, theme: Theme): string => {
  const shown: Span[] = [];
  let row = '';
  let whole = true;
  for (const span of spans) {
    const {text, isWhole} = withoutSgr(span.text, Math.max(0, unitsFor(width) - row.length));
    const clean = sanitize(text);
    whole &&= isWhole;
    row += clean;
    shown.push({...span, text: clean});
    if (!whole) {
      break;
    }
  }

  const all = prefixWithin(row, width);
  if (whole && all.end === row.length) {
    return paint(shown, row.length, theme, '', width - all.columns);
  }

  const ellipsis = theme.ellipsis ?? '…';
  const kept = prefixWithin(row, width - displayWidth(ellipsis));
  return paint(shown, kept.end, theme, ellipsis, width - displayWidth(ellipsis) - kept.columns);
};

// The first `end` code units of clean spans, the ellipsis in the role of the last, then plain padding.
const paint = (spans: readonly Span[], end: number, theme: Theme, ellipsis: string, padding: number): string => {
  let row = '';
  let open = '';
  let left = end;
  for (const span of spans) {
    if (left === 0) {
      break;
    }

    const {text} = span;
    if (text !== '') {
      const code = codesOf(span, theme.depth);
      row += switchStyle(open, code);
      open = code;
      row += text.length > left ? text.slice(0, left) : text;
      left -= Math.min(left, text.length);
    }
  }

  return row + ellipsis + switchStyle(open, '') + ' '.repeat(padding);
};

const codesOf = ({role, style}: Span, depth: ColorDepth): string => {
  const own = ROLE_CODES[depth][role];
  const asked = style === undefined ? '' : styleCodes(style, depth);
  return own === '' || asked === '' ? own + asked : `${own};${asked}`;
};

/** The sequence that takes a terminal from one style to another; both as SGR parameters, '' is none. */
export const switchStyle = (open: string, next: string): string => {
  if (open === next) {
    return '';
  }

  if (next === '') {
    return '\x1b[0m';
  }

  return open === '' ? `\x1b[${next}m` : `\x1b[0;${next}m`;
};
