import { must } from '../../kit/assert.ts';
import type { Reader } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { paidWith } from '../../checkout/order-page.views.ts';
import { recordsOf } from '../../evidence/bundle.actions.ts';
import type { RecordLine } from '../../evidence/bundle.rules.ts';
import { identitiesOf, type ShopIdentity } from '../../merchants/identity.actions.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { headOf as orderHead, linesShown } from '../../orders/views.ts';
import { tradesSeen } from '../../payments/trade.views.ts';
import { casesOf, statementsOf, stepsOf } from '../views.ts';
import { filesOf, shownIn } from './views.ts';

export type Role = 'buyer' | 'merchant' | 'staff';
export type SeenOrder = { shopId: string; orderId: string; buyerId: string; role: Role };

/** From which side somebody sees an order; undefined answers as if it were not there. */
export async function orderFrom(on: Reader, viewer: Viewer, orderId: string): Promise<SeenOrder | undefined> {
  const seen = await orderSeenBy(on, viewer, orderId);
  if (!seen) return undefined;
  const role = viewer.buyerIds.includes(seen.buyerId)
    ? 'buyer'
    : viewer.shops.some((shop) => shop.shopId === seen.shopId)
      ? 'merchant'
      : 'staff';
  return { ...seen, orderId, role };
}

type CaseRow = Awaited<ReturnType<typeof casesOf>>[number];
export type CaseFile = CaseRow & {
  readonly statements: Awaited<ReturnType<typeof statementsOf>>;
  readonly exhibits: Awaited<ReturnType<typeof shownIn>>;
  readonly course: Awaited<ReturnType<typeof stepsOf>>;
};

/** Everything that is on record of an order, for papers that leave the house. Who gets what of it, the caller decides. */
export type Dossier = {
  readonly order: Awaited<ReturnType<typeof orderHead>>[number];
  readonly lines: Awaited<ReturnType<typeof linesShown>>;
  readonly trades: Awaited<ReturnType<typeof tradesSeen>>;
  readonly identity: ShopIdentity | undefined;
  readonly cases: readonly CaseFile[];
  readonly records: readonly RecordLine[];
  readonly files: Awaited<ReturnType<typeof filesOf>>;
};

export async function dossierOf(on: Reader, p: { shopId: string; orderId: string }): Promise<Dossier> {
  const key = { shopId: p.shopId, viewerOrder: p.orderId };
  const [[found], lines, [identity], rows, files] = await Promise.all([
    orderHead(on, key),
    linesShown(on, key),
    identitiesOf(on, [p.shopId]),
    casesOf(on, key),
    filesOf(on, key),
  ]);
  const order = must(found, 'an order that is seen is there');
  const [paid] = await paidWith(on, { buyerId: order.buyerId, viewerKey: order.checkoutKey });
  const subjects = [
    { shopId: p.shopId, about: p.orderId },
    ...[...new Set(lines.map((line) => line.listingId))].map((about) => ({ shopId: p.shopId, about })),
  ];
  const [trades, records, cases] = await Promise.all([
    paid?.paymentId ? tradesSeen(on, { viewerPayments: [paid.paymentId] }) : [],
    recordsOf(on, subjects),
    Promise.all(rows.map((row) => caseFile(on, row))),
  ]);
  return { order, lines, trades, identity, cases, records, files };
}

async function caseFile(on: Reader, row: CaseRow): Promise<CaseFile> {
  const key = { shopId: row.shopId, viewerCase: row.id };
  const [statements, exhibits, course] = await Promise.all([
    statementsOf(on, key),
    shownIn(on, key),
    stepsOf(on, key),
  ]);
  return { ...row, statements, exhibits, course };
}
