import { clearDeadlines, setDeadlines, type Deadline } from '../kit/deadlines.ts';
import { faultPoint } from '../kit/fault.ts';
import { toJson } from '../kit/json.ts';
import { publish, type News } from '../kit/outbox.ts';
import { ts } from '../kit/sql.ts';
import { send, type Tx } from '../kit/tx.ts';
import { must } from '../kit/assert.ts';
import { confirmDeadline } from '../delivery/card-key.actions.ts';
import { recordNext, type NewEvent } from '../evidence/actions.ts';
import { addHolds, removeHolds } from '../orders/actions.ts';
import { termsOf } from '../rules/terms.rules.ts';
import { nextReminder, remindersOf, withClocks } from './clocks.rules.ts';
import { entered, fingerprintOf, fixedOf } from './exhibits/rules.ts';
import type { File } from './held.actions.ts';
import { seatClocks } from './panel/reminders.data.ts';
import { caseDeadlines, type CaseClock } from './procedure.rules.ts';
import { articleOfStep, isOver, stateAfter, type Case, type Exhibit, type Move, type Said } from './rules.ts';
import { insertExhibits, insertStatements, insertSteps, writeCases } from './store.ts';

type StepRow = {
  file: File;
  step: number;
  from: string;
  event: string;
  to: string;
  move: Move;
  article: string;
};

/** What the decisions of one transaction leave to be written. */
export type Docket = {
  readonly steps: StepRow[];
  readonly said: { file: File; number: number; move: Pick<Move, 'by' | 'byId'>; one: Said }[];
  readonly shown: { file: File; number: number; move: Pick<Move, 'by' | 'byId'>; one: Exhibit }[];
  readonly changed: Set<File>;
  readonly clocks: Map<File, { set: CaseClock[]; clear: string[] }>;
  readonly events: NewEvent[];
  readonly news: News[];
  readonly unheld: Set<File>;
};

export const emptyDocket = (): Docket => ({
  steps: [],
  said: [],
  shown: [],
  changed: new Set(),
  clocks: new Map(),
  events: [],
  news: [],
  unheld: new Set(),
});

const keysOf = (one: Case) => ({ shopId: one.shopId, about: one.id });
/** Whose key seals a fact: the party's who said it, else the buyer's. */
const ownerOf = (file: File, move: Pick<Move, 'by' | 'byId'> & { event?: string }): string | null =>
  // What the support files is the buyer's own claim.
  move.event === 'file'
    ? file.case.buyerId
    : move.by === 'operator' || move.by === 'arbitrator'
      ? null
      : (move.byId ?? file.case.buyerId);

/** Enters one move of a case: its step, its clocks, what was said and shown with it, its event and its news. */
export function enterMove(tx: Tx, docket: Docket, file: File, move: Move): void {
  const before = file.case;
  const to = must(
    stateAfter(before.state, move.event, move.by),
    `${move.event} by ${move.by} leads on from ${before.state}`,
  );
  const article = move.article ?? articleOfStep(before.state, move.event, move.by);
  const moved: Case = {
    ...before,
    ...move.facts,
    state: to,
    steps: before.steps + 1,
    endedAt: isOver(to) ? tx.business : null,
  };
  file.case = clocked(tx, docket, file, moved, before, move);
  docket.steps.push({ file, step: moved.steps, from: before.state, event: move.event, to, move, article });
  docket.changed.add(file);
  const shown = enterWords(docket, file, move, move.says ?? [], move.shows ?? []);
  if (isOver(to) || move.event === 'unhold') docket.unheld.add(file);
  docket.events.push({
    shopId: before.shopId,
    about: before.orderId,
    kind: `case.${move.event}`,
    actor: move.byId ? `${move.by}:${move.byId}` : move.by,
    keyOwner: ownerOf(file, move),
    body: {
      case: before.id,
      step: moved.steps,
      from: before.state,
      to,
      article,
      rulebook: before.rulebook,
      dueAt: file.case.dueAt,
      said: (move.says ?? []).map((one) => ({ kind: one.kind, ...plain(one.body) })),
      shown: shown.map(({ one }) => fixedOf(one)),
      award: move.award
        ? {
            remedy: move.award.remedy,
            amount: move.award.amount.toString(),
            liability: { ...move.award.liability },
          }
        : null,
    },
  });
  docket.news.push({
    event: `case.${move.event}`,
    about: [before.id],
    shops: [before.shopId],
    data: { by: move.by, to },
  });
}

const plain = (body: Readonly<Record<string, unknown>>): Record<string, string | number | null> =>
  Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'number' || value === null
        ? value
        : typeof value === 'object'
          ? toJson(value)
          : String(value),
    ]),
  );

