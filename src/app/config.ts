import { resolve } from 'node:path';
import { z } from 'zod';

// Every setting of the program, in one place. README.md shows this table; a test keeps the two alike.
const settingsShape = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8080)
    .describe('Port to listen on; 0 takes a free one'),
  DATA_DIR: z.string().default('./data').describe('Database, files and keys of this installation'),
  DATABASE_URL: z
    .string()
    .default('')
    .describe(
      'A PostgreSQL of your own (15 or newer) as the owner of its database; empty: the embedded one in DATA_DIR',
    ),
  DATABASE_APP_URL: z
    .string()
    .default('')
    .describe(
      'The same database as a login that is a member of mengyue_app only; empty: DATABASE_URL, turned into that role',
    ),
  PUBLIC_ORIGIN: z
    .string()
    .default('')
    .describe('How people reach the shop, e.g. https://shop.example; production demands it'),
  MASTER_KEY_FILE: z
    .string()
    .default('')
    .describe('The key that opens all stored secrets; empty: DATA_DIR/master.key'),
  LOG_HEAD: z
    .string()
    .default('')
    .describe(
      'Where the newest head of the evidence log is kept: a file or a compare-and-swap URL; empty: DATA_DIR/log.head',
    ),
  MODE: z
    .enum(['demo', 'production'])
    .default('demo')
    .describe('demo: a demo world, a movable clock; production: neither'),
  CUSTODY: z
    .enum(['demo', 'psp'])
    .default('demo')
    .describe(
      'Who holds the money: the platform plays at it (demo) or a licensed institution (psp); production demands psp',
    ),
  CHANNELS: z
    .enum(['', 'sandbox', 'none'])
    .default('')
    .describe(
      'Payment channels: sandbox (pretended money, never in production) or none; empty: sandbox in a demo',
    ),
  SANDBOX_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8081)
    .describe('Port of the sandbox channel with its cashier page; a taken one is replaced'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .describe(
      'Addresses or networks of your reverse proxies, by commas; only their X-Forwarded-For is believed',
    ),
  CLAMD: z
    .string()
    .default('')
    .describe(
      'Socket of a clamd that looks into every uploaded file: a path or host:port; empty: a list of known signatures only',
    ),
  ISSUERS: z
    .string()
    .default('')
    .describe(
      'A JSON file of issuers that can be asked about keys (id, name, url, keyFile); empty: none, and in a demo the pretended ones',
    ),
  WORKER: z.enum(['on', 'off']).default('on').describe('Whether this process also does the background work'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('How much the log says'),
});

export type Config = {
  host: string;
  port: number;
  dataDir: string;
  /** Undefined: the embedded server. */
  databaseUrl: string | undefined;
  databaseAppUrl: string | undefined;
  publicOrigin: string | undefined;
  masterKeyFile: string;
  logHead: string;
  mode: 'demo' | 'production';
  custody: 'demo' | 'psp';
  channels: 'sandbox' | 'none';
  sandboxPort: number;
  /** A comma list of addresses and networks. */
  trustedProxies: string;
  /** A path or host:port; undefined: signatures only. */
  clamd: string | undefined;
  /** A JSON file; undefined: none but a demo's. */
  issuers: string | undefined;
  worker: boolean;
  /** Only the background work, no HTTP: for a second process on a database of the operator's own. */
  workerOnly: boolean;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Lay out the demo world in an empty database of the operator's own, too. */
  demoWorld: boolean;
};

/** Why the program cannot start as it is set up, in a sentence for the operator, who needs no stack trace. */
export class WrongSettings extends Error {}

/** Reads the settings. Refuses, by throwing WrongSettings, values that are not understood. */
export function readConfig(environment: NodeJS.ProcessEnv, args: readonly string[] = []): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settingsShape.safeParse(given);
  if (!parsed.success)
    throw new WrongSettings(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  const unknown = args.filter((arg) => arg !== '--demo' && arg !== '--worker-only');
  if (unknown.length > 0)
    throw new WrongSettings(
      `npm start does not know ${unknown.join(' ')}; it knows --demo and --worker-only`,
    );
  if (args.includes('--worker-only') && given['WORKER'] === 'off')
    throw new WrongSettings('--worker-only with WORKER=off leaves nothing to do');
  const s = parsed.data;
  const dataDir = resolve(s.DATA_DIR);
  return {
    host: s.HOST,
    port: s.PORT,
    dataDir,
    databaseUrl: s.DATABASE_URL || undefined,
    databaseAppUrl: s.DATABASE_APP_URL || undefined,
    publicOrigin: s.PUBLIC_ORIGIN ? originOf(s.PUBLIC_ORIGIN) : undefined,
    masterKeyFile: s.MASTER_KEY_FILE || resolve(dataDir, 'master.key'),
    logHead: s.LOG_HEAD || resolve(dataDir, 'log.head'),
    mode: s.MODE,
    custody: s.CUSTODY,
    channels: s.CHANNELS === '' ? (s.MODE === 'demo' ? 'sandbox' : 'none') : s.CHANNELS,
    // Whoever wants any free port wants it for both.
    sandboxPort: s.PORT === 0 ? 0 : s.SANDBOX_PORT,
    trustedProxies: s.TRUSTED_PROXIES,
    clamd: s.CLAMD || undefined,
    issuers: s.ISSUERS || undefined,
    worker: s.WORKER === 'on',
    workerOnly: args.includes('--worker-only'),
    logLevel: s.LOG_LEVEL,
    demoWorld: args.includes('--demo'),
  };
}

/** What a running production would betray: each with what to do about it. Empty when production may start. */
export function productionFaults(
  config: Config,
  found: { databaseIsDemo: boolean; keyIsDemo: boolean },
): string[] {
  if (config.mode !== 'production') return [];
  const faults: string[] = [];
  if (found.databaseIsDemo) faults.push('The database is marked as a demo world. Use an empty database.');
  if (found.keyIsDemo)
    faults.push(
      'MASTER_KEY_FILE was made for a demo. Let an empty DATA_DIR make a new one, or name another file.',
    );
  if (config.custody === 'demo')
    faults.push('CUSTODY is demo: the platform may not hold money itself. Set CUSTODY=psp.');
  if (config.channels === 'sandbox')
    faults.push('CHANNELS is sandbox: its money is pretended. Leave CHANNELS empty or set it to none.');
  if (!config.publicOrigin)
    faults.push('PUBLIC_ORIGIN is not set. Set it to the address people use, e.g. https://shop.example.');
  else if (!config.publicOrigin.startsWith('https://'))
    faults.push('PUBLIC_ORIGIN is not https. Cookies and keys need it.');
  if (config.demoWorld) faults.push('--demo was given. Production has no demo world.');
  return faults;
}

/** Name, default and meaning of every setting, for README.md and `--help`. */
export const settingsTable: readonly { name: string; preset: string; meaning: string }[] = Object.entries(
  settingsShape.shape,
).map(([name, type]) => ({ name, preset: String(type.parse(undefined)), meaning: type.description ?? '' }));

function originOf(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash)
    throw new WrongSettings(`PUBLIC_ORIGIN: ${text} is not an origin such as https://shop.example`);
  return url.origin;
}
