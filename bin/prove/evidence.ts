import { createHmac } from 'node:crypto';
import { check, type Check } from './check.ts';
import { hmac, keyOf, sha256, unseal, type Keyring } from '../../src/kit/secret.ts';

// The evidence, recomputed with a Merkle tree and a key derivation of our own: nothing here is shared with what writes it.

export const evidenceChecks: readonly Check[] = [
  check(
    'the facts of a thing are numbered 1 to n and each names the one before',
    `
    select e.about || '/' || e.seq as row, 'does not follow number ' || coalesce(e.last, 0) as wrong
      from (select e.*, lag(seq) over w as last, lag(commitment) over w as before from evidence.events e window w as (partition by shop_id, about order by seq)) e
     where e.seq <> coalesce(e.last, 0) + 1 or e.prev is distinct from e.before`,
  ),
  check(
    'every order has its first fact in evidence',
    `
    select o.id::text as row, 'no evidence of ' || o.first_event as wrong from orders.orders o left join evidence.events e on e.shop_id = o.shop_id and e.about = o.id and e.seq = 1 where e.about is null`,
  ),
  check(
    'every look at a key is a fact in evidence',
    `
    select r.order_id::text as row, r.n || ' looks, ' || coalesce(e.n, 0) || ' facts' as wrong from (select shop_id, order_id, count(*) as n from delivery.reveals group by 1, 2) r
      left join (select shop_id, about, count(*) as n from evidence.events where kind = 'delivery.revealed' group by 1, 2) e on e.shop_id = r.shop_id and e.about = r.order_id where r.n <> coalesce(e.n, 0)`,
  ),
  check(
    'every fact is in the log or waits for it, once',
    `
    select e.about || '/' || e.seq as row, 'in the log ' || (b.id is not null)::int || ', waiting ' || (p.id is not null)::int as wrong from evidence.events e
      left join evidence.batches b on b.id = e.batch
      left join evidence.pending p on p.id = e.batch
     where (b.id is not null) = (p.id is not null)`,
  ),
  check(
    'every batch of the log has its facts, numbered 1 to n',
    `
    select 'batch ' || b.id as row, b.events || ' leaves, ' || coalesce(e.n, 0) || ' facts up to place ' || coalesce(e.last, 0) as wrong
      from (select id, events from evidence.batches union all select id, events from evidence.pending) b
      left join (select batch, count(distinct place) as n, count(*) as facts, max(place) as last from evidence.events group by batch) e on e.batch = b.id
     where e.n is distinct from b.events or e.facts <> e.n or e.last <> e.n`,
  ),
  check(
    'the batches of the log follow each other without a gap',
    `
    select 'leaf ' || b.first as row, 'the batch before ends at ' || b.before as wrong
      from (select first, coalesce(lag(first + events) over (order by first), 0) as before from evidence.batches) b where b.first <> b.before`,
  ),
  check(
    'the newest checkpoint is of the whole log',
    `
    select 'checkpoint ' || c.size as row, 'the log has ' || l.n || ' leaves' as wrong
      from (select coalesce(max(size), 0) as size from evidence.checkpoints) c, (select coalesce(max(first + events), 0) as n from evidence.batches) l where c.size <> l.n`,
  ),
];

export type Offence = { readonly row: string; readonly wrong: string };
type Rows = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;
const page = 5000;

const leafHash = (text: string): Buffer => sha256(Buffer.concat([Buffer.of(0), Buffer.from(text)]));
const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.concat([Buffer.of(1), left, right]));

/**
 * Each leaf is the hash of its fact (private ones: commitment and time alone), and the newest checkpoint is the root over all leaves (RFC
 * 6962 2.1). The leaves' hashes are those of the lowest tiles and their edge.
 */