/** Numbers what is said and shown; answers the exhibits with their numbers, a redacted copy behind its original. */
export function enterWords(
  docket: Docket,
  file: File,
  move: Pick<Move, 'by' | 'byId'>,
  says: readonly Said[],
  shows: readonly Exhibit[],
): { number: number; one: Exhibit }[] {
  for (const one of says) docket.said.push({ file, number: (file.counts.statements += 1), move, one });
  const numbered: { number: number; one: Exhibit }[] = [];
  for (const shown of shows)
    for (const one of entered(shown, file.counts.exhibits + 1))
      numbered.push({ number: (file.counts.exhibits += 1), one });
  docket.shown.push(...numbered.map((each) => ({ file, move, ...each })));
  return numbered;
}

/** Evidence that was added without a step is a fact of the order as well. */
export const exhibitEvent = (
  file: File,
  move: Pick<Move, 'by' | 'byId'>,
  { number, one }: { number: number; one: Exhibit },
): NewEvent => ({
  shopId: file.case.shopId,
  about: file.case.orderId,
  kind: 'case.exhibit',
  actor: `${move.by}:${move.byId}`,
  keyOwner: ownerOf(file, move),
  body: {
    case: file.case.id,
    number,
    ...fixedOf(one),
  },
});

/** A step that stays in its state moves no clock; only what has just rung is put away. Late seats that were filled anew have the time once more. */
function clocked(tx: Tx, docket: Docket, file: File, moved: Case, before: Case, move: Move): Case {
  const known = docket.clocks.get(file) ?? { set: [], clear: [] };
  if (moved.state === before.state && move.event !== 'replace') {
    const rung =
      { late: ['case.accept', 'case.decide'], unhold: ['case.unhold'] }[move.event as string] ?? [];
    const dropped = moved.state === 'intervention' ? rung.slice(0, 1) : rung;
    docket.clocks.set(file, { ...known, clear: [...known.clear, ...dropped] });
    return move.event === 'unhold' ? { ...moved, dueAt: null } : moved;
  }
  const { case: next, clocks } = withClocks(moved, tx.business);
  docket.clocks.set(file, { set: clocks, clear: [...caseDeadlines, 'case.remind'] });
  return next;
}

/** Writes a docket: every table once, deadlines and holds with it, then the events of the orders, then the news. */
export async function writeDocket(tx: Tx, docket: Docket): Promise<void> {
  if (docket.changed.size === 0 && docket.shown.length === 0) return;
  const changed = [...docket.changed].map((file) => file.case);
  faultPoint('aftersales.case.before-write');
  if (changed.length > 0) send(tx, writeCases(tx, caseRows(changed)), insertSteps(tx, stepRows(tx, docket)));
  faultPoint('aftersales.case.after-steps');
  if (docket.said.length > 0) send(tx, insertStatements(tx, saidRows(tx, docket)));
  if (docket.shown.length > 0) send(tx, insertExhibits(tx, shownRows(tx, docket)));
  faultPoint('aftersales.case.after-words');
  writeDeadlines(tx, docket);
  await endHolds(tx, docket);
  faultPoint('aftersales.case.after-deadlines');
  await recordNext(tx, docket.events);
  faultPoint('aftersales.case.after-evidence');
  send(tx, publish(tx, docket.news));
  faultPoint('aftersales.case.after-news');
}

const caseRows = (list: readonly Case[]) => ({
  shops: list.map((one) => one.shopId),
  ids: list.map((one) => one.id),
  rows: list.map((one) => ({
    state: one.state,
    reason: one.reason,
    steps: one.steps,
    remedy: one.remedy,
    asked: one.asked.toString(),
    awardRemedy: one.awardRemedy,
    award: one.awardFen?.toString() ?? null,
    liability: one.liability,
    presumed: one.presumed,
    offers: one.offers,
    rounds: one.rounds,
    reopened: one.reopened,
    handler: one.handlerId,
    senior: one.seniorId,
    turn: one.turn,
    due: ts(one.dueAt),
    since: ts(one.sinceAt),
    decide: ts(one.decideBy),
    ended: ts(one.endedAt),
  })),
});

const stepRows = (tx: Tx, { steps }: Docket) => ({
  shops: steps.map((s) => s.file.case.shopId),
  cases: steps.map((s) => s.file.case.id),
  steps: steps.map((s) => s.step),
  froms: steps.map((s) => s.from),
  events: steps.map((s) => s.event),
  tos: steps.map((s) => s.to),
  kinds: steps.map((s) => s.move.by),
  bys: steps.map((s) => s.move.byId),
  articles: steps.map((s) => s.article),
  at: tx.business,
});

