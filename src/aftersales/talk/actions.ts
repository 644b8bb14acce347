import { deadlinesOf } from '../../kit/deadlines.ts';
import { must } from '../../kit/assert.ts';
import type { Due } from '../../kit/deadlines.ts';
import { refuse, type Result } from '../../kit/result.ts';
import type { Instant } from '../../kit/time.ts';
import type { Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { unitsOfOrder } from '../../delivery/views.ts';
import { hide, lapseDemands, ordersOfDemands, say, type Sent, type Talk } from '../../messaging/actions.ts';
import type { Attachment, Citation, MessagingRefusal, SayKind, Speaker } from '../../messaging/contract.ts';
import { hostsIn } from '../../messaging/lure.rules.ts';
import type { DemandTerms } from '../../messaging/rules.ts';
import { lockWithLines, linesOf, orderSeenBy, type OrderKey } from '../../orders/actions.ts';
import type { Line, Order } from '../../orders/rules.ts';
import { articleOfParam, param } from '../../rules/rules.ts';
import { citable, type CitedFacts } from './citation.rules.ts';
import { sideOf } from './rules.ts';

/** An order that somebody may talk about, and on whose side they do. */
export type Seat = {
  readonly shopId: string;
  readonly orderId: string;
  readonly buyerId: string;
  readonly side: Speaker;
};

/** Where somebody sits in the conversation of an order; null: an order that is not there for them. */
export async function seatOf(on: Tx, viewer: Viewer, orderId: string): Promise<Seat | null> {
  const seen = await orderSeenBy(on, viewer, orderId);
  const side = seen && sideOf(viewer, seen);
  return seen && side ? { ...seen, orderId, side } : null;
}

/** What the order's own rulebook says of demands: 4 hours by default, never longer than the shop has for a remedy (articles 21 and 5). */
export const demandTerms = (version: string): DemandTerms => ({
  default_hours: param(version, 'DEMAND'),
  max_hours: param(version, 'MERCHANT_REMEDY'),
  article: articleOfParam(version, 'DEMAND'),
});

type Held = { readonly order: Order; readonly lines: readonly Line[] };

async function talkOf(tx: Tx, { order, lines }: Held): Promise<{ talk: Talk; hosts: string[] }> {
  const versions = await versionsOf(tx, lines);
  const title = versions[0]?.content.title ?? '';
  const { shopId, id, buyerId, rulebook } = order;
  return {
    talk: { shopId, orderId: id, buyerId, title, rulebook },
    // What the listing names is part of what was bought: where to redeem, what to download, whom to ask at the issuer.
    hosts: versions.flatMap(({ content }) => hostsIn(JSON.stringify(content))),
  };
}

/** What of an order decides which articles apply to it now. */
export async function citedFacts(on: Tx, { order, lines }: Held): Promise<CitedFacts> {
  const numbered = lines.flatMap((line) => line.numbers.map((number) => ({ poolId: line.poolId, number })));
  const [units, deadlines] = await Promise.all([
    unitsOfOrder(on, {
      shopId: order.shopId,
      viewerOrder: order.id,
      pools: numbered.map((one) => one.poolId),
      numbers: numbered.map((one) => one.number),
    }),
    deadlinesOf(on, { shopId: order.shopId, about: order.id }),
  ]);
  const times = units.flatMap((unit) => (unit.revealedAt === null ? [] : [unit.revealedAt]));
  const delivered = units.map((unit) => unit.deliveredAt);
  const isOver = order.state === 'completed' || order.state === 'delivered' || order.state === 'refunded';
  return {
    version: order.rulebook,
    goods: [...new Set(lines.map((line) => line.goods))],
    now: on.business,
    paidAt: order.paidAt,
    deliveredAt: latest(delivered) ?? (isOver ? (order.completedAt ?? order.paidAt) : null),
    revealedAt: latest(times),
    sealed: units.some((unit) => unit.state === 'sealed'),
    completedAt: order.completedAt,
    confirmAt: deadlines.find((one) => one.what === 'order.confirm')?.dueAt ?? null,
  };
}

const latest = (times: readonly Instant[]): Instant | null =>
  times.length === 0 ? null : (Math.max(...times) as Instant);

/** The articles that can be cited about an order that the caller may see. */
export async function articlesFor(on: Tx, order: Order): Promise<Citation[]> {
  const lines = await linesOf(on, [{ shopId: order.shopId, id: order.id }]);
  return citable(await citedFacts(on, { order, lines }));
}

export type Speech = {
  readonly seat: Seat;
  readonly userId: string;
  readonly text: string;
  readonly as: SayKind;
  readonly hours: number | undefined;
  readonly until: Instant | undefined;
  readonly cite: readonly string[];
  readonly files: readonly Attachment[];
};

/** Says something about an order, with the articles worked out for this very moment. Refuses as messaging's `say`, and CITATION_UNKNOWN. */
export async function speak(tx: Tx, speech: Speech): Promise<Result<Sent, MessagingRefusal>> {
  const held = await holdOne(tx, speech.seat);
  const { talk, hosts } = await talkOf(tx, held);
  const chosen = speech.cite.length === 0 ? [] : citable(await citedFacts(tx, held));
  const citations = [...new Set(speech.cite)].map((no) => chosen.find((one) => one.article === no));
  if (citations.includes(undefined)) return refuse('CITATION_UNKNOWN');
  return say(tx, talk, {
    side: speech.seat.side,
    userId: speech.userId,
    as: speech.as,
    text: speech.text,
    hours: speech.hours,
    until: speech.until,
    attachments: speech.files.length,
    citations: citations.filter((one) => one !== undefined),
    files: speech.files,
    hosts,
    terms: demandTerms(talk.rulebook),
  });
}

/** Takes one's own words out of view (F069). */
export async function takeBack(
  tx: Tx,
  p: { seat: Seat; userId: string; seq: number },
): Promise<Result<{ seq: number }, MessagingRefusal>> {
  const { talk } = await talkOf(tx, await holdOne(tx, p.seat));
  return hide(tx, talk, { side: p.seat.side, userId: p.userId, seq: p.seq });
}

async function holdOne(tx: Tx, { shopId, orderId }: OrderOf): Promise<Held> {
  const [held] = await lockWithLines(tx, [{ shopId, id: orderId }]);
  return must(held, 'an order that is seen is there');
}
type OrderOf = { readonly shopId: string; readonly orderId: string };

/** Deadline message.demand: the orders are locked before their conversations (F080). Firing again is harmless. */
export async function lapseTalks(tx: Tx, due: readonly Due[]): Promise<void> {
  const keys = await ordersOfDemands(tx, due);
  const unique = new Map(keys.map(({ shopId, id }): [string, OrderKey] => [id, { shopId, id }]));
  const talks = new Map<string, Talk>();
  for (const held of await lockWithLines(tx, [...unique.values()])) {
    const { talk } = await talkOf(tx, held);
    talks.set(talk.orderId, talk);
  }
  await lapseDemands(tx, due, talks);
}
