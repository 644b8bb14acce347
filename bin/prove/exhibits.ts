import { sha256 } from '../../src/kit/secret.ts';
import { check, type Check } from './check.ts';
import type { Offence } from './evidence.ts';

// What parties show, record and have sealed: hashes and chains worked out again with code that nothing which writes them shares.

type Rows = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

export const exhibitChecks: readonly Check[] = [
  check(
    'the hash of an exhibit is that of its file, or of its words',
    `
    select e.case_id || '/' || e.number as row, 'its hash is another' as wrong from aftersales.exhibits e
      left join aftersales.exhibit_files f on f.shop_id = e.shop_id and f.id = e.file_id
     where e.sha256 <> coalesce(f.original, sha256(convert_to(e.text, 'UTF8')))`,
  ),
  check(
    'the file of an exhibit was put beside its order by its side, and a redacted copy is of the same side',
    `
    select e.case_id || '/' || e.number as row, 'a file of another order or side' as wrong from aftersales.exhibits e
      join aftersales.cases c on c.shop_id = e.shop_id and c.id = e.case_id
      join aftersales.exhibit_files f on f.shop_id = e.shop_id and f.id = e.file_id where f.order_id <> c.order_id or f.by_kind <> e.by_kind
    union all
    select e.case_id || '/' || e.number, 'redacts what another side showed, or what everybody sees' from aftersales.exhibits e
      join aftersales.exhibits o on o.shop_id = e.shop_id and o.case_id = e.case_id and o.number = e.redaction_of where o.by_kind <> e.by_kind or o.audience <> 'platform'`,
  ),
  check(
    'every comment on an exhibit and every layer over one is a fact in evidence',
    `
    select x.order_id::text as row, x.n || ' ' || x.kind || ', ' || count(e.seq) || ' facts' as wrong
      from (select c.shop_id, c.order_id, 'case.exhibit_commented' as kind, count(*) as n from aftersales.exhibit_comments m join aftersales.cases c on c.shop_id = m.shop_id and c.id = m.case_id group by 1, 2
            union all
            select c.shop_id, c.order_id, 'case.exhibit_annotated', count(*) from aftersales.exhibit_layers l join aftersales.cases c on c.shop_id = l.shop_id and c.id = l.case_id group by 1, 2) x
      left join evidence.events e on e.shop_id = x.shop_id and e.about = x.order_id and e.kind = x.kind
     group by x.shop_id, x.order_id, x.kind, x.n having count(e.seq) <> x.n`,
  ),
  check(
    'the archive of an order and its supplements follow each other without a gap',
    `
    select a.order_id || '/' || a.number as row, 'from ' || a.from_seq || ', the seal before is ' || coalesce(a.before, 0) as wrong
      from (select *, lag(seal_seq) over w as before, lag(number) over w as last from aftersales.archives window w as (partition by shop_id, order_id order by number)) a
     where a.from_seq <> coalesce(a.before, 0) + 1 or a.number <> coalesce(a.last, 0) + 1
    union all
    select a.order_id || '/' || a.number, 'its seal is no fact in evidence' from aftersales.archives a
      left join evidence.events e on e.shop_id = a.shop_id and e.about = a.order_id and e.seq = a.seal_seq and e.kind = 'order.archived' where e.seq is null`,
  ),
  check(
    'a recording has the pieces that it counts, and its file is as long as they are together',
    `
    select r.id::text as row, r.chunks || ' pieces of ' || r.size_bytes || ' bytes, found ' || count(c.number) || ' of ' || coalesce(sum(c.size_bytes), 0) as wrong
      from aftersales.recordings r left join aftersales.recording_chunks c on c.shop_id = r.shop_id and c.recording_id = r.id
     group by r.shop_id, r.id having count(c.number) <> r.chunks or coalesce(sum(c.size_bytes), 0) <> r.size_bytes
    union all
    select r.id::text, 'its file is another' from aftersales.recordings r left join aftersales.exhibit_files f on f.shop_id = r.shop_id and f.id = r.file_id
     where r.sha256 is not null and (f.id is null or f.original <> r.sha256 or f.size_bytes <> r.size_bytes or f.source <> 'recording')`,
  ),
  check(
    'a key that was opened for the desk was asked for by one and granted by another, and is a fact in evidence',
    `
    select u.id::text as row, 'one person, or no grant' as wrong from aftersales.unsealings u
     where u.state = 'shown' and (u.decided_by is null or u.decided_by = u.asked_by or u.granted is null or u.shown_at > u.until)
    union all
    select c.order_id::text, count(*) || ' keys opened, facts ' || (select count(*) from evidence.events e where e.shop_id = c.shop_id and e.about = c.order_id and e.kind = 'card.unsealed')
      from aftersales.unsealings u join aftersales.cases c on c.shop_id = u.shop_id and c.id = u.case_id where u.state = 'shown' group by c.shop_id, c.order_id
    having count(*) <> (select count(*) from evidence.events e where e.shop_id = c.shop_id and e.about = c.order_id and e.kind = 'card.unsealed')`,
  ),
];

const node = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.concat([Buffer.of(1), left, right]));
/** RFC 6962 2.1, as it is written there. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ?? sha256('');
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return node(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

/** The root of each seal is over the facts that it names. */
export async function proveArchives(rows: Rows): Promise<Offence[]> {
  const seals = await rows(
    `select a.order_id, a.number, a.root, array_agg(encode(e.commitment, 'hex') order by e.seq) as facts, a.to_seq - a.from_seq + 1 as n
       from aftersales.archives a left join evidence.events e on e.shop_id = a.shop_id and e.about = a.order_id and e.seq between a.from_seq and a.to_seq
      group by a.shop_id, a.order_id, a.number, a.root, a.from_seq, a.to_seq`,
    [],
  );
  return seals.flatMap((seal) => {
    const facts = (seal['facts'] as (string | null)[]).filter((one) => one !== null);
    const leaves = facts.map((one) => sha256(Buffer.concat([Buffer.of(0), Buffer.from(one, 'hex')])));
    const whole = leaves.length === Number(seal['n']) && rootOf(leaves).equals(seal['root'] as Buffer);
    const row = `${String(seal['order_id'])}/${String(seal['number'])}`;
    return whole ? [] : [{ row, wrong: 'its root is not over its facts' }];
  });
}

/** The chain of each recording runs through its pieces to what the recording says. */
export async function proveChains(rows: Rows): Promise<Offence[]> {
  const pieces = await rows(
    `select r.id, r.chain as said, c.number, c.sha256, c.chain from aftersales.recordings r
       left join aftersales.recording_chunks c on c.shop_id = r.shop_id and c.recording_id = r.id order by r.id, c.number`,
    [],
  );
  const offences: Offence[] = [];
  for (const [id, list] of Map.groupBy(pieces, (one) => String(one['id']))) {
    let chain = sha256(id);
    for (const one of list.filter((each) => each['number'] !== null)) {
      chain = sha256(Buffer.concat([chain, one['sha256'] as Buffer]));
      if (!chain.equals(one['chain'] as Buffer))
        offences.push({ row: `${id}/${String(one['number'])}`, wrong: 'does not follow the piece before' });
    }
    if (!chain.equals(list[0]?.['said'] as Buffer))
      offences.push({ row: id, wrong: 'its chain ends elsewhere' });
  }
  return offences;
}
