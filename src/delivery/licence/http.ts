import { must } from '../../kit/assert.ts';
import { encodeId, decodeId } from '../../kit/public-id.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { hmac } from '../../kit/secret.ts';
import { plus, type Instant } from '../../kit/time.ts';
import { reader, transaction, type Tx } from '../../kit/tx.ts';
import type { Context } from '../../kit/viewer.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { ownOrder, ownOrders } from '../../orders/actions.ts';
import { accountOf, openAccount } from './account.actions.ts';
import { licenceContract, type LicenceRefusal } from './contract.ts';
import { maskedKey } from './key.rules.ts';
import { checkOut } from './offline.actions.ts';
import { isExpired, quotaOf } from './policy.rules.ts';
import { ownLicence, revealKey } from './reveal.actions.ts';
import { activate, deactivate, type By } from './seat.actions.ts';
import {
  licenceOfShop,
  licencesOfBuyer,
  licencesOfOrder,
  licencesOfShop,
  logOf,
  machinesOf,
  shownLicence,
  unbindsOf,
} from './views.ts';

type Row = Awaited<ReturnType<typeof licencesOfBuyer>>[number];

const hashOf = ({ db }: Context, what: string): Buffer => hmac(db.keys.trace, what).subarray(0, 16);

const byBuyer = (context: Context): By => ({
  by: 'buyer',
  byId: must(context.viewer.userId, 'the route needs a user'),
  addressHash: hashOf(context, `address/${context.ip}`),
});

const stateOf = (row: Pick<Row, 'state' | 'expiresAt'>, now: Instant) =>
  row.state === 'active' && isExpired(row, now) ? ('expired' as const) : row.state;

/** What every screen shows of a licence. */
const headOf = (row: Row, now: Instant) => ({
  ...row,
  masked: maskedKey(row.tail),
  state: stateOf(row, now),
  seats: row.policy.seats,
  uses: row.policy.uses === null ? null : { max: row.policy.uses, used: row.uses },
  duration_days: row.policy.duration_days,
  basis: row.policy.basis,
  offline_days: row.policy.offline_days,
});

/** Licences with their devices and what is left of their quotas. */
async function withSeats(on: Tx, rows: readonly Row[]) {
  const keys = { viewerShops: rows.map((row) => row.shopId), ids: rows.map((row) => row.licenceId) };
  const since = rows.map((row) => plus(on.business, { days: -row.policy.unbind.per_days }));
  const [machines, unbinds] = await Promise.all([machinesOf(on, keys), unbindsOf(on, { ...keys, since })]);
  return rows.map((row) => {
    const lately = unbinds.filter((one) => one.licenceId === row.licenceId).map((one) => one.at);
    return {
      ...headOf(row, on.business),
      unbind: { ...row.policy.unbind, ...quotaOf(row.policy, lately) },
      machines: machines.filter((one) => one.licenceId === row.licenceId),
    };
  });
}

async function ofOrder(
  context: Context,
  orderId: string,
): Promise<Result<{ licences: Shown[] }, LicenceRefusal>> {
  const on = await reader(context.db);
  const asked = { orderId, buyerIds: context.viewer.buyerIds };
  const order = ownOrder(await ownOrders(on, [asked]), asked);
  if (!order) return refuse('ORDER_NOT_FOUND');
  const rows = await licencesOfOrder(on, { shopId: order.shopId, viewerOrder: orderId });
  const keys = { viewerShops: rows.map((row) => row.shopId), ids: rows.map((row) => row.licenceId) };
  const [shown, log, versions] = await Promise.all([
    withSeats(on, rows),
    logOf(on, { ...keys, limit: 30 }),
    versionsOf(on, rows),
  ]);
  return done({
    licences: shown.map((one, i) => {
      const { content } = must(versions[i], 'a version for each licence');
      return {
        ...one,
        log: log.filter((entry) => entry.licenceId === one.licenceId),
        verification: content.verification,
        download: content.download,
      };
    }),
  });
}
type Shown = Awaited<ReturnType<typeof withSeats>>[number] & {
  log: Awaited<ReturnType<typeof logOf>>;
  verification: string;
  download: { url: string; version: string; sha256: string } | null;
};