const saidRows = (tx: Tx, { said }: Docket) => ({
  shops: said.map((s) => s.file.case.shopId),
  cases: said.map((s) => s.file.case.id),
  numbers: said.map((s) => s.number),
  kinds: said.map((s) => s.one.kind),
  sides: said.map((s) => s.move.by),
  bys: said.map((s) => s.move.byId),
  bodies: said.map((s) => toJson(s.one.body)),
  at: tx.business,
});

const shownRows = (tx: Tx, { shown }: Docket) => ({
  shops: shown.map((s) => s.file.case.shopId),
  cases: shown.map((s) => s.file.case.id),
  numbers: shown.map((s) => s.number),
  sides: shown.map((s) => s.move.by),
  bys: shown.map((s) => s.move.byId),
  kinds: shown.map((s) => s.one.kind),
  captions: shown.map((s) => s.one.caption),
  texts: shown.map((s) => s.one.text),
  hashes: shown.map((s) => fingerprintOf(s.one)),
  codes: shown.map((s) => s.one.code ?? ''),
  files: shown.map((s) => s.one.file?.id ?? null),
  audiences: shown.map((s) => s.one.audience ?? 'parties'),
  redactions: shown.map((s) => s.one.redactionOf ?? null),
  formed: shown.map((s) => s.one.formedAt),
  at: tx.business,
});

function writeDeadlines(tx: Tx, { clocks }: Docket): void {
  const clear = [...clocks].flatMap(([file, change]) =>
    change.clear.map((what) => ({ ...keysOf(file.case), what })),
  );
  const set = [...clocks].flatMap(([file, change]) => [
    ...change.set.map((clock) => deadlineOf(tx, file.case, clock)),
    ...reminderOf(tx, file.case, change.set[0]),
  ]);
  const kept = new Set(set.map((one) => `${one.about}/${one.what}`));
  send(
    tx,
    clearDeadlines(
      tx,
      clear.filter((one) => !kept.has(`${one.about}/${one.what}`)),
    ),
    setDeadlines(tx, set),
  );
}

const deadlineOf = (tx: Tx, one: Case, clock: CaseClock): Deadline => ({
  ...keysOf(one),
  what: clock.what,
  dueAt: clock.dueAt,
  startAt: one.state === 'negotiation' ? (one.sinceAt ?? one.filedAt) : tx.business,
  article: clock.article,
  version: clock.version,
  clock: clock.clock,
});

/** Somebody whose turn it is hears of it again at half and at four fifths of the time; the seats of a tribunal by their own rounds. */
export function reminderOf(tx: Tx, one: Case, clock: CaseClock | undefined): Deadline[] {
  if (!clock || one.sinceAt === null || one.turn === null || clock.what in seatClocks) return [];
  const at = nextReminder(remindersOf(one, clock, one.sinceAt), tx.business);
  return at === undefined ? [] : [{ ...deadlineOf(tx, one, clock), what: 'case.remind', dueAt: at }];
}

/** A case that is over holds no money: what is left of the order goes back to its course. */
async function endHolds(tx: Tx, { unheld }: Docket): Promise<void> {
  const files = [...unheld];
  if (files.length === 0) return;
  await removeHolds(tx, files.map(holdOf));
  send(
    tx,
    setDeadlines(
      tx,
      files.flatMap((file) => courseOf(tx, file)),
    ),
  );
}

export const holdOf = ({ case: one }: Pick<File, 'case'>) => ({
  shopId: one.shopId,
  orderId: one.orderId,
  reason: 'case' as const,
  ref: one.id,
});
export const addCaseHolds = (tx: Tx, files: readonly Pick<File, 'case'>[]): Promise<number> =>
  addHolds(tx, files.map(holdOf));

/** Where an order goes on once nothing holds it any more: its confirmation or its release. */
export function courseOf(tx: Tx, { held }: Pick<File, 'held'>): Deadline[] {
  const { order } = held;
  if (order.state === 'delivered' && held.units.size > 0) return [confirmDeadline(held, tx.business)];
  if (order.state !== 'completed' || order.releaseAt === null || order.releasedAt !== null) return [];
  return [
    {
      shopId: order.shopId,
      about: order.id,
      what: 'order.release',
      dueAt: order.releaseAt,
      startAt: tx.business,
      article: termsOf(order.rulebook).articles.settleDelay,
      version: order.rulebook,
      clock: 'elapsed',
    },
  ];
}
