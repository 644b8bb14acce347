import { bare, json, query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { Judgment } from '../desk.rules.ts';
import type { Award } from '../rules.ts';
import type { TribunalKind } from './draw.rules.ts';
import type { RecusalState } from './machine.ts';
import type { Seat } from './rules.ts';

export type Key = { readonly shopId: string; readonly caseId: string; readonly kind: TribunalKind };

/** A tribunal begins with the list it is drawn from, and with the newest event of its order: the statement follows that event's own. */
export const insertTribunal = statement(
  'aftersales.insert_tribunal',
  (
    p: Key & {
      orderId: string;
      seats: number;
      tokens: readonly string[];
      people: readonly string[];
      listSha256: Buffer;
      at: Instant;
    },
  ) => sql`
  insert into aftersales.tribunals (shop_id, case_id, kind, state, seats, after_seq, tokens, people, list_sha256, asked_at)
  select ${p.shopId}, ${p.caseId}, ${p.kind}, 'drawing', ${p.seats}::smallint, max(e.seq), ${bare(p.tokens)}::text[], ${bare(p.people)}::uuid[], ${p.listSha256}::bytea, ${ts(p.at)}::timestamptz
    from evidence.events e where e.shop_id = ${p.shopId} and e.about = ${p.orderId}`,
);

/** The tribunal of a case; the caller holds the case. */
export const readTribunal = query(
  'aftersales.read_tribunal',
  {
    state: t.text,
    seats: t.int,
    round: t.int,
    afterSeq: t.int,
    tokens: t.array(t.text),
    people: t.array(t.uuid),
    listSha256: t.bytes,
    sourceSize: t.int.null,
    sourceRoot: t.bytes.null,
    askedAt: t.instant,
    drawnAt: t.instant.null,
    endedAt: t.instant.null,
  },
  (p: Key) => sql`
  select state, seats, round, after_seq, tokens, people, list_sha256, source_size, source_root, asked_at, drawn_at, ended_at
    from aftersales.tribunals where shop_id = ${p.shopId} and case_id = ${p.caseId} and kind = ${p.kind}`,
);

export const markDrawn = statement(
  'aftersales.mark_drawn',
  (p: Key & { state: string; size: number; root: Buffer; at: Instant }) => sql`
  update aftersales.tribunals set state = ${p.state}, source_size = ${p.size}::bigint, source_root = ${p.root}::bytea, drawn_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and case_id = ${p.caseId} and kind = ${p.kind}`,
);

export const moveTribunal = statement(
  'aftersales.move_tribunal',
  (p: Key & { state: string; round: number; ended: Instant | null }) => sql`
  update aftersales.tribunals set state = ${p.state}, round = ${p.round}::smallint, ended_at = ${ts(p.ended)}::timestamptz
   where shop_id = ${p.shopId} and case_id = ${p.caseId} and kind = ${p.kind}`,
);

export const insertSeats = statement(
  'aftersales.insert_seats',
  (p: Key & { people: readonly string[]; ranks: readonly number[]; at: Instant }) => sql`
  insert into aftersales.seats (shop_id, case_id, kind, user_id, rank, state, seated_at)
  select ${p.shopId}, ${p.caseId}, ${p.kind}, x.user_id, x.rank, 'seated', ${ts(p.at)}::timestamptz
    from unnest(${bare(p.people)}::uuid[], ${bare(p.ranks)}::int[]) as x(user_id, rank)`,
);

export const leaveSeats = statement(
  'aftersales.leave_seats',
  (p: Key & { people: readonly string[]; state: 'recused' | 'late'; reason: string; at: Instant }) => sql`
  update aftersales.seats set state = ${p.state}, reason = ${p.reason}, left_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and case_id = ${p.caseId} and kind = ${p.kind} and user_id = any(${bare(p.people)}::uuid[])`,
);

export const readSeats = query(
  'aftersales.read_seats',
  { userId: t.uuid, rank: t.int, state: t.word<Seat['state']>(), reason: t.text, seatedAt: t.instant },
  (p: Key) => sql`
  select user_id, rank, state, reason, seated_at from aftersales.seats
   where shop_id = ${p.shopId} and case_id = ${p.caseId} and kind = ${p.kind} order by rank`,
);

export type VoteBody = {
  readonly award: Omit<Award, 'amount'> & { readonly amount: string };
  readonly judged: Omit<Judgment, 'amount'> & { readonly amount: string | null };
};

/** A vote that is open from the start; nobody has a second one. */
export const insertVote = statement(
  'aftersales.insert_vote',
  (p: Key & { userId: string; choice: string; body: unknown; at: Instant }) => sql`
  insert into aftersales.ballots (shop_id, case_id, kind, user_id, choice, body, at, opened_at)
  values (${p.shopId}, ${p.caseId}, ${p.kind}, ${p.userId}, ${p.choice}, ${json(p.body)}::jsonb, ${ts(p.at)}::timestamptz, ${ts(p.at)}::timestamptz)`,
);

/** A sealed vote. */
export const insertSealed = statement(
  'aftersales.insert_sealed',
  (p: Key & { userId: string; commitment: Buffer; at: Instant }) => sql`
  insert into aftersales.ballots (shop_id, case_id, kind, user_id, commitment, at)
  values (${p.shopId}, ${p.caseId}, ${p.kind}, ${p.userId}, ${p.commitment}::bytea, ${ts(p.at)}::timestamptz)`,
);

export const openSealed = statement(
  'aftersales.open_sealed',
  (p: Key & { userId: string; choice: string; nonce: string; reasons: string; at: Instant }) => sql`
  update aftersales.ballots set choice = ${p.choice}, nonce = ${p.nonce}, body = jsonb_build_object('reasons', ${p.reasons}::text), opened_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and case_id = ${p.caseId} and kind = ${p.kind} and user_id = ${p.userId} and opened_at is null`,
);

export const readBallots = query(
  'aftersales.read_ballots',
  {
    userId: t.uuid,
    commitment: t.bytes.null,
    choice: t.text.null,
    body: t.json<Record<string, unknown>>().null,
    at: t.instant,
    openedAt: t.instant.null,
  },
  (p: Key) => sql`
  select user_id, commitment, choice, body, at, opened_at from aftersales.ballots
   where shop_id = ${p.shopId} and case_id = ${p.caseId} and kind = ${p.kind} order by opened_at, at, user_id`,
);

export const insertRecusal = statement(
  'aftersales.insert_recusal',
  (p: {
    shopId: string;
    caseId: string;
    userId: string;
    by: 'buyer' | 'merchant';
    byId: string;
    text: string;
    at: Instant;
  }) => sql`
  insert into aftersales.recusals (shop_id, case_id, user_id, by_kind, by_id, text, state, at)
  values (${p.shopId}, ${p.caseId}, ${p.userId}, ${p.by}, ${p.byId}, ${p.text}, 'open', ${ts(p.at)}::timestamptz)`,
);

export const decideRecusalRow = statement(
  'aftersales.decide_recusal',
  (p: {
    shopId: string;
    caseId: string;
    userId: string;
    state: string;
    reasons: string;
    byId: string;
    at: Instant;
  }) => sql`
  update aftersales.recusals set state = ${p.state}, reasons = ${p.reasons}, decided_by = ${p.byId}, decided_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and case_id = ${p.caseId} and user_id = ${p.userId} and state = 'open'`,
);

export const readRecusals = query(
  'aftersales.read_recusals',
  {
    userId: t.uuid,
    by: t.word<'buyer' | 'merchant'>(),
    text: t.text,
    state: t.word<RecusalState>(),
    reasons: t.text.null,
    at: t.instant,
  },
  (p: { shopId: string; caseId: string }) => sql`
  select user_id, by_kind as by, text, state, reasons, at from aftersales.recusals where shop_id = ${p.shopId} and case_id = ${p.caseId} order by at, user_id`,
);

/** Somebody offers to sit on juries, or no longer. */
export const putJuror = statement(
  'aftersales.put_juror',
  (p: { userId: string; willing: boolean; at: Instant }) => sql`
  insert into aftersales.jurors (user_id, willing, at) values (${p.userId}, ${p.willing}::boolean, ${ts(p.at)}::timestamptz)
  on conflict (user_id) do update set willing = excluded.willing, at = excluded.at`,
);
