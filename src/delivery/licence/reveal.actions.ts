import { must } from '../../kit/assert.ts';
import { noFen, type Fen } from '../../kit/money.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { Secret } from '../../kit/secret.ts';
import type { Instant } from '../../kit/time.ts';
import type { Tx } from '../../kit/tx.ts';
import { recordNext } from '../../evidence/actions.ts';
import { stepUps, type StepUpAsked } from '../../identity/actions.ts';
import { linesOf } from '../../orders/actions.ts';
import { termsOf, versionAt } from '../../rules/terms.rules.ts';
import { accountOf, openKey } from './account.actions.ts';
import type { LicenceRefusal } from './contract.ts';
import { holdLicences, note, writeHeld, type LicenceAt } from './hold.actions.ts';
import { findOwnLicence } from './store.ts';

/** A licence of one of these buyers; that of somebody else is not there. */
export async function ownLicence(
  tx: Tx,
  p: { licenceId: string; buyerIds: readonly string[] },
): Promise<LicenceAt | undefined> {
  const [found] = await findOwnLicence(tx, { id: p.licenceId, buyerIds: p.buyerIds });
  return found;
}

export type Look = {
  readonly licenceId: string;
  readonly buyerIds: readonly string[];
  readonly userId: string;
  readonly viewer: StepUpAsked['viewer'];
  readonly deviceHash: Buffer;
  readonly addressHash: Buffer;
};
export type Shown = {
  readonly key: Secret;
  readonly first: boolean;
  readonly revealedAt: Instant;
  readonly reveals: number;
};

/**
 * Shows the key of a licence to its buyer. Each look is recorded, the second one too (F017); above the amount of the rulebook, or from a device that is
 * new, the password is asked for first.
 */
export async function revealKey(tx: Tx, look: Look): Promise<Result<Shown, LicenceRefusal>> {
  const at = await ownLicence(tx, look);
  if (!at) return refuse('LICENCE_NOT_FOUND');
  const [held] = await holdLicences(tx, [at]);
  if (!held) return refuse('LICENCE_NOT_FOUND');
  const { licence } = held;
  const price = await priceOf(tx, at, licence.line);
  const [mustConfirm = true] = await stepUps(tx, [
    { viewer: look.viewer, amount: price, above: termsOf(versionAt(tx.business)).revealStepUp },
  ]);
  if (mustConfirm) return refuse('PASSWORD_NEEDED');
  const account = must(await accountOf(tx, licence.shopId), 'who issued a licence has an account');
  const key = new Secret(openKey(account, licence.id, held.sealed));
  const revealedAt = licence.revealedAt ?? tx.business;
  held.licence = { ...licence, revealedAt, reveals: licence.reveals + 1 };
  note(held, {
    event: 'revealed',
    by: 'buyer',
    byId: look.userId,
    addressHash: look.addressHash,
  });
  writeHeld(tx, [held]);
  await recordNext(tx, [
    {
      shopId: licence.shopId,
      about: licence.orderId,
      kind: 'delivery.revealed',
      actor: `buyer:${look.userId}`,
      keyOwner: licence.buyerId,
      body: {
        line: licence.line,
        place: licence.place,
        nth: licence.reveals + 1,
        first: licence.reveals === 0,
        device: look.deviceHash.toString('base64url'),
        address: look.addressHash.toString('base64url'),
      },
    },
  ]);
  return done({ key, first: licence.reveals === 0, revealedAt, reveals: licence.reveals + 1 });
}

async function priceOf(tx: Tx, at: LicenceAt, number: number): Promise<Fen> {
  const lines = await linesOf(tx, [{ shopId: at.shopId, id: at.orderId }]);
  return lines.find((line) => line.number === number)?.price ?? noFen;
}
