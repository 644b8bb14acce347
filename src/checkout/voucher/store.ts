import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { VoucherKind } from './contract.ts';

const voucherShape = {
  shopId: t.uuid,
  orderId: t.uuid,
  kind: t.word<VoucherKind>(),
  body: t.text,
  hash: t.bytes,
  eventSeq: t.int,
  at: t.instant,
};
const columns = sql`v.shop_id, v.order_id, v.kind, v.body, v.sha256 as hash, v.event_seq, v.at`;

export const findVoucher = query(
  'checkout.find_voucher',
  voucherShape,
  (p: { shopId: string; orderId: string; kind: string }) => sql`
  select ${columns} from checkout.vouchers v where v.shop_id = ${p.shopId} and v.order_id = ${p.orderId} and v.kind = ${p.kind}`,
);

export const voucherByHash = query(
  'checkout.voucher_by_hash',
  voucherShape,
  (p: { hash: Buffer }) => sql`select ${columns} from checkout.vouchers v where v.sha256 = ${p.hash}::bytea`,
);

export const insertVoucher = statement(
  'checkout.insert_voucher',
  (p: {
    shopId: string;
    orderId: string;
    kind: string;
    body: string;
    hash: Buffer;
    eventSeq: number;
    at: Instant;
  }) => sql`
  insert into checkout.vouchers (shop_id, order_id, kind, body, sha256, event_seq, at)
  values (${p.shopId}, ${p.orderId}, ${p.kind}, ${p.body}, ${p.hash}::bytea, ${p.eventSeq}::int, ${ts(p.at)}::timestamptz)`,
);

/** The transfers that paid the lines of an order out of a wallet: what a wallet has instead of a trade number. */
export const walletEntries = query(
  'checkout.wallet_entries',
  { line: t.int, key: t.uuid },
  (p: { buyerId: string; orderId: string; lines: readonly number[] }) => sql`
  select x.line, m.key from unnest(${p.lines}::int[]) as x(line)
   cross join lateral (select * from ledger.transfers m where m.debit_kind = 'wallet' and m.debit_id = ${p.buyerId}::text and m.debit_seq is not null
      and m.credit_kind = 'escrow' and m.credit_id = ${p.orderId}::text || '.' || x.line limit 1) m`,
);
