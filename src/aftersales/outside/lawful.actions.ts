import { newId, platformId } from '../../kit/ids.ts';
import { decodeId, encodeId } from '../../kit/public-id.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { newToken, sha256, type Secret } from '../../kit/secret.ts';
import { instant, iso, plus, type Instant } from '../../kit/time.ts';
import { transaction, type Db, type Reader, type Tx } from '../../kit/tx.ts';
import { recordNext } from '../../evidence/actions.ts';
import { identitiesOf } from '../../merchants/identity.actions.ts';
import { tradesSeen } from '../../payments/trade.views.ts';
import { hashOf, versionAt, bookOf } from '../../rules/rules.ts';
import { must } from '../../kit/assert.ts';
import { identityKindWords } from '../../merchants/identity.contract.ts';
import { bundleOf } from './bundle.actions.ts';
import { regulatorExport, type RegulatorExport } from './export.contract.ts';
import { csvField, decideClose, decideGrant, halfYear, isStale } from './lawful.rules.ts';
import {
  closeRequest,
  grantRequest,
  insertLook,
  insertRequest,
  lockByCode,
  lockRequest,
} from './lawful.store.ts';
import { casesFor, ordersFor, shopFigures } from './lawful.views.ts';
import type { OutsideRefusal } from './refusals.contract.ts';
import { heldSubject } from './views.ts';

export type NewRequest = {
  readonly authority: string;
  readonly kind: 'court' | 'police' | 'regulator';
  readonly number: string;
  readonly basis: string;
  readonly asked: string;
  readonly documentHash: Buffer;
  readonly scope: 'order' | 'shop' | 'period';
  readonly subject: string;
  readonly fromAt: Instant | null;
  readonly toAt: Instant | null;
  readonly dueAt: Instant;
  readonly byId: string;
};

/** Enters what an authority asks for. SUBJECT_NOT_FOUND: no such order or shop; PERIOD_WRONG: a time without both ends. */
export async function enterRequest(
  tx: Tx,
  p: NewRequest,
): Promise<Result<{ requestId: string }, OutsideRefusal>> {
  const id = newId(tx.wall);
  const subject = p.scope === 'period' ? undefined : decodeId(p.scope, p.subject);
  if (p.scope !== 'order' && (p.fromAt === null || p.toAt === null || p.fromAt >= p.toAt))
    return refuse('PERIOD_WRONG');
  const [found] = subject ? await heldSubject(tx, { viewerScope: p.scope, id: subject }) : [];
  if (p.scope !== 'period' && !found) return refuse('SUBJECT_NOT_FOUND');
  const orderId = p.scope === 'order' ? (subject ?? null) : null;
  await insertRequest(tx, { ...p, id, orderId, shopId: found?.shopId ?? null, at: tx.business });
  await noteFact(tx, id, 'lawful.received', { authority: p.authority, number: p.number, scope: p.scope });
  return done({ requestId: id });
}

const noteFact = (tx: Tx, about: string, kind: string, body: Record<string, string>) =>
  recordNext(tx, [{ shopId: platformId, about, kind, actor: 'platform', keyOwner: null, body }]);

/** Grants a request as the second person. The code is answered this once; only its hash is kept. */
export async function grantAccess(
  tx: Tx,
  p: { requestId: string; byId: string; days: number },
): Promise<Result<{ code: Secret; openUntil: Instant }, OutsideRefusal>> {
  const [request] = await lockRequest(tx, { id: p.requestId });
  const decided = decideGrant(request, p.byId);
  if (!decided.ok) return decided;
  const code = newToken();
  const openUntil = plus(tx.business, { days: p.days });
  await grantRequest(tx, {
    id: p.requestId,
    byId: p.byId,
    codeHash: sha256(code.reveal()),
    openUntil,
    at: tx.business,
  });
  await noteFact(tx, p.requestId, 'lawful.granted', { until: iso(openUntil) });
  return done({ code, openUntil });
}

