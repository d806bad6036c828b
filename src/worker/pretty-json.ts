/** What tells a reviver how a number was written, and what keeps it so (ECMAScript 2026; Node has it since 21). */
type SourceAwareJson = {
  readonly parse: (text: string, revive: Reviver) => unknown;
  readonly rawJSON: (text: string) => unknown;
};

type Reviver = (key: string, value: unknown, context: {readonly source?: string}) => unknown;

/**
 * A JSON text with line breaks and two spaces a level.
 *
 * @param json A valid JSON text. Its numbers stay as they are written, however large.
 */
export const prettyJson = (json: string): string => {
  const {parse, rawJSON} = JSON as unknown as SourceAwareJson;
  const value = parse(json, (_key, inner, {source}) =>
    typeof inner === 'number' && source !== undefined ? rawJSON(source) : inner,
  );
  return JSON.stringify(value, null, 2);
};
