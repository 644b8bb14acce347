import { bare, json, query, sql, statement, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { GroupState } from './machine.ts';

type Key = { readonly shopId: string; readonly groupId: string };

export const insertSubject = statement(
  'aftersales.insert_subject',
  (p: { shopId: string; caseId: string; listingId: string; subjectId: string; at: Instant }) => sql`
  insert into aftersales.case_subjects (shop_id, case_id, listing_id, subject_id, at)
  values (${p.shopId}, ${p.caseId}, ${p.listingId}, ${p.subjectId}, ${ts(p.at)}::timestamptz) on conflict do nothing`,
);

/** The watch over a batch, held until the end of the transaction, so that two cases are counted one after the other. */
export const holdWatch = query(
  'aftersales.hold_watch',
  { alarmedAt: t.instant.null },
  (p: { shopId: string; subjectId: string; listingId: string }) => sql`
  insert into aftersales.batch_watches as w (shop_id, subject_id, listing_id) values (${p.shopId}, ${p.subjectId}, ${p.listingId})
  on conflict (shop_id, subject_id) do update set listing_id = w.listing_id returning alarmed_at`,
);

export const writeWatch = statement(
  'aftersales.write_watch',
  (p: {
    shopId: string;
    subjectId: string;
    cases: number;
    sold: number;
    alarmed: Instant | null;
    suspended: boolean;
  }) => sql`
  update aftersales.batch_watches set cases = ${p.cases}, sold = ${p.sold}::bigint, alarmed_at = coalesce(alarmed_at, ${ts(p.alarmed)}::timestamptz), suspended = suspended or ${p.suspended}::boolean
   where shop_id = ${p.shopId} and subject_id = ${p.subjectId}`,
);

const groupShape = {
  shopId: t.uuid,
  id: t.uuid,
  listingId: t.uuid,
  subjectId: t.uuid,
  state: t.word<GroupState>(),
  steps: t.int,
  rulebook: t.text,
  representativeId: t.uuid,
  finding: t.json<Record<string, unknown>>().null,
  proposedBy: t.uuid.null,
  decidedAt: t.instant.null,
};
const groupColumns = sql`g.shop_id, g.id, g.listing_id, g.subject_id, g.state, g.steps, g.rulebook, g.representative_id, g.finding, g.proposed_by, g.decided_at`;

/** The group about a batch that still takes cases; the caller holds the watch. */
export const openGroupOf = query(
  'aftersales.open_group_of',
  groupShape,
  (p: { shopId: string; subjectId: string }) => sql`
  select ${groupColumns} from aftersales.case_groups g where g.shop_id = ${p.shopId} and g.subject_id = ${p.subjectId} and g.state in ('open', 'signing') for update`,
);

export const lockGroup = query(
  'aftersales.lock_group',
  groupShape,
  (p: { groupId: string }) =>
    sql`select ${groupColumns} from aftersales.case_groups g where g.id = ${p.groupId} for update`,
);

export const insertGroup = statement(
  'aftersales.insert_group',
  (
    p: Key & {
      listingId: string;
      subjectId: string;
      rulebook: string;
      representativeId: string;
      at: Instant;
    },
  ) => sql`
  insert into aftersales.case_groups (shop_id, id, listing_id, subject_id, state, rulebook, representative_id, opened_at)
  values (${p.shopId}, ${p.groupId}, ${p.listingId}, ${p.subjectId}, 'open', ${p.rulebook}, ${p.representativeId}, ${ts(p.at)}::timestamptz)`,
);

export const writeGroup = statement(
  'aftersales.write_group',
  (
    p: Key & {
      state: string;
      steps: number;
      finding: unknown;
      proposedBy: string | null;
      representativeId: string;
      decided: Instant | null;
    },
  ) => sql`
  update aftersales.case_groups set state = ${p.state}, steps = ${p.steps}, finding = ${json(p.finding)}::jsonb, proposed_by = ${p.proposedBy}::uuid,
         representative_id = ${p.representativeId}, decided_at = ${ts(p.decided)}::timestamptz where shop_id = ${p.shopId} and id = ${p.groupId}`,
);

export const insertGroupStep = statement(
  'aftersales.insert_group_step',
  (
    p: Key & {
      step: number;
      from: string;
      event: string;
      to: string;
      by: string;
      byId: string | null;
      article: string;
      text: string;
      at: Instant;
    },
  ) => sql`
  insert into aftersales.case_group_steps (shop_id, group_id, step, from_state, event, to_state, by_kind, by_id, article, text, at)
  values (${p.shopId}, ${p.groupId}, ${p.step}, ${p.from}, ${p.event}, ${p.to}, ${p.by}, ${p.byId}::uuid, ${p.article}, ${p.text}, ${ts(p.at)}::timestamptz)`,
);

/** Cases join; one that is or was in a group stays as it is. */
export const insertMembers = statement(
  'aftersales.insert_members',
  (p: Key & { cases: readonly string[]; at: Instant }) => sql`
  insert into aftersales.case_group_members (shop_id, group_id, case_id, joined_at)
  select ${p.shopId}, ${p.groupId}, x.id, ${ts(p.at)}::timestamptz from unnest(${bare(p.cases)}::uuid[]) as x(id) on conflict do nothing`,
);

/** The group in which a case is, the caller holds the case. */
export const memberOf = query(
  'aftersales.member_of',
  { groupId: t.uuid },
  (p: { shopId: string; caseId: string }) => sql`
  select group_id from aftersales.case_group_members where shop_id = ${p.shopId} and case_id = ${p.caseId} and left_at is null and found_at is null`,
);

export const leaveGroupRow = statement(
  'aftersales.leave_group',
  (p: { shopId: string; caseId: string; at: Instant }) => sql`
  update aftersales.case_group_members set left_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and case_id = ${p.caseId} and left_at is null and found_at is null`,
);

/** Cases that wait for the finding of their group. */
export const waitingMembers = query(
  'aftersales.waiting_members',
  { caseId: t.uuid },
  (p: Key & { limit: number }) => sql`
  select case_id from aftersales.case_group_members where shop_id = ${p.shopId} and group_id = ${p.groupId} and found_at is null and left_at is null
   order by case_id limit ${p.limit}::int`,
);

/** Writes what a finding did to cases, and answers those that it had not reached before; the caller holds the cases. */
export const noteOutcomes = query(
  'aftersales.note_outcomes',
  { caseId: t.uuid },
  (p: Key & { cases: readonly string[]; outcomes: readonly string[]; at: Instant }) => sql`
  update aftersales.case_group_members m set found_at = ${ts(p.at)}::timestamptz, outcome = x.outcome
    from unnest(${bare(p.cases)}::uuid[], ${bare(p.outcomes)}::text[]) as x(id, outcome)
   where m.shop_id = ${p.shopId} and m.group_id = ${p.groupId} and m.case_id = x.id and m.found_at is null and m.left_at is null
  returning m.case_id`,
);

export const insertWords = statement(
  'aftersales.insert_group_words',
  (p: Key & { byId: string; text: string; at: Instant }) => sql`
  insert into aftersales.case_group_words (shop_id, group_id, number, by_id, text, at)
  select ${p.shopId}, ${p.groupId}, (select count(*) + 1 from aftersales.case_group_words w where w.shop_id = ${p.shopId} and w.group_id = ${p.groupId}), ${p.byId}, ${p.text}, ${ts(p.at)}::timestamptz`,
);