/** A device that is not online gets a seat and its file in one step; asked again, the same seat and a new file. */
async function offline(
  tx: Tx,
  context: Context,
  p: { licenceId: string; fingerprint: string; name: string },
): Promise<Result<{ fileName: string; certificate: string; expiry: Instant }, LicenceRefusal>> {
  const at = await ownLicence(tx, { licenceId: p.licenceId, buyerIds: context.viewer.buyerIds });
  if (!at) return refuse('LICENCE_NOT_FOUND');
  const [row] = await shownLicence(tx, { viewerShop: at.shopId, licenceId: at.id });
  if (row?.policy.offline_days === null) return refuse('OFFLINE_NOT_OFFERED');
  const by = byBuyer(context);
  const device = {
    fingerprint: p.fingerprint,
    name: p.name || p.fingerprint.slice(0, 40),
    platform: '',
    hostname: '',
    components: [],
    metadata: {},
  };
  const seated = await activate(tx, at, device, by);
  if (!seated.ok) return seated;
  const file = await checkOut(
    tx,
    at,
    {
      kind: 'machine',
      machine: { id: seated.value.machine.id, fingerprint: null },
      ttl_s: undefined,
      algorithm: 'aes-256-gcm+ed25519',
      include: ['license'],
    },
    by,
  );
  if (!file.ok) return file;
  const { certificate, expiry, id } = file.value;
  return done({ fileName: `${encodeId('machine', id)}.lic`, certificate, expiry });
}

export const licenceRoutes = {
  mine: serve(licenceContract.mine, async ({ db, viewer }, input) => {
    const on = await reader(db);
    const rows = await licencesOfBuyer(on, {
      viewerIds: viewer.buyerIds,
      before: input.before ?? null,
      limit: input.limit + 1,
    });
    const shown = rows.slice(0, input.limit);
    return done({
      licences: await withSeats(on, shown),
      next: rows.length > input.limit ? (shown.at(-1)?.licenceId ?? null) : null,
    });
  }),

  ofOrder: serve(licenceContract.ofOrder, (context, { orderId }) => ofOrder(context, orderId)),

  reveal: serve(licenceContract.reveal, async (context, { licenceId }) => {
    const { db, viewer, ip } = context;
    const answer = await transaction(db, (tx) =>
      revealKey(tx, {
        licenceId,
        buyerIds: viewer.buyerIds,
        userId: must(viewer.userId, 'the route needs a user'),
        viewer,
        deviceHash: hashOf(context, `device/${viewer.deviceId ?? ''}`),
        addressHash: hashOf(context, `address/${ip}`),
      }),
    );
    return answer.ok ? done({ ...answer.value, licenceId, key: answer.value.key.reveal() }) : answer;
  }),

  unbind: serve(licenceContract.unbind, (context, { licenceId, machineId }) =>
    transaction(context.db, async (tx) => {
      const at = await ownLicence(tx, { licenceId, buyerIds: context.viewer.buyerIds });
      if (!at) return refuse('LICENCE_NOT_FOUND');
      return deactivate(tx, at, { id: machineId, fingerprint: null }, byBuyer(context));
    }),
  ),

  offlineFile: serve(licenceContract.offlineFile, (context, input) =>
    transaction(context.db, (tx) => offline(tx, context, input)),
  ),

  ofShop: serve(licenceContract.ofShop, async ({ db }, input) => {
    const on = await reader(db);
    const order = input.q === undefined ? undefined : decodeId('order', input.q);
    const rows = await licencesOfShop(on, {
      viewerShop: input.shopId,
      before: input.before ?? null,
      limit: input.limit + 1,
      state: input.state ?? null,
      order: order ?? null,
      search: order === undefined ? input.q || null : null,
      now: on.business,
    });
    const shown = rows.slice(0, input.limit);
    return done({
      licences: shown.map((row) => headOf(row, on.business)),
      next: rows.length > input.limit ? (shown.at(-1)?.licenceId ?? null) : null,
    });
  }),

  logOfShop: serve(licenceContract.logOfShop, async ({ db }, { shopId, licenceId }) => {
    const on = await reader(db);
    const [row] = await licenceOfShop(on, { viewerShop: shopId, licenceId });
    if (!row) return refuse('LICENCE_NOT_FOUND');
    const keys = { viewerShops: [shopId], ids: [licenceId] };
    const [machines, log] = await Promise.all([machinesOf(on, keys), logOf(on, { ...keys, limit: 200 })]);
    return done({ masked: maskedKey(row.tail), title: row.title, machines, log });
  }),

  account: serve(licenceContract.account, async ({ db }, { shopId }) => {
    const account = await accountOf(await reader(db), shopId);
    return done({
      account: shopId,
      publicKey: account?.publicKey.toString('hex') ?? null,
      madeAt: account?.madeAt ?? null,
    });
  }),

  openAccount: serve(licenceContract.openAccount, async ({ db }, { shopId }) => {
    const account = await transaction(db, (tx) => openAccount(tx, shopId));
    return done({ account: shopId, publicKey: account.publicKey.toString('hex') });
  }),
};
