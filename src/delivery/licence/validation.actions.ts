import { gather } from '../../kit/gather.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { hmac } from '../../kit/secret.ts';
import { tsAll } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import { keyReader, perDb, reader, send, transaction, type Db, type Tx } from '../../kit/tx.ts';
import { accountOf, openKey, type Account } from './account.actions.ts';
import type { LicenceRefusal } from './contract.ts';
import { holdLicences } from './hold.actions.ts';
import { blindText } from './key.rules.ts';
import { decideUse, endAfter, isFingerprint } from './policy.rules.ts';
import { addValidations, seeMachines, writeLicences } from './store.ts';
import { validate, type Scope, type Validated } from './validation.rules.ts';
import { licencesByKey, type CheckedRow, type NamedMachine } from './views.ts';

export const blindOf = (keys: Tx['keys'], key: string): Buffer => hmac(keys.blind, blindText(key));

type Question = {
  readonly blind: Buffer;
  readonly machine: string | null;
  readonly prints: readonly string[];
};
type Found = CheckedRow & { readonly named: NamedMachine[] };
type Row = Awaited<ReturnType<typeof licencesByKey>>[number];

const finders = perDb((db) =>
  gather(async (asked: readonly Question[]) => {
    const rows = await licencesByKey(await keyReader(db), {
      blinds: asked.map((one) => one.blind),
      machines: asked.map((one) => one.machine),
      prints: asked.map((one) => one.prints.join('\u001f')),
    });
    const answers: (Found | undefined)[] = asked.map(() => undefined);
    for (const row of rows) {
      const found = (answers[row.nth - 1] ??= { ...row, named: [] });
      const machine = machineIn(row);
      if (machine && !found.named.some((one) => one.id === machine.id)) found.named.push(machine);
    }
    return answers;
  }),
);

