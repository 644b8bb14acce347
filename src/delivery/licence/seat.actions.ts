import { faultPoint } from '../../kit/fault.ts';
import { newId } from '../../kit/ids.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { sha256 } from '../../kit/secret.ts';
import { plus } from '../../kit/time.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { recordNext } from '../../evidence/actions.ts';
import type { LicenceRefusal } from './contract.ts';
import { holdLicences, note, writeHeld, type Held, type LicenceAt } from './hold.actions.ts';
import {
  decideActivation,
  decideUnbind,
  isFingerprint,
  swapWindow,
  type Device,
  type Machine,
  type Policy,
  type Quota,
} from './policy.rules.ts';
import { deleteMachine, findMachine, loggedSince, touchMachine, writeMachine } from './store.ts';

/** Who asks: a device that has the key, or the buyer on the pages. */
export type By = {
  readonly by: 'device' | 'buyer';
  readonly byId: string | null;
  readonly addressHash: Buffer;
};

export type Seated = { readonly held: Held; readonly machine: Machine; readonly isNew: boolean };

/**
 * Gives a device a seat. The same device asking again gets the machine that it is, and takes no second seat. Everything that is refused stands in
 * the log of the licence (F035).
 */
export async function activate(
  tx: Tx,
  at: LicenceAt,
  device: Device,
  by: By,
): Promise<Result<Seated, LicenceRefusal>> {
  if (device.fingerprint !== null && !isFingerprint(device.fingerprint)) return refuse('FINGERPRINT_INVALID');
  const [held] = await holdLicences(tx, [at]);
  if (!held) return refuse('LICENCE_NOT_FOUND');
  faultPoint('delivery.activate.after-lock');
  const { licence } = held;
  const { shopId, id: licenceId } = licence;
  const known =
    device.fingerprint === null
      ? undefined
      : (await findMachine(tx, { shopId, licenceId, id: null, fingerprint: device.fingerprint }))[0];
  if (known && licence.state === 'active') {
    send(tx, touchMachine(tx, { shopId, licenceId, id: known.id, checkedOut: false, at: tx.business }));
    return done({ held, machine: { ...known, seenAt: tx.business }, isNew: false });
  }
  const lately = await loggedSince(tx, {
    shopId,
    licenceId,
    event: 'activated',
    since: plus(tx.business, { days: -swapWindow.days }),
  });
  const decided = decideActivation({
    licence,
    fingerprint: device.fingerprint,
    boundLately: lately.length,
    now: tx.business,
  });
  if (!decided.ok) return refusedSeat(tx, held, device, by, decided);
  const { fingerprint, expiresAt } = decided.value;
  const machine: Machine = {
    ...device,
    fingerprint,
    id: newId(tx.wall),
    activatedAt: tx.business,
    seenAt: tx.business,
  };
  const written = await writeMachine(tx, {
    ...machine,
    shopId,
    licenceId,
    scope: scopeOf(licence.policy, licence),
    at: tx.business,
  });
  // Unique also against activations of other licences that are under way now.
  if (written === 0) return refusedSeat(tx, held, device, by, refuse('FINGERPRINT_TAKEN'));
  faultPoint('delivery.activate.after-machine');
  held.licence = {
    ...licence,
    machines: licence.machines + 1,
    expiresAt,
    activatedAt: licence.activatedAt ?? tx.business,
  };
  note(held, { event: 'activated', machine, ...by });
  writeHeld(tx, [held]);
  await recordSeat(tx, held, machine, by, 'delivery.activated');
  faultPoint('delivery.activate.after-evidence');
  return done({ held, machine, isNew: true });
}

/** What the fingerprint of a device is unique in. */
const scopeOf = (
  { uniqueness }: Policy,
  of: { readonly id: string; readonly listingId: string; readonly shopId: string },
): string => ({ licence: of.id, listing: of.listingId, shop: of.shopId })[uniqueness];

function refusedSeat<R extends Result<never, LicenceRefusal>>(
  tx: Tx,
  held: Held,
  device: Device,
  by: By,
  refused: R & { readonly ok: false },
): R {
  note(held, {
    event: 'refused',
    fingerprint: device.fingerprint ?? undefined,
    device: device.name,
    why: refused.refusal,
    ...by,
  });
  writeHeld(tx, [held]);
  return refused;
}

/** What of a device is evidence: never its fingerprint, which is personal, but its hash. */
const recordSeat = (
  tx: Tx,
  { licence }: Held,
  machine: Pick<Machine, 'id' | 'fingerprint' | 'name' | 'platform'>,
  { by, byId, addressHash }: By,
  kind: 'delivery.activated' | 'delivery.deactivated',
): Promise<unknown> =>
  recordNext(tx, [
    {
      shopId: licence.shopId,
      about: licence.orderId,
      kind,
      actor: by === 'buyer' && byId ? `buyer:${byId}` : `licence:${licence.id}`,
      keyOwner: licence.buyerId,
      body: {
        line: licence.line,
        place: licence.place,
        machine: machine.id,
        fingerprint: sha256(machine.fingerprint).toString('base64url'),
        name: machine.name,
        platform: machine.platform,
        used: licence.machines,
        seats: licence.policy.seats,
        address: addressHash.toString('base64url'),
      },
    },
  ]);

/** Takes a device off its seat, if the quota of the period allows one more. The device is named by its id or its fingerprint. */
export async function deactivate(
  tx: Tx,
  at: LicenceAt,
  named: { readonly id: string | null; readonly fingerprint: string | null },
  by: By,
): Promise<Result<Quota & { readonly used: number }, LicenceRefusal>> {
  const [held] = await holdLicences(tx, [at]);
  if (!held) return refuse('LICENCE_NOT_FOUND');
  const { licence } = held;
  const { shopId, id: licenceId } = licence;
  const [machine] = await findMachine(tx, { shopId, licenceId, ...named });
  if (!machine) return refuse('MACHINE_NOT_FOUND');
  const lately = await loggedSince(tx, {
    shopId,
    licenceId,
    event: 'deactivated',
    since: plus(tx.business, { days: -licence.policy.unbind.per_days }),
  });
  const decided = decideUnbind(
    licence,
    lately.map((one) => one.at),
  );
  if (!decided.ok) return decided;
  await deleteMachine(tx, { shopId, licenceId, id: machine.id });
  faultPoint('delivery.deactivate.after-machine');
  held.licence = { ...licence, machines: licence.machines - 1 };
  note(held, { event: 'deactivated', machine, ...by });
  writeHeld(tx, [held]);
  await recordSeat(tx, held, machine, by, 'delivery.deactivated');
  return done({ ...decided.value, used: held.licence.machines });
}

/** The machine of a licence that somebody has just locked. */
export async function machineOf(
  tx: Tx,
  at: LicenceAt,
  named: { readonly id: string | null; readonly fingerprint: string | null },
): Promise<Machine | undefined> {
  const [machine] = await findMachine(tx, { shopId: at.shopId, licenceId: at.id, ...named });
  return machine;
}