export async function proveTree(rows: Rows): Promise<Offence[]> {
  const offences = await proveLeaves(rows);
  const perfect: (Buffer | undefined)[] = [];
  let size = 0n;
  for (let number = 0n; ; number += tilesOfPage) {
    const tiles = await rows(
      `select number, data from evidence.tiles where level = 0 and number >= $1 and number < $2
        union all select number, data from evidence.edges where level = 0 and number >= $1 and number < $2 order by number`,
      [number.toString(), (number + tilesOfPage).toString()],
    );
    for (const tile of tiles) {
      const data = tile['data'] as Buffer;
      for (let at = 0; at < data.length; at += 32) carry(perfect, data.subarray(at, at + 32));
      size += BigInt(data.length / 32);
    }
    if (tiles.length < Number(tilesOfPage)) break;
  }
  const root = rootOf(perfect);
  const [checkpoint] = await rows(
    'select size, root from evidence.checkpoints order by size desc limit 1',
    [],
  );
  if (
    checkpoint &&
    root &&
    BigInt(String(checkpoint['size'])) === size &&
    !root.equals(checkpoint['root'] as Buffer)
  )
    offences.push({
      row: `checkpoint ${String(checkpoint['size'])}`,
      wrong: 'is not the root over the leaves',
    });
  return offences;
}

const tilesOfPage = 256n;

/** The hash in the lowest tile at each fact's place is that of the fact. */
async function proveLeaves(rows: Rows): Promise<Offence[]> {
  const offences: Offence[] = [];
  const none = '00000000-0000-0000-0000-000000000000';
  let after = [none, none, '0'];
  for (;;) {
    const found = await rows(
      `select e.*, substring(t.data from (e.index % 256)::int * 32 + 1 for 32) as leaf_hash
         from (select e.shop_id, e.about, e.seq, e.kind, e.commitment, (extract(epoch from e.at) * 1000)::bigint as ms, b.first + e.place - 1 as index
                 from evidence.events e left join evidence.batches b on b.id = e.batch
                where (e.shop_id, e.about, e.seq) > ($1::uuid, $2::uuid, $3::int) order by e.shop_id, e.about, e.seq limit ${page}) e
         left join lateral (select data from evidence.tiles where level = 0 and number = e.index / 256
                            union all select data from evidence.edges where level = 0 and number = e.index / 256) t on true
        order by e.shop_id, e.about, e.seq`,
      after,
    );
    for (const row of found) {
      if (row['index'] === null || publicKinds.has(String(row['kind']))) continue;
      const text = `{"c":"${(row['commitment'] as Buffer).toString('base64')}","t":${String(row['ms'])},"v":1}`;
      if (!(row['leaf_hash'] as Buffer | null)?.equals(leafHash(text)))
        offences.push({
          row: `leaf ${String(row['index'])}`,
          wrong: `is not the hash of fact ${String(row['about'])}/${String(row['seq'])}`,
        });
    }
    const end = found.at(-1);
    if (!end || found.length < page) return offences;
    after = [String(end['shop_id']), String(end['about']), String(end['seq'])];
  }
}

/** Facts whose leaf has more than the commitment; their leaf is checked through the entry bundle below. */
const publicKinds = new Set([
  'listing.snapshot',
  'stock.batch',
  'log.notice',
  'policy.version',
  'merchant.key',
  'rules.consulted',
  'rules.withdrawn',
  'rules.announced',
  'rules.in_force',
  'rules.calendar',
  'rules.outage',
  'order.archived',
]);

function carry(perfect: (Buffer | undefined)[], leaf: Buffer): void {
  let hash = leaf;
  let level = 0;
  for (;;) {
    const left = perfect[level];
    if (!left) break;
    hash = nodeHash(left, hash);
    perfect[level++] = undefined;
  }
  perfect[level] = hash;
}

const rootOf = (perfect: readonly (Buffer | undefined)[]): Buffer | undefined =>
  perfect.reduce<Buffer | undefined>(
    (right, left) => (left ? (right ? nodeHash(left, right) : left) : right),
    undefined,
  );

