import { equal, ok } from 'node:assert/strict';
import { openLog } from '../src/app/log.ts';
import { pumpAll } from '../src/app/pump.ts';
import { openSweep, type Swept } from '../src/app/sweep.ts';
import { workTables } from '../src/app/worker.ts';
import { escalate, fileCase, refuseClaim, type Answer, type Filing } from '../src/aftersales/actions.ts';
import type { Judgment } from '../src/aftersales/desk.rules.ts';
import { merchantAnswers, type Exhibit } from '../src/aftersales/rules.ts';
import { cureListings } from '../src/catalog/pause.actions.ts';
import type { ListingDraft } from '../src/catalog/content.contract.ts';
import { purchaseLane } from '../src/checkout/lanes.actions.ts';
import { revealLane } from '../src/delivery/lanes.actions.ts';
import { addStaff } from '../src/identity/people.actions.ts';
import { must } from '../src/kit/assert.ts';
import { transaction, type Db, type Tx } from '../src/kit/tx.ts';
import { nobody, type StaffRole, type Viewer } from '../src/kit/viewer.ts';
import type { TestDatabase } from './database.ts';
import { aListing } from './listings.ts';
import { aShop, buyers, wishFor, type Shelf } from './world.ts';

// What tests of cases do again and again, by the real actions.

/** A shop that promises no more than the rulebook: its answers have 24 hours. */
export const caseShop = (db: Db, parts: Partial<ListingDraft> = {}): Promise<Shelf> =>
  aShop(db, [{ afterSales: { ...aListing().afterSales, faultResponse_hours: 24 }, ...parts }]);

export type Bought = { readonly orderId: string; readonly buyerId: string; readonly shelf: Shelf };

export const buyerOf = (buyerId: string): Viewer => ({ ...nobody, userId: buyerId, buyerIds: [buyerId] });
export const ownerOf = (shelf: Shelf): Viewer => ({
  ...nobody,
  userId: shelf.ownerId,
  buyerIds: [shelf.ownerId],
  shops: [{ shopId: shelf.shopId, role: 'owner' }],
});

/** Somebody of the staff, each a new person. */
export async function staffer(db: Db, ...roles: StaffRole[]): Promise<Viewer> {
  const [userId = ''] = await buyers(db, 1, 0n);
  await transaction(db, (tx) =>
    addStaff(
      tx,
      roles.map((role) => ({ userId, role })),
    ),
  );
  return { ...nobody, userId, buyerIds: [userId], staff: roles };
}

/** Buys keys and looks at `reveal` of them. */
export async function bought(
  db: Db,
  shelf: Shelf,
  p: { quantity?: number; reveal?: number; money?: bigint; variantId?: string; buyerId?: string } = {},
): Promise<Bought> {
  const [fresh = ''] = p.buyerId ? [p.buyerId] : await buyers(db, 1, p.money ?? 10_000_000n);
  const variantId = p.variantId ?? must(shelf.listings[0], 'a listing').variantId;
  const answer = await purchaseLane(db).submit(
    await wishFor(db, { buyerId: fresh, variantId, quantity: p.quantity ?? 1 }),
  );
  ok(answer.ok, answer.ok ? '' : answer.refusal);
  const orderId = must(answer.value.orders[0], 'an order').orderId;
  for (let place = 1; place <= (p.reveal ?? 1); place += 1)
    await reveal(db, { orderId, buyerId: fresh, place });
  return { orderId, buyerId: fresh, shelf };
}

/** A shop puts on sale again what stopped because several cases were about one batch (article 9); tests that file many of them ask for it. */
export async function onSaleAgain(db: Db, shelf: Shelf): Promise<void> {
  for (const { listingId } of shelf.listings)
    await transaction(db, (tx) => cureListings(tx, [{ shopId: shelf.shopId, listingId, cause: 'batch' }]));
}

export async function reveal(db: Db, p: { orderId: string; buyerId: string; place: number }): Promise<void> {
  const shown = await revealLane(db).submit({
    orderId: p.orderId,
    buyerIds: [p.buyerId],
    userId: p.buyerId,
    unit: { line: 1, place: p.place },
    viewer: { sessionId: null, deviceId: null, scopes: [] },
    deviceHash: Buffer.alloc(16),
    addressHash: Buffer.alloc(16),
  });
  ok(shown.ok, JSON.stringify(shown));
}

