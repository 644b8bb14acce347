import { clearDeadlines, setDeadlines, type Due } from '../kit/deadlines.ts';
import { newId, platformId } from '../kit/ids.ts';
import { toJson } from '../kit/json.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { send, type Tx } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import { must } from '../kit/assert.ts';
import { recordNext } from '../evidence/actions.ts';
import { openBook } from '../ledger/actions.ts';
import { account } from '../ledger/rules.ts';
import { dueBy, limitOf } from '../rules/rules.ts';
import { versionAt } from '../rules/terms.rules.ts';
import { isInvolved } from './actions.ts';
import type { RiskRefusal } from './contract.ts';
import type { TicketEvent, TicketState } from './machine.ts';
import { articleOfTicket, decideTicket, type Ticket } from './rules.ts';
import { insertTickets, insertTicketSteps, lockOpenTickets, lockTickets, writeTicket } from './store.ts';
import type { TicketKind } from './words.contract.ts';

export type NewTicket = {
  readonly kind: TicketKind;
  /** The shop, or for purchases the buyer. */
  readonly subjectId: string;
  /** What makes it the same ticket. */
  readonly ref: string;
  readonly facts: Readonly<Record<string, string | number | null>>;
};
type Held = Ticket & { readonly facts: Readonly<Record<string, string | number | null>> };

/**
 * Opens tickets; one that is there for the same cause is left alone. A silent shop's money is frozen from here on (article 47), a purchase
 * out of the ordinary waits until its review (article 49). Answers the ids of the new ones, null for those that are known.
 */
export async function openTickets(tx: Tx, list: readonly NewTicket[]): Promise<(string | null)[]> {
  if (list.length === 0) return [];
  // A release of this shop's money that is under way ends first, and the next one finds it frozen.
  const silent = list.filter((one) => one.kind === 'runaway');
  if (silent.length > 0)
    await openBook(
      tx,
      silent.map((one) => account('available', one.subjectId)),
    );
  const ids = list.map(() => newId(tx.wall));
  const states = list.map((one): TicketState => (one.kind === 'runaway' ? 'raised' : 'open'));
  const fresh = await insertTickets(tx, {
    ids,
    kinds: list.map((one) => one.kind),
    subjects: list.map((one) => one.subjectId),
    refs: list.map((one) => one.ref),
    states,
    facts: list.map((one) => toJson(one.facts)),
    at: tx.business,
  });
  const isNew = new Set(fresh.map((one) => one.id));
  for (const [i, one] of list.entries()) {
    const id = must(ids[i], 'an id for each');
    if (!isNew.has(id)) continue;
    const state = must(states[i], 'a state for each');
    const ticket: Held = {
      ...one,
      id,
      state,
      steps: 1,
      proposedBy: null,
      endedBy: null,
      endedAt: null,
    };
    await enter(tx, ticket, {
      from: 'none',
      event: one.kind === 'runaway' ? 'raise' : 'open',
      by: 'system',
      byId: null,
      text: '',
    });
    if (one.kind === 'velocity') send(tx, setDeadlines(tx, [reviewDeadline(tx, id)]));
  }
  return ids.map((id) => (isNew.has(id) ? id : null));
}

function reviewDeadline(tx: Tx, about: string) {
  const version = versionAt(tx.business);
  return {
    shopId: platformId,
    about,
    what: 'risk.review',
    dueAt: dueBy(version, 'RISK_REVIEW', tx.business).dueAt,
    startAt: tx.business,
    article: '49',
    version,
    clock: limitOf(version, 'RISK_REVIEW').clock,
  };
}

type Stepped = {
  from: TicketState;
  event: TicketEvent;
  by: 'operator' | 'system' | 'clock';
  byId: string | null;
  text: string;
};