/** Every entry of a bundle, and of the one that is not full yet, hashes to its leaf, also those of public facts. */
export async function proveBundles(rows: Rows): Promise<Offence[]> {
  const offences: Offence[] = [];
  for (let number = 0n; ; number++) {
    const [row] = await rows(
      `select b.data as bundle, t.data as tile
         from (select data from evidence.bundles where number = $1 union all select data from evidence.edges where level = -1 and number = $1) b
         full join (select data from evidence.tiles where level = 0 and number = $1 union all select data from evidence.edges where level = 0 and number = $1) t on true`,
      [number.toString()],
    );
    if (!row) return offences;
    const tile = (row['tile'] as Buffer | null) ?? Buffer.alloc(0);
    const entries = entriesOf((row['bundle'] as Buffer | null) ?? Buffer.alloc(0));
    for (let i = 0; i < Math.max(entries.length, tile.length / 32); i++) {
      const entry = entries[i];
      if (entry === undefined || !leafHash(entry).equals(tile.subarray(i * 32, i * 32 + 32)))
        offences.push({
          row: `leaf ${number * 256n + BigInt(i)}`,
          wrong: `is not the entry of bundle ${number}`,
        });
    }
  }
}

function entriesOf(data: Buffer): string[] {
  const entries: string[] = [];
  for (let at = 0; at + 2 <= data.length;) {
    const end = at + 2 + data.readUInt16BE(at);
    entries.push(data.toString('utf8', at + 2, end));
    at = end;
  }
  return entries;
}

/** Every payload whose owner's key is still there opens, and is what was committed to; and it names its own place. */
export async function provePayloads(rows: Rows, ring: Keyring): Promise<Offence[]> {
  const offences: Offence[] = [];
  const keys = new Map<string, Buffer | null>();
  let after = ['00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', '0'];
  for (;;) {
    const found = await rows(
      `select shop_id, about, seq, commitment, payload, key_owner from evidence.events where (shop_id, about, seq) > ($1::uuid, $2::uuid, $3::int) order by shop_id, about, seq limit ${page}`,
      after,
    );
    for (const row of found) {
      const name = `${String(row['about'])}/${String(row['seq'])}`;
      const owner = String(row['key_owner']);
      if (!keys.has(owner)) keys.set(owner, await keyOfOwner(rows, ring, owner));
      const key = keys.get(owner);
      if (!key) continue;
      const wrong = payloadFault(key, row, name);
      if (wrong) offences.push({ row: name, wrong });
    }
    const end = found.at(-1);
    if (!end || found.length < page) return offences;
    after = [String(end['shop_id']), String(end['about']), String(end['seq'])];
  }
}

async function keyOfOwner(rows: Rows, ring: Keyring, owner: string): Promise<Buffer | null> {
  const [row] = await rows('select wrapped from evidence.user_keys where user_id = $1', [owner]);
  return row ? unseal(ring.wrap, `evidence.user_keys/${owner}`, row['wrapped'] as Buffer) : null;
}

/** salt and payload of a fact in one piece; throws when it does not open. */
function saltedOf(userKey: Buffer, row: Record<string, unknown>, name: string): Buffer {
  // HKDF (RFC 5869) with one block of output.
  const extracted = keyOf(createHmac('sha256', 'mengyue/evidence/v1').update(userKey).digest());
  const key = keyOf(hmac(extracted, Buffer.concat([Buffer.from(String(row['about'])), Buffer.of(1)])));
  return unseal(key, name, row['payload'] as Buffer);
}

/** What a fact says; undefined when its owner was erased or it does not open, which others tell. */
export async function saidOf(
  rows: Rows,
  ring: Keyring,
  row: Record<string, unknown>,
): Promise<Record<string, unknown> | undefined> {
  const userKey = await keyOfOwner(rows, ring, String(row['key_owner']));
  if (!userKey) return undefined;
  try {
    const salted = saltedOf(userKey, row, `${String(row['about'])}/${String(row['seq'])}`);
    return JSON.parse(salted.toString('utf8', 32)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function payloadFault(userKey: Buffer, row: Record<string, unknown>, name: string): string | undefined {
  try {
    const salted = saltedOf(userKey, row, name);
    if (!sha256(salted).equals(row['commitment'] as Buffer)) return 'is not what was committed to';
    const said = JSON.parse(salted.toString('utf8', 32)) as { about: string; seq: number };
    return said.about === row['about'] && said.seq === row['seq']
      ? undefined
      : `speaks of ${said.about}/${said.seq}`;
  } catch {
    return 'does not open';
  }
}
