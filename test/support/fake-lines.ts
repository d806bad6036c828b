import type {DisplayLine, LineKey} from '../../src/model/display-line.ts';
import type {Level} from '../../src/model/verdict.ts';

/** What a scripted process prints. */
export type Voice = 'web' | 'database' | 'text' | 'unsettled' | 'hostile' | 'wide';

/** Picks from a list by a number, the same each time. */
export const pickBy = <T>(list: readonly T[], n: number): T => {
  const item = list[((n % list.length) + list.length) % list.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** A stretch of pseudo-random numbers from 0 to 1, the same for the same seed. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
};

type Place = {readonly key: LineKey; readonly line: number; readonly generation: number; readonly atMs: number};

/** A line that a parser accepted. */
export const recordLine = (place: Place, voice: Voice, random: () => number): DisplayLine => {
  const n = Math.floor(random() * 1_000_000);
  const {level, message, fields} = speak(voice, n);
  if (voice === 'unsettled')
    return {...place, kind: 'undecided', ownTime: false, level, failure: null, message, fields};
  return {...place, kind: 'record', ownTime: voice !== 'text', level, failure: null, message, fields};
};

/** A line that is no JSON. */
export const failedLine = (place: Place, random: () => number): DisplayLine => ({
  ...place,
  kind: 'failure',
  ownTime: false,
  level: 'none',
  failure: 'invalid-json',
  message: pickBy(BROKEN, Math.floor(random() * 100)),
  fields: [],
});

export const stderrLine = (place: Place, message: string): DisplayLine => ({
  ...place,
  kind: 'stderr',
  ownTime: false,
  level: 'none',
  failure: null,
  message,
  fields: [],
});

export const TRACE = [
  "TypeError: Cannot read properties of undefined (reading 'id')",
  '    at handler (/srv/app/src/routes/user.js:88:21)',
  '    at Layer.handle (/srv/app/node_modules/router/lib/layer.js:95:5)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  'Node.js v24.21.0',
];

const BROKEN = [
  '    at Object.<anonymous> (/srv/app/src/worker.js:12:9)',
  '{"level":"info","msg":"half a rec',
  'panic: runtime error: index out of range [7] with length 5',
  'Killed',
];

type Said = Pick<DisplayLine, 'level' | 'message' | 'fields'>;

const speak = (voice: Voice, n: number): Said => {
  switch (voice) {
    case 'web':
      return pickBy(WEB, n)(n);
    case 'database':
      return pickBy(DATABASE, n)(n);
    case 'text':
    case 'unsettled':
      return {level: 'none', message: pickBy(TEXT, n), fields: []};
    case 'hostile':
      return {level: 'info', message: pickBy(HOSTILE, n), fields: [['\u001B]0;owned\u0007', '\u001B[31mred\u001B[2J']]};
    case 'wide':
      return {
        level: 'info',
        message: pickBy(WIDE, n),
        fields: [
          ['ユーザー', '山田太郎'],
          ['emoji', '👩‍👩‍👧‍👦🏳️‍🌈'],
        ],
      };
  }
};

const say = (level: Level, message: string, fields: Said['fields'] = []): Said => ({level, message, fields});

const often = Array.from(
  {length: 9},
  () =>
    (n: number): Said =>
      say('info', 'request completed', [
        ['status', pickBy(['200', '200', '201', '304', '404'], n)],
        ['method', pickBy(['GET', 'GET', 'POST', 'PUT'], n)],
        ['path', `/api/v2/users/${n % 4096}/orders`],
        ['latency_ms', String(3 + (n % 210))],
        ['request_id', `req_${n.toString(36)}`],
      ]),
);

const WEB: readonly ((n: number) => Said)[] = [
  ...often,
  (n) =>
    say('warn', 'cache miss', [
      ['key', `user:${n % 9999}`],
      ['ttl_s', '300'],
    ]),
  (n) =>
    say('debug', 'pool checkout', [
      ['free', String(n % 16)],
      ['wait_ms', String(n % 7)],
    ]),
  (n) =>
    n % 3 === 0
      ? say('error', 'upstream timed out', [
          ['host', `db-${n % 4}`],
          ['attempt', String(1 + (n % 3))],
        ])
      : say('info', 'session renewed', [['user', String(n % 9999)]]),
];

const DATABASE: readonly ((n: number) => Said)[] = [
  (n) =>
    say('info', 'checkpoint complete', [
      ['buffers', String(n % 9000)],
      ['write_s', (n % 30).toFixed(1)],
      ['sync_ms', String(n % 90)],
    ]),
  (n) =>
    say('info', 'autovacuum of table "public.orders"', [
      ['pages', String(n % 700)],
      ['tuples', String(n)],
    ]),
  (n) =>
    say('debug', 'plan', [
      ['sql', `SELECT * FROM orders WHERE id = ${n} AND state IN ('open', 'held') ORDER BY created_at DESC LIMIT 50`],
    ]),
];

const TEXT = [
  '64 bytes from 127.0.0.1: icmp_seq=812 ttl=64 time=0.041 ms',
  'GET /healthz 200 0.3ms',
  'compiled 412 modules in 1.84 s, watching for changes',
  'Progress: 48 % [=================>                   ] eta 00:03:12',
];

const HOSTILE = [
  'clear \u001B[2J\u001B[H and bell \u0007 and title \u001B]0;pwned\u0007',
  'bidi \u202E txt.exe \u2066 and zero\u200Bwidth',
  'carriage\rreturn\nnewline\ttab',
  'combining Z\u0351\u0343\u0357\u0350\u0352\u0301\u0300\u0304\u030B done',
];

const WIDE = [
  '日本語のログ行です。処理が完了しました',
  '한국어 로그 메시지 처리 완료',
  'shipped 🚀 to prod 🎉 by 👩🏽‍💻',
  'ﷺ wide ⚠️ doubtful ✔️ glyphs 🇩🇪',
];
