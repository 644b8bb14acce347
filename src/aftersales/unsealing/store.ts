import { query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { UnsealingState } from './machine.ts';
import type { Extent, Unsealing } from './rules.ts';

export const unsealingShape = {
  id: t.uuid,
  shopId: t.uuid,
  caseId: t.uuid,
  place: t.int,
  state: t.word<UnsealingState>(),
  extent: t.word<Extent>(),
  granted: t.word<Extent>().null,
  reason: t.text,
  askedBy: t.uuid,
  askedAt: t.instant,
  answer: t.text.null,
  decidedBy: t.uuid.null,
  decidedAt: t.instant.null,
  until: t.instant.null,
  shownAt: t.instant.null,
};
export const unsealingColumns = sql`
  u.id, u.shop_id, u.case_id, u.place, u.state, u.extent, u.granted, u.reason, u.asked_by, u.asked_at, u.answer, u.decided_by, u.decided_at, u.until, u.shown_at`;

/** Where a request is, before its case is locked. */
export const findUnsealing = query(
  'aftersales.find_unsealing',
  { shopId: t.uuid, caseId: t.uuid },
  (p: { id: string }) => sql`select shop_id, case_id from aftersales.unsealings where id = ${p.id}`,
);

/** The requests of a locked case. */
export const unsealingsOfCase = query(
  'aftersales.unsealings_of_case',
  unsealingShape,
  (p: { shopId: string; caseId: string }) => sql`
  select ${unsealingColumns} from aftersales.unsealings u where u.shop_id = ${p.shopId} and u.case_id = ${p.caseId} order by u.id for update`,
);

export const insertUnsealing = statement(
  'aftersales.insert_unsealing',
  (p: {
    shopId: string;
    id: string;
    caseId: string;
    place: number;
    extent: string;
    reason: string;
    byId: string;
    at: Instant;
  }) => sql`
  insert into aftersales.unsealings (shop_id, id, case_id, place, state, extent, reason, asked_by, asked_at)
  values (${p.shopId}, ${p.id}, ${p.caseId}, ${p.place}::int, 'asked', ${p.extent}, ${p.reason}, ${p.byId}, ${ts(p.at)}::timestamptz)`,
);

export const writeUnsealing = statement(
  'aftersales.write_unsealing',
  ({ one: u }: { one: Unsealing }) => sql`
  update aftersales.unsealings set state = ${u.state}, granted = ${u.granted}::text, answer = ${u.answer}::text, decided_by = ${u.decidedBy}::uuid, decided_at = ${ts(u.decidedAt)}::timestamptz,
         until = ${ts(u.until)}::timestamptz, shown_at = ${ts(u.shownAt)}::timestamptz
   where shop_id = ${u.shopId} and id = ${u.id}`,
);
