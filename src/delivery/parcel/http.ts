import { deadlinesOf } from '../../kit/deadlines.ts';
import { must } from '../../kit/assert.ts';
import { fen } from '../../kit/money.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction } from '../../kit/tx.ts';
import type { Context } from '../../kit/viewer.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { linesShown } from '../../orders/views.ts';
import { answerRefusal, check, claimCarrier, giveUp, refuseParcel, ship, sign } from './actions.ts';
import { parcelContract } from './contract.ts';
import { keepPhoto } from './photo.actions.ts';
import { readParcels, readTracks } from './store.ts';
import { checksOfParcels, claimsOf, photosOf, shipmentsOf } from './views.ts';

const me = (context: Context): string => must(context.viewer.userId, 'somebody who is logged in');
const mine = (context: Context) => ({ userId: me(context), buyerIds: context.viewer.buyerIds });
const hex = (bytes: Buffer): string => bytes.toString('hex');

const parcels = serve(parcelContract.parcels, async ({ db, viewer }, { orderId }) => {
  const on = await reader(db);
  const seen = await orderSeenBy(on, viewer, orderId);
  if (!seen) return refuse('PARCEL_NOT_FOUND');
  const [at, key] = [
    { shopId: seen.shopId, orderId },
    { shopId: seen.shopId, viewerOrder: orderId },
  ];
  const [rows, tracks, photos, checks, claims, lines, deadlines] = await Promise.all([
    readParcels(on, at),
    readTracks(on, at),
    photosOf(on, key),
    checksOfParcels(on, key),
    claimsOf(on, key),
    linesShown(on, key),
    deadlinesOf(on, { shopId: seen.shopId, about: orderId }),
  ]);
  const versions = await versionsOf(
    on,
    lines.map((line) => ({ ...line, shopId: seen.shopId })),
  );
  const due = deadlines.find(({ what }) => what === 'parcel.still' || what === 'parcel.answer');
  const of = <T extends { line: number }>(list: readonly T[], line: number): T[] =>
    list.filter((one) => one.line === line);
  return done({
    parcels: rows.map((row) => {
      const place = lines.findIndex((line) => line.number === row.line);
      return {
        ...row,
        dueAt: row.endedAt === null ? (due?.dueAt ?? null) : null,
        events: of(tracks, row.line),
        photos: of(photos, row.line).map((one) => ({ ...one, sha256: hex(one.sha256) })),
        checks: of(checks, row.line).map((one) => ({ ...one, photos: one.photos.map(hex) })),
        claims: of(claims, row.line),
        quantity: lines[place]?.quantity ?? 1,
        parts: (versions[place]?.content.parcel?.parts ?? []).map((part) => ({
          ...part,
          worth: fen(part.worth),
        })),
      };
    }),
  });
});

export const parcelRoutes = {
  parcels,
  toSend: serve(parcelContract.toSend, async ({ db }, { shopId }) =>
    done({ rows: await shipmentsOf(await reader(db), { viewerShop: shopId, limit: 200 }) }),
  ),
  ship: serve(parcelContract.ship, (context, input) =>
    transaction(context.db, (tx) => ship(tx, { ...input, userId: me(context) })),
  ),
  photo: serve(parcelContract.photo, (context, input) =>
    keepPhoto(context.db, { ...input, ...mine(context) }),
  ),
  check: serve(parcelContract.check, (context, input) =>
    transaction(context.db, (tx) => check(tx, { ...input, ...mine(context) })),
  ),
  sign: serve(parcelContract.sign, (context, input) =>
    transaction(context.db, (tx) => sign(tx, { ...input, ...mine(context) })),
  ),
  refuseParcel: serve(parcelContract.refuseParcel, (context, input) =>
    transaction(context.db, (tx) => refuseParcel(tx, { ...input, ...mine(context) })),
  ),
  giveUp: serve(parcelContract.giveUp, (context, input) =>
    transaction(context.db, (tx) => giveUp(tx, { ...input, ...mine(context) })),
  ),
  answerRefusal: serve(parcelContract.answerRefusal, (context, input) =>
    transaction(context.db, (tx) => answerRefusal(tx, { ...input, userId: me(context) })),
  ),
  claimCarrier: serve(parcelContract.claimCarrier, (context, input) =>
    transaction(context.db, (tx) => claimCarrier(tx, { ...input, userId: me(context) })),
  ),
};
