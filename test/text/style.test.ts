import {describe, expect, test} from 'vitest';
import {asciiGlyphs, colorDepth, glyphsFor, unicodeGlyphs} from '../../src/text/style.ts';
import type {Border, Glyphs} from '../../src/text/style.ts';
import {displayWidth} from '../../src/text/width.ts';

const signs = (glyphs: Glyphs): string[] =>
  Object.values<string | Border | readonly string[]>(glyphs)
    .flatMap((glyph) => (typeof glyph === 'string' ? [glyph] : Object.values<string>(glyph)));

describe('colorDepth', () => {
  test.each([
    [{TERM: 'xterm'}, true, '16'],
    [{TERM: 'xterm-256color'}, true, '256'],
    [{TERM: 'screen.xterm-256color'}, true, '256'],
    [{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, true, 'true'],
    [{TERM: 'xterm', COLORTERM: '24bit'}, true, 'true'],
    [{TERM: 'xterm', COLORTERM: 'yes'}, true, '16'],
    [{TERM: 'xterm-direct'}, true, 'true'],
    [{}, true, '16'],
    [{TERM: 'xterm-256color'}, false, 'none'],
    [{TERM: 'dumb', COLORTERM: 'truecolor'}, true, 'none'],
    [{NO_COLOR: '1', TERM: 'xterm-256color'}, true, 'none'],
    [{NO_COLOR: '', TERM: 'xterm-256color'}, true, '256'],
    [{NO_COLOR: '1', FORCE_COLOR: '3'}, true, 'none'],
    [{FORCE_COLOR: ''}, false, '16'],
    [{FORCE_COLOR: '1'}, false, '16'],
    [{FORCE_COLOR: 'true'}, false, '16'],
    [{FORCE_COLOR: '2'}, false, '256'],
    [{FORCE_COLOR: '3', TERM: 'dumb'}, false, 'true'],
    [{FORCE_COLOR: '0', TERM: 'xterm-256color'}, true, 'none'],
    [{FORCE_COLOR: 'false', TERM: 'xterm-256color'}, true, 'none'],
  ])('of %j, terminal: %s, is %s', (env, isTTY, depth) => {
    expect(colorDepth(env, isTTY)).toBe(depth);
  });
});

describe('glyphsFor', () => {
  test.each([
    [{LANG: 'en_US.UTF-8'}, unicodeGlyphs],
    [{LANG: 'de_DE.utf8'}, unicodeGlyphs],
    [{LANG: 'C.UTF-8', TERM: 'xterm'}, unicodeGlyphs],
    [{}, unicodeGlyphs],
    [{LANG: ''}, unicodeGlyphs],
    [{LANG: 'C'}, asciiGlyphs],
    [{LANG: 'POSIX'}, asciiGlyphs],
    [{LANG: 'de_DE.ISO-8859-1'}, asciiGlyphs],
    [{LC_ALL: 'C', LANG: 'en_US.UTF-8'}, asciiGlyphs],
    [{LC_CTYPE: 'C', LANG: 'en_US.UTF-8'}, asciiGlyphs],
    [{LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'C'}, unicodeGlyphs],
    [{LANG: 'en_US.UTF-8', TERM: 'linux'}, asciiGlyphs],
    [{LANG: 'en_US.UTF-8', TERM: 'dumb'}, asciiGlyphs],
  ])('of %j', (env, glyphs) => {
    expect(glyphsFor(env)).toBe(glyphs);
  });
});

describe('glyphs', () => {
  test.each([['unicode', unicodeGlyphs], ['ascii', asciiGlyphs]])('%s: each takes one column', (_, glyphs) => {
    expect(signs(glyphs).filter((sign) => displayWidth(sign) !== 1)).toEqual([]);
    expect(glyphs.sparks).toHaveLength(8);
    expect(new Set(glyphs.sparks).size).toBe(8);
  });

  test('ascii is ASCII', () => {
    expect(signs(asciiGlyphs).join('')).toMatch(/^[!-~]+$/);
  });

  test.each([unicodeGlyphs, asciiGlyphs])('states and borders can be told apart without colour', (glyphs) => {
    const {running, waiting, paused, exited, failed} = glyphs;
    expect(new Set([running, waiting, paused, exited, failed]).size).toBe(5);
    expect(new Set([glyphs.border.topLeft, glyphs.focusBorder.topLeft, glyphs.overlayBorder.topLeft]).size).toBe(3);
  });
});
