import { must } from '../src/kit/assert.ts';
import { transaction, type Db } from '../src/kit/tx.ts';
import type { ListingDraft } from '../src/catalog/content.contract.ts';
import type { LicenceTerms } from '../src/catalog/licence.contract.ts';
import { purchaseLane } from '../src/checkout/lanes.actions.ts';
import { issueLicences } from '../src/delivery/licence/issue.actions.ts';
import { revealKey } from '../src/delivery/licence/reveal.actions.ts';
import { licencesOfOrder } from '../src/delivery/licence/views.ts';
import { aListing } from './listings.ts';
import { buyers, wishFor } from './world.ts';

export const licenceTerms: LicenceTerms = {
  key: { form: 'code25', prefix: '' },
  duration_days: null,
  basis: 'issue',
  expiration: 'restrict',
  uses: null,
  uniqueness: 'licence',
  matching: 'any',
  unbind: { times: 2, per_days: 365 },
  offline_days: 30,
};

/** A listing of licences that the platform issues. */
export const aLicenceListing = (
  terms: Partial<LicenceTerms> = {},
  parts: Partial<ListingDraft> = {},
): ListingDraft =>
  aListing({
    title: '墨笺文档授权 专业版',
    goods: 'licence',
    keyFormat: null,
    useWithin_hours: null,
    activations: 3,
    download: { url: 'https://download.qinghe.example/mojian', version: '6.2', sha256: '' },
    licence: { ...licenceTerms, ...terms },
    ...parts,
  });

export type Bought = {
  readonly orderId: string;
  readonly shopId: string;
  readonly buyerId: string;
  readonly licences: readonly { readonly id: string; readonly key: string }[];
};

/** Buys licences and lets them be issued, as the reaction to the news would; reveals them with an API key that may. */
export async function buyLicences(
  db: Db,
  p: { variantId: string; shopId: string; quantity?: number; buyerId?: string },
): Promise<Bought> {
  const { variantId, shopId, quantity = 1 } = p;
  const buyerId = p.buyerId ?? must((await buyers(db, 1, 10_000_000n))[0], 'a buyer');
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, quantity }));
  if (!answer.ok) throw new Error(`a purchase of the test was refused: ${answer.refusal}`);
  const { orderId } = must(answer.value.orders[0], 'an order');
  await transaction(db, (tx) => issueLicences(tx, [{ shopId, id: orderId }]));
  return transaction(db, async (tx) => {
    const rows = await licencesOfOrder(tx, { shopId, viewerOrder: orderId });
    const licences = [];
    for (const { licenceId } of rows) {
      const shown = await revealKey(tx, {
        licenceId,
        buyerIds: [buyerId],
        userId: buyerId,
        viewer: { sessionId: null, deviceId: null, scopes: ['keys:reveal'] },
        deviceHash: Buffer.alloc(16, 1),
        addressHash: Buffer.alloc(16, 2),
      });
      if (!shown.ok) throw new Error(`a licence of the test was not shown: ${shown.refusal}`);
      licences.push({ id: licenceId, key: shown.value.key.reveal() });
    }
    return { orderId, shopId, buyerId, licences };
  });
}
