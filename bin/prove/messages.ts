import { check, type Check } from './check.ts';
import { sha256, type Keyring } from '../../src/kit/secret.ts';
import { saidOf, type Offence } from './evidence.ts';

// What was said about orders, seen from the conversation and from evidence.

const facts = `('message.sent', 'message.demanded', 'promise.made', 'message.unanswered')`;

export const messageChecks: readonly Check[] = [
  check(
    'the messages of a conversation are numbered 1 to n, and the conversation knows how many',
    `
    select t.order_id::text as row, t.messages || ' said, ' || count(m.seq) || ' there, the last is ' || coalesce(max(m.seq), 0) as wrong
      from messaging.threads t left join messaging.messages m on m.shop_id = t.shop_id and m.order_id = t.order_id
     group by t.shop_id, t.order_id having t.messages <> count(m.seq) or t.messages <> coalesce(max(m.seq), 0) or t.messages = 0`,
  ),
  check(
    'every message is a fact of its order, and every such fact a message',
    `
    select m.order_id || '/' || m.seq as row, 'has no fact ' || m.event_seq as wrong from messaging.messages m
      left join evidence.events e on e.shop_id = m.shop_id and e.about = m.order_id and e.seq = m.event_seq and e.kind in ${facts} and e.at = m.at where e.about is null
    union all
    select e.about || '/' || e.seq, e.kind || ' without a message' from evidence.events e
      left join messaging.messages m on m.shop_id = e.shop_id and m.order_id = e.about and m.event_seq = e.seq where e.kind in ${facts} and m.order_id is null`,
  ),
  check(
    'what was taken out of view is a fact too',
    `
    select h.order_id || '/' || h.seq as row, 'has no fact ' || h.event_seq as wrong from messaging.hidings h
      left join evidence.events e on e.shop_id = h.shop_id and e.about = h.order_id and e.seq = h.event_seq and e.kind = 'message.hidden' where e.about is null`,
  ),
  check(
    'a conversation belongs to its order, and to the buyer of it',
    `
    select t.order_id::text as row, 'of ' || t.buyer_id || ', the order of ' || coalesce(o.buyer_id::text, 'nobody') as wrong from messaging.threads t
      left join orders.orders o on o.shop_id = t.shop_id and o.id = t.order_id where o.id is null or o.buyer_id <> t.buyer_id`,
  ),
  check(
    'every demand is a message with its time, and has the deadline and the notice of its state',
    `
    select d.order_id || '/' || d.seq as row, d.state || case when m.seq is null then ', no message' else '' end || case when x.about is null then ', no deadline' else ', a deadline' end || ', ' || n.n || ' notices' as wrong
      from messaging.demands d
      left join messaging.messages m on m.shop_id = d.shop_id and m.order_id = d.order_id and m.seq = d.seq and m.kind = 'demand' and m.due_at = d.due_at and m.id = d.id
      left join kit.deadlines x on x.shop_id = d.shop_id and x.about = d.id and x.what = 'message.demand' and x.due_at = d.due_at
     cross join lateral (select count(*) as n from messaging.messages n where n.shop_id = d.shop_id and n.order_id = d.order_id and n.kind = 'notice' and n.at = d.closed_at) n
     where m.seq is null or (d.state = 'open') <> (x.about is not null) or (d.state = 'open') <> (d.closed_at is null)
        or (d.state = 'answered') <> (d.answer_seq is not null) or (d.state = 'silent' and n.n <> 1)
    union all
    select m.order_id || '/' || m.seq, 'a demand that nobody keeps' from messaging.messages m
      left join messaging.demands d on d.shop_id = m.shop_id and d.id = m.id where m.kind = 'demand' and d.id is null`,
  ),
  check(
    'nobody has seen what was not said yet',
    `
    select r.order_id || '/' || r.seq as row, 'seen by the ' || r.side || ', only ' || coalesce(t.messages, 0) || ' said' as wrong from messaging.reads r
      left join messaging.threads t on t.shop_id = r.shop_id and t.order_id = r.order_id where r.seq > coalesce(t.messages, 0)`,
  ),
];

type Rows = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;
const page = 2000;

/** Each message is by whom, on which side, of which kind and number its fact says, and the words have the hash that was fixed with them. */
export async function proveMessages(rows: Rows, ring: Keyring): Promise<Offence[]> {
  const offences: Offence[] = [];
  const none = '00000000-0000-0000-0000-000000000000';
  let after: unknown[] = [none, none, 0];
  for (;;) {
    const found = await rows(
      `select m.order_id, m.seq as number, m.id, m.kind as as_kind, m.side, m.author_id, (extract(epoch from m.due_at) * 1000)::bigint as due, m.shop_id,
              e.about, e.seq, e.payload, e.key_owner, b.first + e.place - 1 as index
         from messaging.messages m
         join evidence.events e on e.shop_id = m.shop_id and e.about = m.order_id and e.seq = m.event_seq
         left join evidence.batches b on b.id = e.batch
        where (m.shop_id, m.order_id, m.seq) > ($1::uuid, $2::uuid, $3::int) order by m.shop_id, m.order_id, m.seq limit ${page}`,
      after,
    );
    for (const row of found) {
      const said = await saidOf(rows, ring, row);
      const wrong = said && differs(row, said);
      if (wrong)
        offences.push({
          row: `${String(row['order_id'])}/${String(row['number'])}`,
          wrong: `${wrong} (leaf ${String(row['index'] ?? 'to come')})`,
        });
    }
    const last = found.at(-1);
    if (!last || found.length < page) return offences;
    after = [last['shop_id'], last['order_id'], last['number']];
  }
}

function differs(row: Record<string, unknown>, payload: Record<string, unknown>): string | undefined {
  const body = payload['body'] as Record<string, unknown>;
  const author = row['author_id'] === null ? 'clock' : `${String(row['side'])}:${String(row['author_id'])}`;
  const pairs: [what: string, here: unknown, there: unknown][] = [
    ['number', row['number'], body['n']],
    ['id', row['id'], body['id']],
    ['kind', row['as_kind'], body['as']],
    ['side', row['side'], body['from']],
    ['author', author, payload['actor']],
    ...(row['as_kind'] === 'notice'
      ? []
      : [
          ['time', row['due'] === null ? undefined : Number(row['due']), body['dueAt']] as [
            string,
            unknown,
            unknown,
          ],
        ]),
    ['hash of the words', sha256(String(body['text'])).toString('hex'), body['sha256']],
  ];
  const wrong = pairs.find(([, here, there]) => here !== there);
  return wrong && `${wrong[0]} ${String(wrong[1])}, the fact says ${String(wrong[2])}`;
}
