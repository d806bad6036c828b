import type {Random} from './random.ts';

/** A line as programs print it into their JSON output by accident; never a JSON object. */
export const badLine = (random: Random, record: string): string => {
  const [line, column] = [random.int(1, 400), random.int(1, 80)];
  return random.pick([
    record.slice(0, random.int(1, record.length - 1)),
    `(node:${random.int(1000, 9999)}) Warning: Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable`,
    `    at Object.<anonymous> (/srv/app/dist/routes/orders.js:${line}:${column})`,
    "TypeError: Cannot read properties of undefined (reading 'id')",
    `listening on 0.0.0.0:${random.int(3000, 3999)}`,
    'null',
    `["heartbeat",${random.int(1, 1e6)}]`,
  ]);
};