/** Says how a request was answered, or why it is declined. Its code works no longer. */
export async function answerRequest(
  tx: Tx,
  p: { requestId: string; declines: boolean; answer: string; byId: string },
): Promise<Result<{ state: string }, OutsideRefusal>> {
  const [request] = await lockRequest(tx, { id: p.requestId });
  const decided = decideClose(request, p.declines);
  if (!decided.ok) return decided;
  await closeRequest(tx, { ...p, id: p.requestId, state: decided.value, at: tx.business });
  await noteFact(tx, p.requestId, `lawful.${decided.value}`, {});
  return done({ state: decided.value });
}

type Request = Awaited<ReturnType<typeof lockByCode>>[number];
const atMost = 10_000;

/** One look of an authority with its code: the export, and the record that it was looked at. CODE_UNKNOWN: wrong, ended or expired. */
export async function lookWith(
  tx: Tx,
  p: { code: string; what: 'view' | 'json' | 'bundle' },
): Promise<Result<{ request: Request; export: RegulatorExport }, 'CODE_UNKNOWN'>> {
  const [request] = await lockByCode(tx, { codeHash: sha256(p.code), now: tx.business });
  if (!request) return refuse('CODE_UNKNOWN');
  const made = await exportOf(tx, request);
  await insertLook(tx, {
    requestId: request.id,
    what: p.what,
    hash: p.what === 'bundle' ? null : sha256(exportText(made)),
    at: tx.business,
  });
  await noteFact(tx, request.id, 'lawful.looked', { what: p.what });
  return done({ request, export: made });
}

export const exportText = (made: RegulatorExport): string => `${JSON.stringify(made, null, 2)}\n`;

/** What a code leads to as a file: the export, or of one order the court bundle with its originals. */
export async function fileWith(
  db: Db,
  p: { code: string; format: 'json' | 'bundle' },
): Promise<Result<File | ReadableStream, 'CODE_UNKNOWN'>> {
  const looked = await transaction(db, (tx) => lookWith(tx, { code: p.code, what: p.format }));
  if (!looked.ok) return looked;
  const { request, export: made } = looked.value;
  const { orderId, shopId } = request;
  if (p.format === 'bundle' && orderId && shopId)
    return done(await bundleOf(db, { orderId, shopId }, { side: 'authority', userId: null }));
  const name = `regulator-export-${iso(request.receivedAt).slice(0, 10)}.json`;
  return done(new File([exportText(made)], name, { type: 'application/json' }));
}

/** Everything within the scope of a request, in the published form; it is checked against the schema before it leaves. */
async function exportOf(on: Reader, request: Request): Promise<RegulatorExport> {
  const { scope, orderId, shopId, fromAt, toAt } = request;
  const span = { from: fromAt ?? instant(0), to: toAt ?? on.business };
  const wide = { ...span, viewerShop: shopId, limit: atMost };
  const [shops, orders, cases] = await Promise.all([
    shopFigures(on, { ...span, viewerShop: shopId }),
    scope === 'period' ? [] : ordersFor(on, { ...wide, orderId }),
    casesFor(on, { ...wide, orderId }),
  ]);
  const [identities, trades] = await Promise.all([
    identitiesOf(
      on,
      shops.map((shop) => shop.id),
    ),
    tradesSeen(on, { viewerPayments: orders.flatMap((order) => order.paymentId ?? []) }),
  ]);
  const version = versionAt(on.business);
  return regulatorExport.parse({
    format: 'mengyue-regulator-export@v1',
    madeAt: iso(on.business),
    authority: request.authority,
    number: request.number,
    scope,
    from: fromAt === null ? null : iso(fromAt),
    to: toAt === null ? null : iso(toAt),
    rulebook: { version, sha256: hashOf(must(bookOf(version), 'the version in force is there')) },
    shops: shops.map((shop, i) => shopPart(shop, identities[i])),
    orders: orders.map((order) => ({
      orderId: encodeId('order', order.id),
      shopId: encodeId('shop', order.shopId),
      state: order.state,
      placedAt: iso(order.placedAt),
      paidAt: order.paidAt === null ? null : iso(order.paidAt),
      total: String(order.total),
      refunded: String(order.refunded),
      goods: order.goods,
      trades: trades
        .filter((trade) => trade.paymentId === order.paymentId)
        .map(({ channel, tradeNo, amount, channelAt }) => ({
          channel,
          tradeNo,
          amount: String(amount),
          at: iso(channelAt),
        })),
    })),
    cases: cases.map(({ id, orderId: of, filedAt, endedAt, asked, award, ...rest }) => ({
      caseId: encodeId('case', id),
      orderId: encodeId('order', of),
      ...rest,
      filedAt: iso(filedAt),
      endedAt: endedAt === null ? null : iso(endedAt),
      asked: String(asked),
      award: award === null ? null : String(award),
    })),
  });
}

