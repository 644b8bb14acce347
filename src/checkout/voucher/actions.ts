import { must } from '../../kit/assert.ts';
import { pdfOf } from '../../kit/pdf.ts';
import { encodeId } from '../../kit/public-id.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { iso } from '../../kit/time.ts';
import { reader, transaction, type Db, type Reader, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { recordNext } from '../../evidence/actions.ts';
import { proofOf } from '../../evidence/reading.actions.ts';
import { identitiesOf } from '../../merchants/identity.actions.ts';
import { lockWithLines, orderSeenBy } from '../../orders/actions.ts';
import { headOf, linesShown } from '../../orders/views.ts';
import { tradesSeen } from '../../payments/trade.views.ts';
import { paidWith } from '../order-page.views.ts';
import type { VoucherKind } from './contract.ts';
import {
  readVoucher,
  voucherHash,
  voucherOf,
  voucherPaper,
  voucherText,
  type VoucherFacts,
} from './rules.ts';
import { findVoucher, insertVoucher, voucherByHash, walletEntries } from './store.ts';

type Seen = { shopId: string; orderId: string };
type Voucher = Awaited<ReturnType<typeof findVoucher>>[number];

async function factsOf(on: Reader, { shopId, orderId }: Seen): Promise<VoucherFacts> {
  const key = { shopId, viewerOrder: orderId };
  const [[found], lines, [identity]] = await Promise.all([
    headOf(on, key),
    linesShown(on, key),
    identitiesOf(on, [shopId]),
  ]);
  const order = must(found, 'an order that is seen is there');
  const [paid] = await paidWith(on, { buyerId: order.buyerId, viewerKey: order.checkoutKey });
  const [trades, wallet] = await Promise.all([
    paid?.paymentId ? tradesSeen(on, { viewerPayments: [paid.paymentId] }) : [],
    walletEntries(on, { buyerId: order.buyerId, orderId, lines: lines.map((line) => line.number) }),
  ]);
  return { order, legalName: identity?.legalName ?? '', lines, trades, wallet };
}

/**
 * The voucher of an order or of its payment. It is made once, its hash fixed as an event of the order; asked for again it is the same bytes.
 * ORDER_NOT_FOUND: not theirs; NOT_PAID: there is no payment yet.
 */
export async function voucherFile(
  db: Db,
  viewer: Viewer,
  p: { orderId: string; kind: VoucherKind; format: 'json' | 'pdf' },
): Promise<Result<File, 'ORDER_NOT_FOUND' | 'NOT_PAID'>> {
  const seen = await orderSeenBy(await reader(db), viewer, p.orderId);
  if (!seen) return refuse('ORDER_NOT_FOUND');
  const made = await transaction(db, (tx) => issue(tx, { ...seen, orderId: p.orderId, kind: p.kind }));
  if (!made.ok) return made;
  const voucher = made.value;
  const logIndex = await indexOf(await reader(db), voucher);
  const body = JSON.parse(voucher.body);
  const name = `${p.kind}-voucher-${encodeId('order', p.orderId)}`;
  if (p.format === 'pdf') {
    const pdf = await pdfOf(voucherPaper(body, { hash: voucher.hash, logIndex, at: voucher.at }));
    return done(new File([new Uint8Array(pdf)], `${name}.pdf`, { type: 'application/pdf' }));
  }
  const file = { voucher: body, sha256: voucher.hash.toString('hex'), issuedAt: iso(voucher.at), logIndex };
  return done(new File([`${JSON.stringify(file, null, 2)}\n`], `${name}.json`, { type: 'application/json' }));
}

async function indexOf(on: Reader, { shopId, orderId, eventSeq }: Voucher): Promise<number | null> {
  const proof = await proofOf(on, { shopId, about: orderId, seq: eventSeq });
  return proof.ok ? proof.value.index : null;
}

async function issue(
  tx: Tx,
  p: Seen & { buyerId: string; kind: VoucherKind },
): Promise<Result<Voucher, 'NOT_PAID'>> {
  const [held] = await lockWithLines(tx, [{ shopId: p.shopId, id: p.orderId }]);
  const { order } = must(held, 'an order that is seen is there');
  // A voucher never changes, so there is none before there is something to vouch for.
  if (order.paidAt === null) return refuse('NOT_PAID');
  const [before] = await findVoucher(tx, p);
  if (before) return done(before);
  const body = voucherText(voucherOf(p.kind, await factsOf(tx, p)));
  const hash = voucherHash(body);
  const [event] = await recordNext(tx, [
    {
      shopId: p.shopId,
      about: p.orderId,
      kind: 'voucher.issued',
      actor: 'platform',
      keyOwner: p.buyerId,
      body: { kind: p.kind, sha256: hash.toString('hex') },
    },
  ]);
  const { seq: eventSeq } = must(event, 'the event that was recorded');
  const { shopId, orderId, kind } = p;
  await insertVoucher(tx, { shopId, orderId, kind, body, hash, eventSeq, at: tx.business });
  return done({ shopId, orderId, kind, body, hash, eventSeq, at: tx.business });
}

/** Whether a voucher was issued here and is unchanged. It tells nothing of any order but that. */
export async function checkVoucher(on: Reader, given: string) {
  const read = readVoucher(given);
  const nothing = { valid: false, hash: read?.hash.toString('hex') ?? '', issuedAt: null, logIndex: null };
  if (!read) return { ...nothing, why: 'unreadable' as const };
  const [found] = await voucherByHash(on, { hash: read.hash });
  if (!found) return { ...nothing, why: read.body ? ('changed' as const) : ('unknown' as const) };
  return {
    valid: true,
    hash: found.hash.toString('hex'),
    issuedAt: iso(found.at),
    logIndex: await indexOf(on, found),
    why: 'issued' as const,
  };
}
