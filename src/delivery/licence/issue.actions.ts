import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import { newId } from '../../kit/ids.ts';
import { randomBytes, sha256 } from '../../kit/secret.ts';
import { tsAll } from '../../kit/sql.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import type { OrderKey } from '../../orders/actions.ts';
import type { Line, Order } from '../../orders/rules.ts';
import { deliverLines, holdLines } from '../line.actions.ts';
import { openAccount, sealKey } from './account.actions.ts';
import { keyBytes, keyText, maskedKey, tailOf } from './key.rules.ts';
import { endAfter, policyOf, type Policy } from './policy.rules.ts';
import { insertLicences, insertLog } from './store.ts';
import { blindOf } from './validation.actions.ts';

type Due = { readonly order: Order; readonly line: Line };
type Issued = {
  readonly shopId: string;
  readonly id: string;
  readonly due: Due;
  readonly place: number;
  readonly key: string;
  readonly policy: Policy;
};

/**
 * Issues the licences of paid lines and thereby delivers them (VGSR articles 13 and 16): each unit is a licence with a key of its own, made here, sealed, and
 * seen by nobody before the buyer reveals it. Orders that hold no such line, or were delivered, are left as they are: doing it twice is harmless.
 */
export async function issueLicences(tx: Tx, orders: readonly OrderKey[]): Promise<number> {
  const held = await holdLines(tx, orders);
  const due = [...held.values()].flatMap(({ order, lines, later }) =>
    later
      .filter((one) => one.goods === 'licence' && one.mode === 'automatic' && one.state === 'waiting')
      .map((one): Due => ({
        order,
        line: must(
          lines.find((line) => line.number === one.line),
          'a line that waits is a line of its order',
        ),
      })),
  );
  if (due.length === 0) return 0;
  const issued = await makeKeys(tx, due);
  await writeIssued(tx, issued);
  faultPoint('delivery.licence.after-issue');
  await deliverLines(
    tx,
    due.map(({ line }) => ({
      shopId: line.shopId,
      orderId: line.orderId,
      line: line.number,
      by: 'system',
      byId: null,
      proof: { licences: issued.filter((one) => one.due.line === line).map(proofOf) },
    })),
  );
  return issued.length;
}

/** What evidence keeps of a key: by its hash the key can be recognised, and is not to be guessed from it. */
const proofOf = ({ id, place, key }: Issued) => ({
  licence: id,
  place,
  key: maskedKey(tailOf(key)),
  hash: sha256(key).toString('base64url'),
});

async function makeKeys(tx: Tx, due: readonly Due[]): Promise<Issued[]> {
  const versions = await versionsOf(
    tx,
    due.map(({ line }) => line),
  );
  return due.flatMap((one, i) => {
    const { content } = must(versions[i], 'a version for each line');
    const { key } = must(content.licence, 'what is issued here states its terms');
    const policy = policyOf(content, one.line.variantId);
    return Array.from({ length: one.line.quantity }, (_, index): Issued => ({
      shopId: one.line.shopId,
      id: newId(tx.wall),
      due: one,
      place: index + 1,
      key: keyText(key.form, key.prefix, randomBytes(keyBytes)),
      policy,
    }));
  });
}

async function writeIssued(tx: Tx, issued: readonly Issued[]): Promise<void> {
  const shops = [...new Set(issued.map((one) => one.shopId))].sort();
  const accounts = new Map<string, Awaited<ReturnType<typeof openAccount>>>();
  for (const shopId of shops) accounts.set(shopId, await openAccount(tx, shopId));
  const accountFor = (shopId: string) => must(accounts.get(shopId), 'an account for each shop');
  const lines = issued.map((one) => one.due.line);
  send(
    tx,
    insertLicences(tx, {
      shops: issued.map((one) => one.shopId),
      ids: issued.map((one) => one.id),
      orders: lines.map((line) => line.orderId),
      lines: lines.map((line) => line.number),
      places: issued.map((one) => one.place),
      buyers: issued.map((one) => one.due.order.buyerId),
      listings: lines.map((line) => line.listingId),
      versions: lines.map((line) => line.version),
      variants: lines.map((line) => line.variantId),
      policies: issued.map((one) => one.policy),
      sealed: issued.map((one) => sealKey(accountFor(one.shopId), one.id, one.key)),
      blinds: issued.map((one) => blindOf(tx.keys, one.key)),
      tails: issued.map((one) => tailOf(one.key)),
      seats: issued.map((one) => one.policy.seats),
      uses: issued.map((one) => one.policy.uses),
      expires: tsAll(
        issued.map((one) => endAfter({ policy: one.policy, expiresAt: null }, 'issue', tx.business)),
      ),
      at: tx.business,
    }),
    insertLog(tx, {
      rows: issued.map((one) => ({
        shopId: one.shopId,
        licenceId: one.id,
        nth: 1,
        event: 'issued',
        machineId: null,
        fingerprint: null,
        device: null,
        why: null,
        by: 'system',
        byId: null,
        addressHash: null,
      })),
      at: tx.business,
    }),
  );
}
