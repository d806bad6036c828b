/**
 * What the user wrote, quoted for a one-line message: control characters
 * escaped, long text cut.
 */
export const shown = (text: string): string => {
  const cut = text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)}…` : text;
  return JSON.stringify(cut.toWellFormed()).replaceAll(
    ODD,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
};

const MAX_CHARS = 60;
/** DEL, C1 controls, and what hides or reorders text: JSON leaves these as they are. */
const ODD = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
