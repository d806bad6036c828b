/** An object with so many levels; `nest(1)` is `{}`. */
export const nest = (levels: number): Record<string, unknown> => {
  let value: Record<string, unknown> = {};
  for (let level = 1; level < levels; level++) value = {a: value};
  return value;
};
