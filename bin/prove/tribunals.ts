import { createHash } from 'node:crypto';
import { check, type Check } from './check.ts';
import type { Offence } from './evidence.ts';

// Panels, juries and groups of cases: the lots drawn again, the votes counted again, each finding applied once.

type Rows = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;
const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Ballots of those who sat at the end. */
const counted = `(select b.*, w.seats, s.rank from aftersales.ballots b
  join aftersales.seats s on s.shop_id = b.shop_id and s.case_id = b.case_id and s.kind = b.kind and s.user_id = b.user_id and s.state = 'seated'
  join aftersales.tribunals w on w.shop_id = b.shop_id and w.case_id = b.case_id and w.kind = b.kind)`;

export const tribunalChecks: readonly Check[] = [
  check(
    'a case before a panel or a jury has one that has not ended, and what has not ended has a case or was left by it',
    `
    select c.id::text as row, c.state || ', its tribunal ' || coalesce(w.state, 'is not there') as wrong from aftersales.cases c
      left join aftersales.tribunals w on w.shop_id = c.shop_id and w.case_id = c.id and w.kind = case c.state when 'jury' then 'jury' else 'panel' end
     where c.state in ('arbitration', 'jury') and (w.case_id is null or w.ended_at is not null)
    union all
    select w.case_id::text, w.kind || ' decided, and its case has no step of it' from aftersales.tribunals w
     where w.state = 'decided' and not exists (select 1 from aftersales.steps s where s.shop_id = w.shop_id and s.case_id = w.case_id and s.event = case w.kind when 'jury' then 'find' else 'award' end)`,
  ),
  check(
    'a lot is a published checkpoint that covers the request',
    `
    select w.case_id::text as row, w.kind || ' drawn from ' || w.source_size || coalesce(', its request is leaf ' || (b.first + e.place - 1), ', its request is in no log') as wrong
      from aftersales.tribunals w join aftersales.cases c on c.shop_id = w.shop_id and c.id = w.case_id
      left join evidence.events e on e.shop_id = w.shop_id and e.about = c.order_id and e.seq = w.after_seq
      left join evidence.batches b on b.id = e.batch
      left join evidence.notes n on n.size = w.source_size
      left join evidence.checkpoints k on k.size = w.source_size
     where w.source_size is not null and (n.size is null or k.root is distinct from w.source_root or b.first is null or b.first + e.place > w.source_size)`,
  ),
  check(
    'nobody sits in a case of their own or one that they had before',
    `
    select s.case_id::text as row, s.user_id || ' sits on the ' || s.kind as wrong from aftersales.seats s join aftersales.cases c on c.shop_id = s.shop_id and c.id = s.case_id
     where s.user_id = c.buyer_id or exists (select 1 from identity.guest_claims g where g.guest_id = c.buyer_id and g.user_id = s.user_id)
        or exists (select 1 from aftersales.assignments a where a.shop_id = s.shop_id and a.case_id = s.case_id and a.user_id = s.user_id and a.tier <> 2)
        or (s.kind = 'panel' and not exists (select 1 from aftersales.assignments a where a.shop_id = s.shop_id and a.case_id = s.case_id and a.user_id = s.user_id and a.tier = 2))`,
  ),
  check(
    'a panel awards what more than half of its seats voted for, and a jury what it takes to win',
    `
    select t.case_id::text as row, (t.body->>'remedy') || ' ' || (t.body->>'amount') || ' with ' || v.votes || ' of ' || v.seats as wrong
      from aftersales.statements t
     cross join lateral (select max(b.seats) as seats, count(*) filter (where b.choice = t.body->>'remedy' and (b.choice <> 'refund' or (b.body->'award'->>'amount')::bigint >= (t.body->>'amount')::bigint)) as votes
                           from ${counted} b where b.shop_id = t.shop_id and b.case_id = t.case_id and b.kind = 'panel') v
     where t.kind = 'award' and v.votes * 2 <= v.seats
    union all
    select t.case_id::text, (t.body->>'for') || ' with ' || v.votes || ' of ' || v.seats from aftersales.statements t
     cross join lateral (select max(b.seats) as seats, count(*) filter (where b.choice = t.body->>'for') as votes
                           from ${counted} b where b.shop_id = t.shop_id and b.case_id = t.case_id and b.kind = 'jury') v
     where t.kind = 'verdict' and v.votes * 2 <= v.seats`,
  ),
  check(
    'the steps of a group lead to its state',
    `
    select g.id::text as row, g.state || ' after ' || g.steps || ' steps, history says ' || coalesce(s.to_state, 'nothing') as wrong from aftersales.case_groups g
      left join aftersales.case_group_steps s on s.shop_id = g.shop_id and s.group_id = g.id and s.step = g.steps where g.state is distinct from s.to_state
    union all
    select g.id::text, 'decided by fewer than it takes' from aftersales.case_groups g
     where g.state = 'decided' and exists (select 1 from aftersales.case_group_steps a join aftersales.case_group_steps b on b.shop_id = a.shop_id and b.group_id = a.group_id and b.step = a.step - 1
       where a.shop_id = g.shop_id and a.group_id = g.id and a.event = 'countersign' and a.by_id = b.by_id)`,
  ),
  check(
    'a finding reached each case of its group once, and no other case',
    `
    select m.case_id::text as row, coalesce(m.outcome, 'not reached') || ', found ' || s.n || ' times' as wrong from aftersales.case_group_members m
     cross join lateral (select count(*) as n from aftersales.steps s where s.shop_id = m.shop_id and s.case_id = m.case_id and s.event = 'find_batch') s
     where s.n <> case when m.outcome = 'found' then 1 else 0 end
    union all
    select s.case_id::text, 'found with a group that it is not in' from aftersales.steps s
     where s.event = 'find_batch' and not exists (select 1 from aftersales.case_group_members m where m.shop_id = s.shop_id and m.case_id = s.case_id and m.outcome = 'found')
    union all
    select m.case_id::text, 'waits for a finding that was made' from aftersales.case_group_members m join aftersales.case_groups g on g.shop_id = m.shop_id and g.id = m.group_id
     where g.state = 'decided' and m.left_at is null and m.found_at is null and not exists (select 1 from kit.outbox o where o.event = 'caseGroup.decided' and o.body->'about' ? g.id::text)`,
  ),
];

