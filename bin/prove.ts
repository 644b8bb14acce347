import pg from 'pg';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { keyringOf, type Keyring } from '../src/kit/secret.ts';
import { proveFiles } from './prove/files.ts';
import { deliveryChecks } from './prove/delivery.ts';
import { caseChecks } from './prove/cases.ts';
import { depositChecks } from './prove/deposits.ts';
import { downloadChecks } from './prove/downloads.ts';
import { exhibitChecks, proveArchives, proveChains } from './prove/exhibits.ts';
import { evidenceChecks, proveBundles, provePayloads, proveTree, type Offence } from './prove/evidence.ts';
import { licenceChecks } from './prove/licences.ts';
import { messageChecks, proveMessages } from './prove/messages.ts';
import { membershipChecks } from './prove/memberships.ts';
import { moneyChecks } from './prove/money.ts';
import { outsideChecks } from './prove/outside.ts';
import { riskChecks } from './prove/risk.ts';
import { parcelChecks } from './prove/parcels.ts';
import { topupChecks } from './prove/topups.ts';
import { tradeChecks } from './prove/trade.ts';
import { proveDraws, proveSeals, tribunalChecks } from './prove/tribunals.ts';

export type Rows = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;
export type Found = { checks: number; offences: { says: string; offences: Offence[] }[] };
type Options = { keys?: Keyring; files?: string; tell?: (line: string) => void; most?: number };

/** Recomputes what the database must be, with code that nothing which writes it shares. Names the rows that are not so. */
export async function proveWith(
  rows: Rows,
  { keys, files, tell = () => {}, most = 20 }: Options = {},
): Promise<Found> {
  const found: Found['offences'] = [];
  const all: { says: string; run: () => Promise<Offence[]> }[] = [
    ...[
      ...moneyChecks,
      ...tradeChecks,
      ...deliveryChecks,
      ...topupChecks,
      ...licenceChecks,
      ...downloadChecks,
      ...parcelChecks,
      ...membershipChecks,
      ...messageChecks,
      ...caseChecks,
      ...depositChecks,
      ...riskChecks,
      ...tribunalChecks,
      ...exhibitChecks,
      ...outsideChecks,
      ...evidenceChecks,
    ].map((one) => ({
      says: one.says,
      run: async () => (await rows(`select * from (${one.sql}) offences limit ${most}`, [])) as Offence[],
    })),
    {
      says: 'each leaf of the log is its fact, and the newest checkpoint is the root over all',
      run: () => proveTree(rows),
    },
    { says: 'each lot is drawn again with the same result', run: () => proveDraws(rows) },
    { says: 'each vote that was opened is the one that was sealed', run: () => proveSeals(rows) },
    { says: 'the root of each archive is over its facts', run: () => proveArchives(rows) },
    { says: 'the chain of each recording runs through its pieces', run: () => proveChains(rows) },
    { says: 'each entry that the log publishes is its leaf', run: () => proveBundles(rows) },
    ...(keys
      ? [
          { says: 'every fact opens, and is what was committed to', run: () => provePayloads(rows, keys) },
          { says: 'every message is what its fact says of it', run: () => proveMessages(rows, keys) },
        ]
      : []),
    ...(files
      ? [{ says: 'every file is there, and its bytes have its hash', run: () => proveFiles(rows, files) }]
      : []),
  ];
  for (const one of all) {
    const offences = await one.run();
    tell(`${offences.length === 0 ? 'holds' : 'BROKEN'}  ${one.says}`);
    for (const offence of offences.slice(0, most)) tell(`        ${offence.row}: ${offence.wrong}`);
    if (offences.length > 0) found.push({ says: one.says, offences });
  }
  return { checks: all.length, offences: found };
}

/** The same on a database of its own connection, in one snapshot: the program may go on meanwhile. */
export async function prove({ url, ...options }: Options & { url: string }): Promise<Found> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    return await proveWith(
      async (text, values) => (await client.query(text, values)).rows as Record<string, unknown>[],
      options,
    );
  } finally {
    await client.end();
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      key: { type: 'string' },
      files: { type: 'string' },
      demo: { type: 'boolean', default: false },
    },
  });
  const url = values.url ?? process.env['DATABASE_URL'];
  if (!url)
    throw new Error(
      'Say which database: bin/prove --url postgres://… [--key master.key] [--files data/blobs]',
    );
  const keys = values.key
    ? keyringOf(readFileSync(values.key).subarray(0, 32), values.demo ?? false)
    : undefined;
  const { checks, offences } = await prove({
    url,
    ...(keys ? { keys } : {}),
    ...(values.files ? { files: values.files } : {}),
    tell: (line) => console.log(line),
  });
  console.log(`${checks - offences.length} of ${checks} invariants hold`);
  process.exit(offences.length === 0 ? 0 : 1);
}
