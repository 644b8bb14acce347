import { must } from '../../kit/assert.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { randomBytes } from '../../kit/secret.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { accountOf, openKey } from './account.actions.ts';
import type { LicenceRefusal } from './contract.ts';
import { licenceFile, type FileAlgorithm, type FileKind, type LicenceFile } from './file.rules.ts';
import { holdLicences, note, writeHeld, type LicenceAt } from './hold.actions.ts';
import { decideFile, type Machine } from './policy.rules.ts';
import { machineOf, type By } from './seat.actions.ts';
import { touchMachine } from './store.ts';
import { keygenLicence, keygenMachine, keygenPolicy, keygenProduct } from './keygen.rules.ts';
import { shownLicence } from './views.ts';

export const includable = {
  license: ['product', 'policy'],
  machine: ['license', 'components', 'license.product', 'license.policy'],
} as const;

export type CheckOut = {
  readonly kind: FileKind;
  /** The machine that the file is for, by its id or fingerprint. */
  readonly machine: { readonly id: string | null; readonly fingerprint: string | null } | null;
  /** undefined: as usual. */
  readonly ttl_s: number | null | undefined;
  readonly algorithm: FileAlgorithm;
  readonly include: readonly string[];
};

/** Makes a signed file of a licence or of one of its machines, noted in its log. */
export async function checkOut(
  tx: Tx,
  at: LicenceAt,
  asked: CheckOut,
  by: By,
): Promise<Result<LicenceFile & { id: string; licenceId: string }, LicenceRefusal>> {
  const [held] = await holdLicences(tx, [at]);
  if (!held) return refuse('LICENCE_NOT_FOUND');
  const { licence } = held;
  const machine = asked.machine ? await machineOf(tx, at, asked.machine) : undefined;
  if (asked.machine && !machine) return refuse('MACHINE_NOT_FOUND');
  const decided = decideFile(licence, asked.ttl_s, tx.business);
  if (!decided.ok) return decided;
  const account = must(await accountOf(tx, licence.shopId), 'who issued a licence has an account');
  const key = openKey(account, licence.id, held.sealed);
  const { data, included } = await contentOf(tx, at, { key, machine, include: asked.include });
  const file = licenceFile({
    kind: asked.kind,
    data,
    included,
    issued: tx.business,
    ttl_s: decided.value.ttl_s,
    algorithm: asked.algorithm,
    secret: machine ? key + machine.fingerprint : key,
    iv: randomBytes(12),
    privateKey: account.privateKey,
  });
  if (machine)
    send(
      tx,
      touchMachine(tx, {
        shopId: at.shopId,
        licenceId: at.id,
        id: machine.id,
        checkedOut: true,
        at: tx.business,
      }),
    );
  note(held, { event: 'checked_out', machine, why: asked.kind, ...by });
  writeHeld(tx, [held]);
  return done({ ...file, id: machine?.id ?? licence.id, licenceId: licence.id });
}

async function contentOf(
  tx: Tx,
  at: LicenceAt,
  { key, machine, include }: { key: string; machine: Machine | undefined; include: readonly string[] },
): Promise<{ data: unknown; included: unknown[] }> {
  const [row] = await shownLicence(tx, { viewerShop: at.shopId, licenceId: at.id });
  const shown = must(row, 'a locked licence is there');
  const licence = keygenLicence(shown, key, tx.business);
  const product = keygenProduct(shown);
  const policy = keygenPolicy(shown);
  if (!machine)
    return {
      data: licence,
      included: [
        ...(include.includes('product') ? [product] : []),
        ...(include.includes('policy') ? [policy] : []),
      ],
    };
  const seat = keygenMachine(machine, shown);
  return {
    data: seat.data,
    included: [
      ...(include.includes('license') ? [licence] : []),
      ...(include.includes('components') ? seat.components : []),
      ...(include.includes('license.product') ? [product] : []),
      ...(include.includes('license.policy') ? [policy] : []),
    ],
  };
}
