import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { RulebookState } from './machine.ts';

const versionShape = {
  version: t.text,
  id: t.uuid,
  state: t.word<RulebookState>(),
  body: t.text,
  sha256: t.bytes,
  steps: t.int,
  consultFrom: t.instant.null,
  consultUntil: t.instant.null,
  proposedBy: t.uuid.null,
  proposedSha256: t.bytes.null,
  proposedEffectiveAt: t.instant.null,
  announcedAt: t.instant.null,
  effectiveAt: t.instant.null,
};

/** A version with its lock: one step after another. */
export const lockVersion = query(
  'rules.lock_version',
  versionShape,
  (p: { version: string }) => sql`
  select version, id, state, body, sha256, steps, consult_from, consult_until, proposed_by, proposed_sha256, proposed_effective_at, announced_at, effective_at
    from rules.versions where version = ${p.version} for update`,
);

export const lockVersionById = query(
  'rules.lock_version_by_id',
  versionShape,
  (p: { id: string }) => sql`
  select version, id, state, body, sha256, steps, consult_from, consult_until, proposed_by, proposed_sha256, proposed_effective_at, announced_at, effective_at
    from rules.versions where id = ${p.id} for update`,
);

export const lockInForce = query(
  'rules.lock_in_force',
  versionShape,
  () => sql`
  select version, id, state, body, sha256, steps, consult_from, consult_until, proposed_by, proposed_sha256, proposed_effective_at, announced_at, effective_at
    from rules.versions where state = 'in_force' for update`,
);

type Life = {
  version: string;
  state: RulebookState;
  body: string;
  sha256: Buffer;
  consultFrom: Instant | null;
  consultUntil: Instant | null;
  announcedAt: Instant | null;
  effectiveAt: Instant | null;
};

/** A version that is new; nothing is written when its number is taken. */
export const insertVersion = statement(
  'rules.insert_version',
  (p: Life & { id: string }) => sql`
  insert into rules.versions (version, id, state, body, sha256, consult_from, consult_until, announced_at, effective_at)
  values (${p.version}, ${p.id}, ${p.state}, ${p.body}, ${p.sha256}, ${ts(p.consultFrom)}::timestamptz, ${ts(p.consultUntil)}::timestamptz,
          ${ts(p.announcedAt)}::timestamptz, ${ts(p.effectiveAt)}::timestamptz)
  on conflict (version) do nothing`,
);

/** What a step leaves behind, its number with it. */
export const updateVersion = statement(
  'rules.update_version',
  (
    p: Life & {
      steps: number;
      proposedBy: string | null;
      proposedSha256: Buffer | null;
      proposedEffectiveAt: Instant | null;
    },
  ) => sql`
  update rules.versions set state = ${p.state}, body = ${p.body}, sha256 = ${p.sha256}, steps = ${p.steps}::int,
         consult_from = ${ts(p.consultFrom)}::timestamptz, consult_until = ${ts(p.consultUntil)}::timestamptz,
         proposed_by = ${p.proposedBy}::uuid, proposed_sha256 = ${p.proposedSha256}::bytea, proposed_effective_at = ${ts(p.proposedEffectiveAt)}::timestamptz,
         announced_at = ${ts(p.announcedAt)}::timestamptz, effective_at = ${ts(p.effectiveAt)}::timestamptz
   where version = ${p.version}`,
);

export const insertStep = statement(
  'rules.insert_step',
  (p: {
    version: string;
    step: number;
    from: string;
    event: string;
    to: string;
    by: string;
    byId: string | null;
    sha256: Buffer;
    note: string;
    at: Instant;
  }) => sql`
  insert into rules.steps (version, step, from_state, event, to_state, by_kind, by_id, sha256, note, at)
  values (${p.version}, ${p.step}::int, ${p.from}, ${p.event}, ${p.to}, ${p.by}, ${p.byId}::uuid, ${p.sha256}, ${p.note}, ${ts(p.at)}::timestamptz)`,
);

/** A text that the public sees is kept, also when it is changed afterwards. */
export const keepText = statement(
  'rules.keep_text',
  (p: { sha256: Buffer; version: string; body: string; at: Instant }) => sql`
  insert into rules.texts (sha256, version, body, at) values (${p.sha256}, ${p.version}, ${p.body}, ${ts(p.at)}::timestamptz) on conflict (sha256) do nothing`,
);

export const insertComment = query(
  'rules.insert_comment',
  { number: t.int },
  (p: {
    version: string;
    article: string | null;
    authorId: string;
    authorName: string;
    text: string;
    at: Instant;
  }) => sql`
  insert into rules.comments (version, number, state, article, author_id, author_name, text, at)
  select ${p.version}, coalesce(max(number), 0) + 1, 'waiting', ${p.article}::text, ${p.authorId}::uuid, ${p.authorName}, ${p.text}, ${ts(p.at)}::timestamptz
    from rules.comments where version = ${p.version}
  returning number`,
);

export const lockComment = query(
  'rules.lock_comment',
  { state: t.word<'waiting' | 'shown' | 'hidden' | 'answered'>() },
  (p: { version: string; number: number }) => sql`
  select state from rules.comments where version = ${p.version} and number = ${p.number}::int for update`,
);

export const decideComment = statement(
  'rules.decide_comment',
  (p: {
    version: string;
    number: number;
    state: string;
    byId: string;
    at: Instant;
    outcome: string | null;
    reasons: string | null;
  }) => sql`
  update rules.comments set state = ${p.state}, decided_by = ${p.byId}, decided_at = ${ts(p.at)}::timestamptz, outcome = ${p.outcome}::text, reasons = ${p.reasons}::text
   where version = ${p.version} and number = ${p.number}::int`,
);

export const insertSubscribers = statement(
  'rules.insert_subscribers',
  (p: { userIds: string[]; duty: boolean; at: Instant }) => sql`
  insert into rules.subscriptions (user_id, duty, since) select distinct x, ${p.duty}::boolean, ${ts(p.at)}::timestamptz from unnest(${p.userIds}::uuid[]) as x
  on conflict (user_id) do update set duty = rules.subscriptions.duty or excluded.duty`,
);

/** Whoever is told by duty stays. */
export const removeSubscriber = statement(
  'rules.remove_subscriber',
  (p: { userId: string }) => sql`delete from rules.subscriptions where user_id = ${p.userId} and not duty`,
);
