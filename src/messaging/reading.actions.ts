import { assert } from '../kit/assert.ts';
import { encodeId } from '../kit/public-id.ts';
import type { Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import type { Tx } from '../kit/tx.ts';
import { openPayloads } from '../evidence/reading.actions.ts';
import {
  messagingRefusals,
  type Attachment,
  type Citation,
  type LureKind,
  type MessageOut,
  type MessagingRefusal,
  type Side,
  type Speaker,
} from './contract.ts';
import { masked } from './lure.rules.ts';
import { decideEscalate, decideKind, luresOf, seenAt, type Demand } from './rules.ts';
import { changesOf, demandsOf, messagesOf, readsOf, threadHead, unreadOf } from './views.ts';

/** Somebody who may see the conversation of an order, and on whose side; decided above, where orders are known. */
export type Onlooker = {
  readonly shopId: string;
  readonly orderId: string;
  readonly side: Speaker;
  readonly userId: string;
};
type Part = {
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly limit: number;
};

/** What a fact of evidence says of its message. */
type Said = {
  readonly text: string;
  readonly as: string;
  readonly hours?: number;
  readonly citations?: readonly Citation[];
  readonly attachments?: readonly Attachment[];
  readonly lures?: readonly { readonly kind: LureKind; readonly mask: readonly [number, number] | null }[];
};

type Row = Awaited<ReturnType<typeof messagesOf>>[number];

/** Messages as this side reads them, in their order; `earlier`: there are older ones. */
export async function readMessages(
  on: Tx,
  who: Onlooker,
  { before, after, limit }: Part,
): Promise<{ messages: MessageOut[]; earlier: boolean }> {
  const key = { shopId: who.shopId, viewerOrder: who.orderId };
  const rows = await messagesOf(on, { ...key, before: before ?? null, after: after ?? null, limit });
  const [first] = rows;
  if (!first) return { messages: [], earlier: false };
  const [payloads, reads] = await Promise.all([
    openPayloads(
      on,
      rows.map((row) => ({ shopId: who.shopId, about: who.orderId, seq: row.eventSeq })),
    ),
    readsOf(on, { ...key, from: first.seq }),
  ]);
  const messages = rows.map((row, i) => {
    const opened = payloads[i];
    assert(opened?.ok || opened?.refusal === 'EVIDENCE_ERASED', 'a message has its fact');
    const said = opened.ok ? (JSON.parse(opened.value.payload) as { body: Said }).body : undefined;
    return shown(row, said, who, seenAt(row, reads));
  });
  return { messages, earlier: first.seq > 1 };
}

/**
 * One message as one side reads it. What leads away is masked for both parties; the support reads it whole, since it decides about it.
 * Who was harsh hears it alone.
 */
function shown(row: Row, said: Said | undefined, who: Onlooker, readAt: Instant | null): MessageOut {
  const mine = row.side === who.side && row.authorId === who.userId;
  const gone = row.hidden ? 'hidden' : said ? null : 'erased';
  const open = gone === null ? said : undefined;
  return {
    seq: row.seq,
    messageId: row.id,
    kind: row.kind,
    side: row.side,
    mine,
    at: row.at,
    text: open ? textFor(open, row, who) : null,
    gone,
    notice: row.kind === 'notice' ? (said?.text ?? null) : null,
    hours: open?.hours ?? null,
    dueAt: row.dueAt,
    citations: [...(open?.citations ?? [])],
    attachments: (open?.attachments ?? []).map((file) => ({ ...file, id: encodeId('attachment', file.id) })),
    lures: luresOf(row.flags),
    rude: mine && row.flags.includes('rude'),
    readAt,
    record: row.eventSeq,
  };
}

function textFor(said: Said, row: Row, who: Onlooker): string {
  if (row.kind === 'notice') return '';
  return who.side === 'support' ? said.text : masked(said.text, said.lures ?? []);
}

/** Whether a button can be pressed, asked of the decision that the act will make; where not, its refusal says why. */
function ableOf(result: Result<unknown, MessagingRefusal>) {
  if (result.ok) return { ok: true, code: null, why: null };
  const refusal = (messagingRefusals as Record<string, { zh: string; en: string }>)[result.refusal];
  return { ok: false, code: result.refusal, why: refusal ? { zh: refusal.zh, en: refusal.en } : null };
}

/** Where the conversation stands for this side: what is unread, who waits, which demand runs, what can be done. */
export async function stateOf(on: Tx, who: Onlooker) {
  const key = { shopId: who.shopId, viewerOrder: who.orderId };
  const other = who.side === 'buyer' ? ('merchant' as const) : ('buyer' as const);
  const [[head], [counted], [changes], [found]] = await Promise.all([
    threadHead(on, key),
    unreadOf(on, { ...key, side: who.side }),
    changesOf(on, { ...key, other }),
    demandsOf(on, { shopIds: [who.shopId], viewerOrders: [who.orderId] }),
  ]);
  const demand: Demand | undefined = found;
  const openDemand = demand?.state === 'open' ? demand : undefined;
  const can = (as: 'demand' | 'promise' | 'call') =>
    ableOf(decideKind({ side: who.side, as, thread: head, openDemand }));
  return {
    last: head?.messages ?? 0,
    unread: counted?.unread ?? 0,
    seenUpTo: changes?.seenUpTo ?? 0,
    hidden: changes?.hidden ?? 0,
    demand: demand
      ? {
          seq: demand.seq,
          state: demand.state as 'open',
          askedAt: demand.askedAt,
          dueAt: demand.dueAt,
          closedAt: demand.closedAt,
        }
      : null,
    waitsSince: head?.waitsSince ?? null,
    supportSince: head?.supportSince ?? null,
    able: {
      demand: can('demand'),
      promise: can('promise'),
      call: can('call'),
      escalate: ableOf(decideEscalate(who.side, demand)),
    },
  };
}

export type Silence = {
  readonly orderId: string;
  readonly askedAt: Instant;
  readonly dueAt: Instant;
  readonly seq: number;
};

/** Orders whose newest demand the shop left unanswered (F080, F081): what a case may rest on. Orders without one are not in the answer. */
export async function silencesOf(
  on: Tx,
  orders: readonly { shopId: string; orderId: string }[],
): Promise<Map<string, Silence>> {
  const rows = await demandsOf(on, {
    shopIds: orders.map((order) => order.shopId),
    viewerOrders: orders.map((order) => order.orderId),
  });
  const newest = new Map<string, Silence | null>();
  for (const row of rows)
    if (!newest.has(row.orderId)) newest.set(row.orderId, row.state === 'silent' ? row : null);
  return new Map([...newest].flatMap(([orderId, silence]) => (silence ? [[orderId, silence]] : [])));
}

type Listed = {
  readonly shopId: string;
  readonly orderId: string;
  readonly lastSeq: number;
  readonly lastSide: Side;
};
const previewMax = 60;

/** The newest words of conversations, short, as lists show them; null where there are none to show. */
export async function previewsOf(on: Tx, rows: readonly Listed[]): Promise<(string | null)[]> {
  const payloads = await openPayloads(
    on,
    rows.map((row) => ({ shopId: row.shopId, about: row.orderId, seq: row.lastSeq })),
  );
  return payloads.map((opened) => {
    if (!opened.ok) return null;
    const { body } = JSON.parse(opened.value.payload) as { body: Said };
    if (body.as === 'notice') return null;
    const text = masked(body.text, body.lures ?? []).replace(/\s+/g, ' ');
    return [...text].slice(0, previewMax).join('') || null;
  });
}
