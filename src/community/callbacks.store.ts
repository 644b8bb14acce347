import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { CallTopic } from './callbacks.contract.ts';

export const callShape = {
  id: t.uuid,
  userId: t.uuid,
  slotAt: t.instant,
  topic: t.word<CallTopic>(),
  orderId: t.uuid.null,
  note: t.text,
  phoneMasked: t.text,
  askedAt: t.instant,
  openedBy: t.uuid.null,
  outcome: t.word<'reached' | 'missed' | 'cancelled'>().null,
};
export const callColumns = sql`c.id, c.user_id, c.slot_at, c.topic, c.order_id, c.note, c.phone_masked, c.asked_at, c.opened_by, c.outcome`;

/** Takes the first free place of the hour; no row where all are taken, by another one or at this moment. */
export const insertCallback = query(
  'community.insert_callback',
  { id: t.uuid },
  (p: {
    id: string;
    userId: string;
    slotAt: Instant;
    places: number;
    topic: CallTopic;
    orderId: string | null;
    note: string;
    phone: Buffer;
    masked: string;
    at: Instant;
  }) => sql`
  insert into community.callbacks (id, user_id, slot_at, place, topic, order_id, note, phone, phone_masked, asked_at)
  select ${p.id}::uuid, ${p.userId}::uuid, ${ts(p.slotAt)}::timestamptz, n, ${p.topic}, ${p.orderId}::uuid, ${p.note}, ${p.phone}, ${p.masked}, ${ts(p.at)}::timestamptz
    from generate_series(1, ${p.places}::int) n
   where not exists (select from community.callbacks c where c.slot_at = ${ts(p.slotAt)}::timestamptz and c.place = n and c.outcome is null)
   order by n limit 1
  on conflict do nothing returning id`,
);

export const lockCallback = query(
  'community.lock_callback',
  { ...callShape, phone: t.bytes },
  (p: { id: string }) => sql`
  select ${callColumns}, c.phone from community.callbacks c where c.id = ${p.id} for update`,
);

export const openCallback = statement(
  'community.open_callback',
  (p: { id: string; byId: string; at: Instant }) => sql`
  update community.callbacks set opened_by = ${p.byId}, opened_at = ${ts(p.at)}::timestamptz where id = ${p.id}`,
);

export const endCallback = statement(
  'community.end_callback',
  (p: { id: string; outcome: string; note: string; byId: string; at: Instant }) => sql`
  update community.callbacks set outcome = ${p.outcome}, outcome_note = ${p.note}, ended_by = ${p.byId}, ended_at = ${ts(p.at)}::timestamptz where id = ${p.id}`,
);
