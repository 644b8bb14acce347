import { plus } from '../../kit/time.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import type { Notice } from '../../notifications/actions.ts';
import { telling, type Told } from '../line.jobs.ts';
import { fireParcels, heard } from './actions.ts';
import { carriersOf } from './carriers.actions.ts';
import { parcelsToAsk } from './views.ts';

const askEvery_minutes = 30;
const atOnce = 50;

/** Asks the carrier about parcels that were not asked about lately, on the business clock; what it says is taken in each on its own. */
export async function askCarriers(db: Db): Promise<number> {
  const port = carriersOf(db);
  if (!port) return 0;
  const on = await reader(db);
  const before = plus(on.business, { minutes: -askEvery_minutes });
  const rows = await parcelsToAsk(on, { viewerSystem: true, before, limit: atOnce });
  for (const row of rows) {
    const { carrier, tracking, shippedAt, refusedAt } = row;
    // A carrier that is down is asked again in the next round; the others are not kept waiting.
    const tracks = await port
      .track({ carrier, tracking, shippedAt, refusedAt, now: on.business })
      .catch(() => undefined);
    if (tracks) await transaction(db, (tx) => heard(tx, row, tracks));
  }
  return rows.length;
}

const said = (order: Told) => ({ order: order.id, listing: order.title });
const buyer = (order: Told, kind: 'parcel.sent' | 'parcel.signed' | 'parcel.still'): Notice => ({
  userId: order.buyerId,
  kind,
  data: said(order),
});

/** delivery.due: paid, to be sent. */
export const tellToSend = telling((order) =>
  order.mode === 'shipping'
    ? order.hands.map((userId) => ({
        userId,
        kind: 'shop.parcel_due' as const,
        data: { ...said(order), units: order.units, at: order.promisedAt },
      }))
    : [],
);

/** News of parcels → who is told (F021, F023); with the signature comes the reminder to keep the packaging (F027). */
export const parcelReactions = {
  'parcel.shipped': [telling((order) => [buyer(order, 'parcel.sent')])],
  'parcel.signed': [telling((order) => [buyer(order, 'parcel.signed')])],
  'parcel.still': [
    telling((order) => [
      buyer(order, 'parcel.still'),
      ...order.hands.map((userId) => ({ userId, kind: 'shop.parcel_still' as const, data: said(order) })),
    ]),
  ],
  'parcel.refused': [
    telling((order) =>
      order.hands.map((userId) => ({ userId, kind: 'shop.parcel_refused' as const, data: said(order) })),
    ),
  ],
};

export const parcelDeadlines = { 'parcel.still': fireParcels, 'parcel.answer': fireParcels };
export const parcelTimers = [
  { name: 'parcels', every_ms: 5_000, afterMove: true, run: (db: Db) => askCarriers(db) },
];
