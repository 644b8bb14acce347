import { renderSVG } from 'uqr';
import { must } from '../../kit/assert.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { randomBytes } from '../../kit/secret.ts';
import { reader, transaction, type Db, type Reader } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { bundledEvents, logHead } from '../../evidence/bundle.actions.ts';
import type { BundledEvent, LogHead } from '../../evidence/bundle.rules.ts';
import { verifyInclusion } from '../../evidence/merkle.rules.ts';
import { logKeyOf } from '../../evidence/verification.actions.ts';
import { proveStocked } from '../../inventory/keys.actions.ts';
import { ownOrder, ownOrders } from '../../orders/actions.ts';
import { linesShown } from '../../orders/views.ts';
import type { LinkKind } from './contract.ts';
import { stateOf, verdictOf } from './rules.ts';
import { insertTag, tagOf } from './store.ts';
import { tagged } from './views.ts';

/** The code of a unit that somebody bought, made at the first wish. ORDER_NOT_FOUND, UNIT_NOT_FOUND. */
export async function makeTag(
  db: Db,
  viewer: Viewer,
  p: { orderId: string; unit: string; site: string },
): Promise<Result<{ tag: string; path: string; svg: string }, 'ORDER_NOT_FOUND' | 'UNIT_NOT_FOUND'>> {
  const [line = 0, place = 0] = p.unit.split('-').map(Number);
  const made = await transaction(
    db,
    async (tx): Promise<Result<string, 'ORDER_NOT_FOUND' | 'UNIT_NOT_FOUND'>> => {
      const asked = { orderId: p.orderId, buyerIds: viewer.buyerIds };
      const key = ownOrder(await ownOrders(tx, [asked]), asked);
      if (!key) return refuse('ORDER_NOT_FOUND');
      const lines = await linesShown(tx, { shopId: key.shopId, viewerOrder: key.id });
      const one = lines.find((each) => each.number === line);
      if (one?.numbers[place - 1] === undefined) return refuse('UNIT_NOT_FOUND');
      const at = { shopId: key.shopId, orderId: key.id, line, place };
      await insertTag(tx, { ...at, tag: randomBytes(16).toString('base64url'), at: tx.business });
      const [row] = await tagOf(tx, at);
      return done(must(row, 'a code that was made is there').tag);
    },
  );
  if (!made.ok) return made;
  const path = `/p/${made.value}`;
  const svg = renderSVG(new URL(path, p.site).href, {
    ecc: 'M',
    border: 2,
    whiteColor: '#ffffff',
    blackColor: '#17211d',
  });
  return done({ tag: made.value, path, svg });
}

type Tagged = Awaited<ReturnType<typeof tagged>>[number];

/** Where a unit came from, for anybody who has its code. TAG_UNKNOWN: nobody made it. */
export async function provenanceOf(db: Db, tag: string) {
  const on = await reader(db);
  const [unit] = await tagged(on, { tag });
  if (!unit || unit.number === null) return refuse('TAG_UNKNOWN');
  const head = await logHead(db);
  const key = logKeyOf(db);
  const proof = await proveStocked(on, { ...unit, number: unit.number });
  const found = await linksOf(on, head, { unit, batchId: proof.batchId });
  const links = found.map(({ kind, event }) => ({
    kind,
    at: event.at,
    logIndex: event.proof?.index ?? null,
    state: stateOf(event.proof, event.commitment, key),
  }));
  const stocked = found.find((one) => one.kind === 'stocked')?.event;
  const said = stocked?.proof ? (JSON.parse(stocked.proof.leaf) as { root?: string }).root : undefined;
  const root = proof.root.toString('base64');
  const inBatch = verifyInclusion({
    index: proof.index,
    size: proof.count,
    leaf: proof.leaf,
    proof: proof.path,
    root: proof.root,
  });
  const stock = inBatch && (said === undefined || said === root) ? ('valid' as const) : ('invalid' as const);
  return done({
    title: unit.title,
    shopName: unit.shopName,
    verdict: verdictOf(links, stock),
    links,
    stock: { batchSize: proof.count, root, state: stock },
    logSize: head?.size ?? 0,
    logName: key.name,
  });
}

/** The events of a unit's way, in the order of time. */
async function linksOf(
  on: Reader,
  head: LogHead | undefined,
  p: { unit: Tagged; batchId: string },
): Promise<{ kind: LinkKind; event: BundledEvent }[]> {
  const { shopId, orderId, listingId, version, line, place } = p.unit;
  const links: { kind: LinkKind; event: BundledEvent }[] = [];
  const subjects = [p.batchId, listingId, orderId].map((about) => ({ shopId, about }));
  for await (const event of bundledEvents(on, head, subjects)) {
    const body = event.content
      ? ((JSON.parse(event.content.payload) as { body: Record<string, unknown> }).body ?? {})
      : {};
    if (event.kind === 'stock.batch') links.push({ kind: 'stocked', event });
    else if (event.kind === 'listing.snapshot' && body['version'] === version)
      links.push({ kind: 'listed', event });
    else if (event.kind === 'order.purchased' || event.kind === 'order.paid')
      links.push({ kind: 'sold', event });
    else if (
      event.kind === 'delivery.revealed' &&
      body['line'] === line &&
      body['place'] === place &&
      body['first'] === true
    )
      links.push({ kind: 'revealed', event });
  }
  return links.toSorted((a, b) => a.event.at - b.event.at);
}
