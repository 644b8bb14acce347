import { tsAll } from '../../kit/sql.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { lockWithLines } from '../../orders/actions.ts';
import type { LicenceLogEvent } from './contract.ts';
import type { Licence } from './policy.rules.ts';
import { insertLog, lockLicences, writeLicences, type LogRow } from './store.ts';

export type LicenceAt = { readonly shopId: string; readonly id: string; readonly orderId: string };

/** A licence under lock, its changes, and what is written about them. */
export type Held = {
  licence: Licence;
  readonly sealed: Buffer;
  readonly rows: LogRow[];
};

type Locked = Licence & { readonly sealed: Buffer };
export const heldOf = ({ sealed, ...licence }: Locked): Held => ({ licence, sealed, rows: [] });

/** Locks the orders, whose evidence is numbered under their lock, and then the licences. Answers in the order asked; gone ones are undefined. */
export async function holdLicences(tx: Tx, list: readonly LicenceAt[]): Promise<(Held | undefined)[]> {
  const orders = new Map(list.map((at) => [at.orderId, { shopId: at.shopId, id: at.orderId }]));
  const [, locked] = await Promise.all([
    lockWithLines(tx, [...orders.values()]),
    lockLicences(tx, { shops: list.map((at) => at.shopId), ids: list.map((at) => at.id) }),
  ]);
  const held = new Map(locked.map((row) => [row.id, heldOf(row)]));
  return list.map((at) => held.get(at.id));
}

export type Note = {
  readonly event: LicenceLogEvent;
  readonly machine?: { readonly id: string; readonly fingerprint: string; readonly name: string } | undefined;
  readonly fingerprint?: string | undefined;
  readonly device?: string | undefined;
  readonly why?: string | undefined;
  readonly by: 'device' | 'buyer' | 'system';
  readonly byId?: string | null | undefined;
  readonly addressHash?: Buffer | undefined;
};

/** Notes what happened to a licence; it is written with it. */
export function note(held: Held, one: Note): void {
  const { licence, rows } = held;
  held.licence = { ...licence, logged: licence.logged + 1 };
  rows.push({
    shopId: licence.shopId,
    licenceId: licence.id,
    nth: held.licence.logged,
    event: one.event,
    machineId: one.machine?.id ?? null,
    fingerprint: one.machine?.fingerprint ?? one.fingerprint ?? null,
    device: one.machine?.name ?? one.device ?? null,
    why: one.why ?? null,
    by: one.by,
    byId: one.byId ?? null,
    addressHash: one.addressHash?.toString('hex') ?? null,
  });
}

/** Writes held licences and their log; it travels with the commit. */
export function writeHeld(tx: Tx, list: readonly Held[]): void {
  const changed = list.filter((held) => held.rows.length > 0);
  if (changed.length === 0) return;
  const licences = changed.map((held) => held.licence);
  send(
    tx,
    writeLicences(tx, {
      shops: licences.map((l) => l.shopId),
      ids: licences.map((l) => l.id),
      states: licences.map((l) => l.state),
      machines: licences.map((l) => l.machines),
      uses: licences.map((l) => l.uses),
      expires: tsAll(licences.map((l) => l.expiresAt)),
      revealed: tsAll(licences.map((l) => l.revealedAt)),
      reveals: licences.map((l) => l.reveals),
      activated: tsAll(licences.map((l) => l.activatedAt)),
      logged: licences.map((l) => l.logged),
    }),
    insertLog(tx, { rows: changed.flatMap((held) => held.rows), at: tx.business }),
  );
}
