/** Formats built in, as `--format` spells them; `module:PATH` names a custom one. */
export const FORMAT_NAMES = ['auto', 'json', 'text'] as const;

/** How the lines of a process are judged. `auto` is settled by what the stream shows, once per process. */
export type Format =
  | {readonly kind: 'auto'}
  | {readonly kind: 'json'}
  | {readonly kind: 'text'}
  /** A custom parser. `url` is a file URL that workers import; `path` is what the user wrote. */
  | {readonly kind: 'module'; readonly path: string; readonly url: string};

/** A format that can judge lines. */
export type SettledFormat = Exclude<Format, {readonly kind: 'auto'}>;

/** `auto` takes a stream for text after exactly so many non-blank lines without a JSON object … */
export const AUTO_TEXT_LINES = 50;
/** … or so long after its first byte. */
export const AUTO_TEXT_MS = 5000;

/** `json`, `text`, `auto` or `module:PATH`, as shown in panes and reports. */
export const formatLabel = (format: Format): string =>
  format.kind === 'module' ? `module:${format.path}` : format.kind;
