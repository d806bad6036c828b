/**
 * Makes a value when it is first asked for. For what is dear to make and seldom needed: a regular expression of
 * Unicode properties takes milliseconds, and a start has many.
 */
export const late = <T>(make: () => T): (() => T) => {
  let made: {readonly value: T} | null = null;
  return () => (made ??= {value: make()}).value;
};
