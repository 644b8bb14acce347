import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { DepositState } from './machine.ts';
import type { Deposit } from './rules.ts';

export const depositShape = {
  shopId: t.uuid,
  state: t.word<DepositState>(),
  required: t.fen,
  tier: t.fen,
  volume: t.fen,
  rulebook: t.text,
  measuredAt: t.instant,
  shortAt: t.instant.null,
  dueAt: t.instant.null,
  leftAt: t.instant.null,
};
export const depositColumns = sql`d.shop_id, d.state, d.required_fen as required, d.tier_fen as tier, d.volume_fen as volume, d.rulebook, d.measured_at, d.short_at, d.due_at, d.left_at`;

/** Locks the shop, so that a deposit is measured by one at a time, also the first time; answers its row where there is one. */
export const lockDeposit = query(
  'merchants.lock_deposit',
  {
    ...depositShape,
    shopId: t.uuid.null,
    state: t.word<DepositState>().null,
    required: t.fen.null,
    tier: t.fen.null,
    volume: t.fen.null,
    rulebook: t.text.null,
    measuredAt: t.instant.null,
  },
  (p: { shopId: string }) => sql`
  select ${depositColumns} from (select id from merchants.shops where id = ${p.shopId} for no key update) s left join merchants.deposits d on d.shop_id = s.id`,
);

export const putDeposit = statement(
  'merchants.put_deposit',
  (p: Deposit) => sql`
  insert into merchants.deposits (shop_id, state, required_fen, tier_fen, volume_fen, rulebook, measured_at, short_at, due_at, left_at)
  values (${p.shopId}, ${p.state}, ${p.required}::bigint, ${p.tier}::bigint, ${p.volume}::bigint, ${p.rulebook}, ${ts(p.measuredAt)}::timestamptz,
          ${p.shortAt === null ? null : ts(p.shortAt)}::timestamptz, ${p.dueAt === null ? null : ts(p.dueAt)}::timestamptz, ${p.leftAt === null ? null : ts(p.leftAt)}::timestamptz)
  on conflict (shop_id) do update set state = excluded.state, required_fen = excluded.required_fen, tier_fen = excluded.tier_fen, volume_fen = excluded.volume_fen,
    rulebook = excluded.rulebook, measured_at = excluded.measured_at, short_at = excluded.short_at, due_at = excluded.due_at, left_at = excluded.left_at`,
);

export const insertDepositStep = statement(
  'merchants.insert_deposit_step',
  (p: {
    shopId: string;
    from: string;
    event: string;
    to: string;
    by: string;
    byId: string | null;
    balance: bigint;
    required: bigint;
    article: string;
    at: Instant;
  }) => sql`
  insert into merchants.deposit_steps (shop_id, step, from_state, event, to_state, by_kind, by_id, balance_fen, required_fen, article, at)
  values (${p.shopId}, (select coalesce(max(s.step), 0) + 1 from merchants.deposit_steps s where s.shop_id = ${p.shopId}), ${p.from}, ${p.event}, ${p.to}, ${p.by}, ${p.byId}::uuid, ${p.balance}::bigint, ${p.required}::bigint, ${p.article}, ${ts(p.at)}::timestamptz)`,
);

export const insertReturn = statement(
  'merchants.insert_return',
  (p: { shopId: string; id: string; amount: bigint; askedBy: string; reason: string; at: Instant }) => sql`
  insert into merchants.deposit_returns (shop_id, id, amount_fen, asked_by, asked_at, reason)
  values (${p.shopId}, ${p.id}, ${p.amount}::bigint, ${p.askedBy}, ${ts(p.at)}::timestamptz, ${p.reason})`,
);

export const openReturn = query(
  'merchants.open_return',
  { id: t.uuid, amount: t.fen, askedBy: t.uuid },
  (p: { shopId: string }) => sql`
  select id, amount_fen as amount, asked_by from merchants.deposit_returns where shop_id = ${p.shopId} and decided_by is null for update`,
);

export const decideReturnRow = statement(
  'merchants.decide_return',
  (p: { shopId: string; id: string; agreed: boolean; byId: string; key: string | null; at: Instant }) => sql`
  update merchants.deposit_returns set agreed = ${p.agreed}::boolean, decided_by = ${p.byId}, key = ${p.key}::uuid, decided_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and id = ${p.id}`,
);
