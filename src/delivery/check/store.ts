import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { CheckFinding, CheckVerdict, KeyPart } from './contract.ts';

type UnitAt = { shopId: string; orderId: string; line: number; place: number };

/** How many comparisons there were of a key; the caller holds the lock of its order. */
export const countChecks = query(
  'delivery.count_code_checks',
  { count: t.int },
  (p: UnitAt) => sql`
  select count(*) as count from delivery.code_checks
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and line = ${p.line} and place = ${p.place}`,
);

export const insertCheck = statement(
  'delivery.insert_code_check',
  (
    p: UnitAt & {
      nth: number;
      part: KeyPart;
      verdict: CheckVerdict;
      findings: string;
      print: Buffer;
      userId: string;
      at: Instant;
    },
  ) => sql`
  insert into delivery.code_checks (shop_id, order_id, line, place, nth, part, verdict, findings, typed_print, user_id, at)
  values (${p.shopId}, ${p.orderId}, ${p.line}, ${p.place}, ${p.nth}, ${p.part}, ${p.verdict}, ${p.findings}::jsonb, ${p.print}, ${p.userId}, ${ts(p.at)}::timestamptz)`,
);

export const checkShape = {
  orderId: t.uuid,
  line: t.int,
  place: t.int,
  nth: t.int,
  part: t.word<KeyPart>(),
  verdict: t.word<CheckVerdict>(),
  findings: t.json<CheckFinding[]>(),
  at: t.instant,
};

/** All comparisons of orders, oldest first. */
export const readChecks = query(
  'delivery.read_code_checks',
  checkShape,
  (p: { shops: readonly string[]; orders: readonly string[] }) => sql`
  select c.order_id, c.line, c.place, c.nth, c.part, c.verdict, c.findings, c.at
    from unnest(${p.shops}::uuid[], ${p.orders}::uuid[]) as x(shop_id, order_id)
   cross join lateral (select * from delivery.code_checks c where c.shop_id = x.shop_id and c.order_id = x.order_id offset 0) c
   order by c.order_id, c.at, c.line, c.place, c.nth`,
);