/** Draws every lot again from the checkpoint and the list: the list has its hash, and each seat is the one that its rank names. */
export async function proveDraws(rows: Rows): Promise<Offence[]> {
  const drawn = await rows(
    `select w.case_id, w.kind, w.tokens, w.people::text[] as people, encode(w.list_sha256, 'hex') as list, w.source_size::text as size, encode(w.source_root, 'base64') as root,
            coalesce((select jsonb_agg(jsonb_build_array(s.rank, s.user_id)) from aftersales.seats s where s.shop_id = w.shop_id and s.case_id = w.case_id and s.kind = w.kind), '[]') as seats
       from aftersales.tribunals w`,
    [],
  );
  return drawn.flatMap((w): Offence[] => {
    const row = `${String(w['kind'])} of ${String(w['case_id'])}`;
    const [tokens, people] = [w['tokens'] as string[], w['people'] as string[]];
    const list = hex(tokens.map((token) => `${token}\n`).join(''));
    if (list !== w['list']) return [{ row, wrong: 'the list is not the one that was fixed' }];
    const strange = people.find((id, i) => hex(`${String(w['case_id'])}/${id}`).slice(0, 16) !== tokens[i]);
    if (strange) return [{ row, wrong: `${strange} is not the person of that token` }];
    if (w['size'] === null) return [];
    const lot = hex(
      `mengyue draw v1\n${String(w['kind'])}\n${String(w['case_id'])}\n${String(w['size'])}\n${String(w['root'])}\n${list}\n`,
    );
    const order = tokens
      .map((token) => `${hex(`${lot}\n${token}\n`)} ${token}`)
      .toSorted()
      .map((line) => people[tokens.indexOf(line.slice(65))]);
    return (w['seats'] as [number, string][])
      .filter(([rank, userId]) => order[rank - 1] !== userId)
      .map(([rank]) => ({ row, wrong: `place ${rank} of the lot is somebody else` }));
  });
}

/** Every vote that was opened is the one that was sealed. */
export async function proveSeals(rows: Rows): Promise<Offence[]> {
  const opened = await rows(
    `select case_id, user_id, encode(commitment, 'hex') as sealed, choice, nonce from aftersales.ballots where commitment is not null and choice is not null`,
    [],
  );
  return opened.flatMap((one): Offence[] => {
    const { case_id: caseId, user_id: userId, sealed, choice, nonce } = one as Record<string, string>;
    const token = hex(`${caseId}/${userId}`).slice(0, 16);
    const told = hex(`mengyue vote v1\n${caseId}\n${token}\n${choice}\n${nonce}\n`);
    return told === sealed ? [] : [{ row: `${caseId}/${token}`, wrong: 'is not the vote that was sealed' }];
  });
}
