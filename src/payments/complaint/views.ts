import { query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import { complaintColumns, complaintShape } from './store.ts';

/** Complaints by their numbers, in the order asked; the caller has decided that the viewer may see them. */
export const complaintsOf = query(
  'payments.complaints_of',
  complaintShape,
  (p: { viewerChannels: readonly string[]; numbers: readonly string[] }) => sql`
  select ${complaintColumns} from unnest(${p.viewerChannels}::text[], ${p.numbers}::text[]) with ordinality as x(channel, number, n)
    join payments.complaints c on c.channel = x.channel and c.number = x.number order by x.n`,
);

/** Every complaint, the open ones by their end first; for staff only. */
export const complaintsSeen = query(
  'payments.complaints_seen',
  complaintShape,
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select ${complaintColumns} from payments.complaints c where ${p.viewerStaff}::boolean
   order by c.state = 'processed', c.settle_by, c.number limit ${p.limit}::int`,
);

/** What was answered to complaints, and how far it got. */
export const answersOf = query(
  'payments.complaint_answers_of',
  {
    channel: t.text,
    number: t.text,
    kind: t.word<'reply' | 'complete'>(),
    text: t.text,
    state: t.word<'waiting' | 'done' | 'refused'>(),
    tries: t.int,
    failure: t.text.null,
    at: t.instant,
    doneAt: t.instant.null,
  },
  (p: { viewerChannels: readonly string[]; numbers: readonly string[] }) => sql`
  select a.channel, a.number, a.kind, a.text, a.state, a.tries, a.failure, a.at, a.done_at
    from unnest(${p.viewerChannels}::text[], ${p.numbers}::text[]) as x(channel, number)
    join payments.complaint_answers a on a.channel = x.channel and a.number = x.number order by a.at, a.id`,
);

/** Notices of complaints that were refused or contradicted something, newest first; for staff only. */
export const oddNotices = query(
  'payments.odd_complaint_notices',
  { channel: t.text, decision: t.text, number: t.text.null, at: t.instant },
  (p: { viewerStaff: boolean; since: Instant; limit: number }) => sql`
  select n.channel, n.decision, n.number, n.at from payments.complaint_notices n
   where ${p.viewerStaff}::boolean and n.at > ${ts(p.since)}::timestamptz and (not n.verified or n.decision = 'contradiction') order by n.at desc limit ${p.limit}::int`,
);