type Figures = Awaited<ReturnType<typeof shopFigures>>[number];
type Identity = Awaited<ReturnType<typeof identitiesOf>>[number];

const shopPart = (shop: Figures, identity: Identity) => ({
  shopId: encodeId('shop', shop.id),
  name: shop.name,
  openedAt: iso(shop.openedAt),
  verifiedAt: shop.verifiedAt === null ? null : iso(shop.verifiedAt),
  identity: identity
    ? {
        kind: identity.kind,
        legalName: identity.legalName,
        licenceNo: identity.licenceNo,
        registeredAt: identity.registeredAt,
        address: identity.address,
        contact: identity.contactName,
        phone: identity.phone,
        checkedAt: iso(identity.at),
      }
    : null,
  orders: shop.orders,
  turnover: String(shop.turnover),
  refunded: String(shop.refunded),
  cases: shop.cases,
});

/** The half-yearly report of who runs the shops (F189): every shop with its identity, its figures, and whether it is due to be checked again. */
export async function identityReport(on: Reader, p: { half: string; format: 'csv' | 'json' }): Promise<File> {
  const span = halfYear(p.half);
  const shops = await shopFigures(on, { ...span, viewerShop: null });
  const identities = await identitiesOf(
    on,
    shops.map((shop) => shop.id),
  );
  const rows = shops.map((shop, i) => ({
    ...shopPart(shop, identities[i]),
    stale: isStale(identities[i]?.at ?? null, span.to < on.business ? span.to : on.business),
  }));
  const name = `merchant-identities-${p.half}`;
  if (p.format === 'json') {
    const report = {
      format: 'mengyue-merchant-identities@v1',
      half: p.half,
      madeAt: iso(on.business),
      shops: rows,
    };
    return new File([`${JSON.stringify(report, null, 2)}\n`], `${name}.json`, { type: 'application/json' });
  }
  const head = [
    '店铺编号',
    '店铺名称',
    '主体类型',
    '名称',
    '统一社会信用代码',
    '登记机关',
    '地址',
    '联系人',
    '联系电话',
    '核验时间',
    '需复核',
    '订单数',
    '交易额(元)',
  ];
  const lines = rows.map(({ identity, ...row }) =>
    [
      row.shopId,
      row.name,
      identity ? identityKindWords[identity.kind].zh : '',
      identity?.legalName ?? '',
      identity?.licenceNo ?? '',
      identity?.registeredAt ?? '',
      identity?.address ?? '',
      identity?.contact ?? '',
      identity?.phone ?? '',
      identity?.checkedAt ?? '',
      row.stale ? '是' : '否',
      String(row.orders),
      (Number(row.turnover) / 100).toFixed(2),
    ]
      .map(csvField)
      .join(','),
  );
  return new File([`\ufeff${head.map(csvField).join(',')}\r\n${lines.join('\r\n')}\r\n`], `${name}.csv`, {
    type: 'text/csv',
  });
}