async function enter(tx: Tx, one: Held, { from, event, by, byId, text }: Stepped): Promise<void> {
  const article = articleOfTicket(one.kind);
  send(
    tx,
    insertTicketSteps(tx, {
      ids: [one.id],
      steps: [one.steps],
      froms: [from],
      events: [event],
      tos: [one.state],
      bys: [by],
      byIds: [byId],
      articles: [article],
      texts: [text],
      at: tx.business,
    }),
  );
  await recordNext(tx, [
    {
      shopId: one.kind === 'velocity' ? platformId : one.subjectId,
      about: one.id,
      kind: `risk.${one.kind}_${event}`,
      actor: byId ? `${by}:${byId}` : by,
      keyOwner: one.kind === 'velocity' ? one.subjectId : null,
      body: { from, to: one.state, article, text, facts: { ...one.facts } },
    },
  ]);
  send(
    tx,
    publish(tx, [
      {
        event: `risk.${one.kind}`,
        about: [one.id],
        shops: one.kind === 'velocity' ? [] : [one.subjectId],
        data: { event, state: one.state, subject: one.subjectId, facts: one.facts },
      },
    ]),
  );
}

type Answer = Result<{ ticketId: string; state: TicketState }, RiskRefusal>;

/** An officer takes a step of a ticket, with reasons. A freeze is lifted by two (article 47). */
export async function stepTicket(
  tx: Tx,
  p: { viewer: Viewer; ticketId: string; event: TicketEvent; text: string },
): Promise<Answer> {
  const [one] = await lockTickets(tx, { ids: [p.ticketId] });
  if (!one) return refuse('TICKET_NOT_FOUND');
  const byId = must(p.viewer.userId, 'staff has an id');
  const decided = decideTicket(one, {
    event: p.event,
    by: 'operator',
    byId,
    now: tx.business,
    involved: isInvolved(p.viewer, one.subjectId),
  });
  if (!decided.ok) return decided;
  await put(tx, one, decided.value, { event: p.event, by: 'operator', byId, text: p.text });
  return done({ ticketId: one.id, state: decided.value.state });
}

async function put(tx: Tx, before: Held, after: Ticket, p: Omit<Stepped, 'from'>): Promise<void> {
  send(tx, writeTicket(tx, after));
  if (after.endedAt !== null && after.kind === 'velocity')
    send(tx, clearDeadlines(tx, [{ shopId: platformId, about: after.id, what: 'risk.review' }]));
  await enter(tx, { ...after, facts: before.facts }, { ...p, from: before.state });
}

/** The id of the open ticket of a kind about somebody; null where there is none. */
export async function openTicketAbout(tx: Tx, kind: TicketKind, subjectId: string): Promise<string | null> {
  const [row] = await lockOpenTickets(tx, { kind, subjects: [subjectId] });
  return row?.id ?? null;
}

/** What is well again by itself: open tickets of a kind about these subjects end without a person. */
export async function cureTickets(
  tx: Tx,
  p: { kind: 'dispute_rate'; subjects: readonly string[] },
): Promise<number> {
  if (p.subjects.length === 0) return 0;
  const rows = await lockOpenTickets(tx, p);
  for (const one of rows) {
    const decided = decideTicket(one, {
      event: 'cure',
      by: 'system',
      byId: null,
      now: tx.business,
      involved: false,
    });
    if (decided.ok) await put(tx, one, decided.value, { event: 'cure', by: 'system', byId: null, text: '' });
  }
  return rows.length;
}

/** Deadline risk.review: nobody looked in time, so what waited goes on (article 49). Firing again is harmless. */
export async function lapseReviews(tx: Tx, due: readonly Due[]): Promise<void> {
  const rows = await lockTickets(tx, { ids: due.map((one) => one.about) });
  for (const one of rows) {
    const decided = decideTicket(one, {
      event: 'lapse',
      by: 'clock',
      byId: null,
      now: tx.business,
      involved: false,
    });
    if (decided.ok) await put(tx, one, decided.value, { event: 'lapse', by: 'clock', byId: null, text: '' });
  }
  await clearDeadlines(tx, due);
}