function machineIn({ machineId: id, ...row }: Row): NamedMachine | undefined {
  const { fingerprint, name, metadata, components, activatedAt, seenAt } = row;
  if (id === null || fingerprint === null || activatedAt === null || seenAt === null) return undefined;
  return {
    id,
    fingerprint,
    name: name ?? '',
    metadata: metadata ?? {},
    components: components ?? [],
    activatedAt,
    seenAt,
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The licence that a key opens, with those machines of it that the scope names. Whoever asks at the same moment shares one statement. */
export async function licenceOfKey(
  db: Db,
  key: string,
  scope: Pick<Scope, 'machine' | 'fingerprints'>,
): Promise<Found | undefined> {
  const { machine } = scope;
  return finders(db)({
    blind: blindOf(db.keys, key),
    machine: machine !== undefined && uuid.test(machine) ? machine : null,
    prints: (scope.fingerprints ?? []).filter(isFingerprint),
  });
}

/** The buyer of a licence as the software of this shop may know them: the same for all their licences of the shop, and nowhere else. */
export function customerOf(keys: Tx['keys'], of: Pick<CheckedRow, 'shopId' | 'buyerId'>): string {
  const hex = hmac(keys.trace, `customer/${of.shopId}/${of.buyerId}`).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export type Asked = {
  readonly key: string;
  /** The shop that the client expects; undefined: whichever issued the key. */
  readonly shopId?: string | undefined;
  readonly scope: Scope;
};
export type Checked = Validated & {
  readonly row: CheckedRow | undefined;
  readonly named: readonly NamedMachine[];
  readonly account: Account | undefined;
  readonly key: string;
  readonly at: Instant;
};

/**
 * Whether a key is valid for what was asked. Reads only: what has to be written at once (the time of a licence that begins with its first
 * validation) is, and the counts are added up and written together a moment later.
 */
export async function validateKey(db: Db, { key, shopId, scope }: Asked): Promise<Checked> {
  const found = await licenceOfKey(db, key, scope);
  const on = await reader(db);
  const row = found && (shopId === undefined || found.shopId === shopId) ? found : undefined;
  const named = row?.named ?? [];
  const customer = row && scope.user !== undefined ? customerOf(db.keys, row) : undefined;
  const answer = validate(row && customer ? { ...row, customer } : row, scope, named, on.business);
  const account = await accountFor(on, row?.shopId ?? shopId);
  if (!row || !account) return { ...answer, row: undefined, named: [], account, key, at: on.business };
  let shown: CheckedRow = row;
  if (answer.valid) {
    if (endAfter(row, 'first_validation', on.business) !== row.expiresAt)
      shown = { ...row, expiresAt: await beginTime(db, row) };
    count(db, row, named, on.business);
  }
  return {
    ...answer,
    row: shown,
    named,
    account,
    key: openKey(account, row.id, row.sealed),
    at: on.business,
  };
}

const accountFor = async (on: Tx, shopId: string | undefined): Promise<Account | undefined> =>
  shopId === undefined ? undefined : accountOf(on, shopId);

type At = { readonly shopId: string; readonly id: string; readonly orderId: string };

/** The first valid answer starts the time of a licence whose time begins with it: an important fact, so it is there before the answer is. */
const beginTime = (db: Db, at: At): Promise<Instant | null> =>
  transaction(db, async (tx) => {
    const [held] = await holdLicences(tx, [at]);
    if (!held) return null;
    held.licence = {
      ...held.licence,
      expiresAt: endAfter(held.licence, 'first_validation', tx.business),
    };
    saveUnlogged(tx, held);
    return held.licence.expiresAt;
  });

/** Counts uses, never beyond what was bought. Uses stand in the row and not in the log: there may be very many. */
export async function countUses(
  tx: Tx,
  at: At,
  by: number,
): Promise<Result<{ uses: number }, LicenceRefusal>> {
  const [held] = await holdLicences(tx, [at]);
  if (!held) return refuse('LICENCE_NOT_FOUND');
  const decided = decideUse(held.licence, by, tx.business);
  if (!decided.ok) return decided;
  held.licence = { ...held.licence, uses: decided.value.uses };
  saveUnlogged(tx, held);
  return done(decided.value);
}

function saveUnlogged(
  tx: Tx,
  { licence }: NonNullable<Awaited<ReturnType<typeof holdLicences>>[number]>,
): void {
  send(
    tx,
    writeLicences(tx, {
      shops: [licence.shopId],
      ids: [licence.id],
      states: [licence.state],
      machines: [licence.machines],
      uses: [licence.uses],
      expires: tsAll([licence.expiresAt]),
      revealed: tsAll([licence.revealedAt]),
      reveals: [licence.reveals],
      activated: tsAll([licence.activatedAt]),
      logged: [licence.logged],
    }),
  );
}

type Count = { shopId: string; id: string; count: number; at: Instant };
type Seen = { shopId: string; licenceId: string; id: string; at: Instant };
type Counts = {
  licences: Map<string, Count>;
  machines: Map<string, Seen>;
  timer: NodeJS.Timeout | undefined;
};

const countsOf = perDb((): Counts => ({ licences: new Map(), machines: new Map(), timer: undefined }));
const flushAfter_ms = 2000;

/** A validation is counted in memory and written with the others: who dies meanwhile loses two seconds of a number that nothing depends on. */
function count(
  db: Db,
  row: Pick<CheckedRow, 'shopId' | 'id'>,
  named: readonly { id: string }[],
  at: Instant,
): void {
  const counts = countsOf(db);
  const known = counts.licences.get(row.id);
  if (known) {
    known.count += 1;
    known.at = at;
  } else counts.licences.set(row.id, { shopId: row.shopId, id: row.id, count: 1, at });
  for (const { id } of named) counts.machines.set(id, { shopId: row.shopId, licenceId: row.id, id, at });
  counts.timer ??= setTimeout(() => void writeCounts(db).catch(() => undefined), flushAfter_ms).unref();
}

/** Writes what was counted by now; what could not be written is kept for the next time. */
export async function writeCounts(db: Db): Promise<void> {
  const counts = countsOf(db);
  clearTimeout(counts.timer);
  const { licences, machines } = counts;
  if (licences.size === 0) return;
  Object.assign(counts, { licences: new Map(), machines: new Map(), timer: undefined });
  const [rows, seats] = [[...licences.values()], [...machines.values()]];
  try {
    await transaction(db, async (tx) => {
      send(
        tx,
        addValidations(tx, {
          shops: rows.map((r) => r.shopId),
          ids: rows.map((r) => r.id),
          counts: rows.map((r) => r.count),
          ats: tsAll(rows.map((r) => r.at)),
        }),
        seeMachines(tx, {
          shops: seats.map((s) => s.shopId),
          licences: seats.map((s) => s.licenceId),
          ids: seats.map((s) => s.id),
          ats: tsAll(seats.map((s) => s.at)),
        }),
      );
    });
  } catch (error) {
    for (const row of rows) {
      const newer = counts.licences.get(row.id);
      if (newer) newer.count += row.count;
      else counts.licences.set(row.id, row);
    }
    throw error;
  }
}
