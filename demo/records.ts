import type {Random} from './random.ts';

/** Kinds of output that a printer can imitate. */
export const SERVICES = ['blackbox', 'api', 'worker', 'billing', 'search'] as const;
export type Service = (typeof SERVICES)[number];

/** A record before its time and level are put in front. */
type Said = {readonly level: Level; readonly msg: string; readonly fields: Readonly<Record<string, unknown>>};
type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** One JSON line of a service, as its logger would write it; without the newline. */
export const recordLine = (service: Exclude<Service, 'blackbox'>, random: Random, nowMs: number): string => {
  const {level, msg, fields} = SPEAKERS[service](random);
  return JSON.stringify({level: PINO_LEVELS[level], time: nowMs, msg, ...fields});
};

const PINO_LEVELS: Readonly<Record<Level, number>> = {debug: 20, info: 30, warn: 40, error: 50, fatal: 60};

const api = (random: Random): Said => {
  const method = random.pick(['GET', 'GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE']);
  const request = {method, path: pathOf(random), request_id: random.hex(12)};
  const die = random.next();
  if (die < 0.001) {
    return said('error', 'upstream timed out', {
      ...request,
      upstream: `db-${random.int(1, 3)}`,
      attempt: random.int(1, 3),
    });
  }
  if (die < 0.02) return said('warn', 'slow request', {status: 200, latency_ms: random.int(800, 4000), ...request});
  if (die < 0.05) return said('warn', 'rate limited', {status: 429, client: address(random), ...request});
  return said('info', 'request completed', {status: statusOf(random, method), latency_ms: latency(random), ...request});
};

const worker = (random: Random): Said => {
  const job = {queue: random.pick(['email', 'thumbnails', 'exports', 'webhooks']), job: random.int(100_000, 999_999)};
  const die = random.next();
  if (die < 0.02) return said('error', `job failed: connect ETIMEDOUT ${address(random)}:5432`, {...job, attempts: 3});
  if (die < 0.08)
    return said('warn', 'job retried', {...job, attempts: random.int(1, 2), delay_s: 2 ** random.int(0, 5)});
  if (die < 0.3) return said('debug', 'job taken', {...job, waiting: random.int(0, 240)});
  return said('info', 'job finished', {...job, duration_ms: random.int(12, 900)});
};

const billing = (random: Random): Said => {
  const customer = random.pick([
    'Café Zürich',
    'Bäckerei Ömür',
    'Ταβέρνα Αθήνα',
    'Smørrebrød & Co',
    'Łódź Logistics',
    'ACME ★ Ltd',
  ]);
  const invoice = {invoice: `INV-${random.int(10_000, 99_999)}`, customer};
  const amount = {amount: random.int(500, 250_000) / 100, currency: random.pick(['EUR', 'USD', 'JPY', 'PLN'])};
  const die = random.next();
  if (die < 0.05)
    return said('error', 'card declined', {...invoice, reason: random.pick(['insufficient_funds', 'expired'])});
  if (die < 0.12) return said('warn', 'payment provider is slow', {...invoice, latency_ms: random.int(2000, 9000)});
  return said('info', random.pick(['invoice paid', 'invoice paid', 'invoice sent']), {...invoice, ...amount});
};

const search = (random: Random): Said => {
  const index = random.pick(['products', 'orders', 'articles']);
  const shard = {index, shard: random.int(0, 7)};
  if (random.chance(0.06)) return said('warn', 'merge throttled', {...shard, pending: random.int(3, 40)});
  const stats = {docs: random.int(100, 9000), took: {parse_ms: random.int(1, 20), write_ms: random.int(5, 300)}};
  return said('info', 'segment written', {...shard, ...stats, terms: Array.from({length: 4}, () => wordOf(random))});
};

const SPEAKERS: Readonly<Record<Exclude<Service, 'blackbox'>, (random: Random) => Said>> = {
  api,
  worker,
  billing,
  search,
};

const said = (level: Level, msg: string, fields: Said['fields']): Said => ({level, msg, fields});

const pathOf = (random: Random): string =>
  random.pick([
    '/',
    '/login',
    '/api/orders',
    `/api/orders/${random.int(1, 99_999)}`,
    `/api/users/${random.int(1, 9999)}`,
    '/api/search',
  ]);

const statusOf = (random: Random, method: string): number => {
  if (random.chance(0.03)) return random.pick([404, 401, 400]);
  return method === 'POST' ? 201 : 200;
};

/** Most requests are quick, a few are not. */
const latency = (random: Random): number => Math.round(3 + 12 * -Math.log(1 - random.next()));

const address = (random: Random): string => `10.0.${random.int(0, 7)}.${random.int(1, 254)}`;

/** A word that anyone might have said. */
export const wordOf = (random: Random): string => random.pick(WORDS);

const WORDS = [
  'amber',
  'birch',
  'café',
  'drift',
  'ember',
  'fjord',
  'grove',
  'harbor',
  'island',
  'jungle',
  'kelp',
  'lantern',
  'meadow',
  'naïve',
  'orchid',
  'pebble',
  'quartz',
  'river',
  'smörgåsbord',
  'tundra',
  'umbra',
  'violet',
  'москва',
  'zephyr',
] as const;