export const anExhibit: Exhibit = {
  kind: 'issuer_log',
  caption: '发码方记录',
  text: '2026-11-20 13:02 由买家账号兑换',
  formedAt: null,
};

export const filing = (one: Bought, parts: Partial<Filing> = {}): Filing => ({
  orderId: one.orderId,
  buyerIds: [one.buyerId],
  userId: one.buyerId,
  line: 1,
  places: [1],
  reason: 'CARD_INVALID',
  remedy: 'refund',
  amount: null,
  occurredAt: 0 as Filing['occurredAt'],
  symptom: '提示授权码不存在',
  triedSteps: '重试三次，去掉空格',
  errorCode: 'E404',
  articles: ['5'],
  exhibits: [],
  ...parts,
});

/** Files a case and answers its id. */
export async function filed(db: Db, one: Bought, parts: Partial<Filing> = {}): Promise<string> {
  const answer = await transaction(db, (tx) => fileCase(tx, filing(one, parts)));
  ok(answer.ok, JSON.stringify(answer));
  return answer.value.caseId;
}

/** Everything that is due happens, as the worker would do it. */
export function clockwork(db: Db): { due(): Promise<Swept>; news(): Promise<number> } {
  const log = openLog('silent');
  const sweep = openSweep(db, workTables.deadlines, log);
  return { due: () => sweep.run(), news: () => pumpAll(db, workTables.reactions, log) };
}

/** A judgment for the buyer; parts of it may be others. */
export const judged = (parts: Partial<Judgment> = {}): Judgment => ({
  facts: '发码方记录显示查看前已被使用',
  weighing: '商家的截图没有序列号',
  reasons: '商家未能证明交付时有效',
  articles: ['5', '22'],
  remedy: 'refund',
  amount: null,
  liability: merchantAnswers,
  reason: null,
  ...parts,
});

/** What tests of the desk look at and do again and again, in one shop. */
export function deskOf({ db, asOwner }: Pick<TestDatabase, 'db' | 'asOwner'>, shelf: Shelf) {
  const one = async (text: string, values: unknown[]) => (await asOwner(text, values))[0] ?? {};
  const wallet = async (who: Bought) =>
    BigInt(
      String(
        (
          await one(`select balance_fen from ledger.accounts where kind = 'wallet' and id = $1`, [
            who.buyerId,
          ])
        )['balance_fen'],
      ),
    );
  const balance = async (kind: string) =>
    BigInt(
      String(
        (
          await one('select balance_fen from ledger.accounts where kind = $1 and id = $2', [
            kind,
            shelf.shopId,
          ])
        )['balance_fen'],
      ),
    );
  const stateOf = async (caseId: string) =>
    (await one('select state from aftersales.cases where id = $1', [caseId]))['state'];
  const sharesOf = async (caseId: string) =>
    (
      (await one('select shares from aftersales.executions where case_id = $1', [caseId]))['shares'] as {
        source: string;
        amount: string;
      }[]
    ).map((share) => [share.source, share.amount]);
  const run = (act: (tx: Tx) => Promise<Answer>): Promise<Answer> => transaction(db, act);
  const said = (answer: Answer): string => (answer.ok ? answer.value.state : answer.refusal);

  async function refusedCase(who: Bought): Promise<string> {
    const caseId = await filed(db, who, { reason: 'WRONG_SPEC' });
    equal(
      said(
        await run((tx) =>
          refuseClaim(tx, {
            caseId,
            viewer: ownerOf(shelf),
            defence: 'NOT_AS_CLAIMED',
            text: '发的就是 100 元',
            exhibit: anExhibit,
          }),
        ),
      ),
      'refused',
    );
    return caseId;
  }
  async function escalated(who: Bought): Promise<string> {
    const caseId = await refusedCase(who);
    equal(
      said(await run((tx) => escalate(tx, { caseId, viewer: buyerOf(who.buyerId), text: '请裁决' }))),
      'intervention',
    );
    return caseId;
  }
  return { one, wallet, balance, stateOf, sharesOf, run, said, refusedCase, escalated };
}
