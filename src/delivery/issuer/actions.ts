import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import { newId } from '../../kit/ids.ts';
import { publish } from '../../kit/outbox.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { plus } from '../../kit/time.ts';
import { transaction, type Db, type Tx } from '../../kit/tx.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import { openKeys } from '../../inventory/keys.actions.ts';
import type { OrderKey } from '../../orders/actions.ts';
import type { UnitName } from '../card-key.rules.ts';
import { distinct, holdOrders, holdOwnOrders, unitNamed, type Asking, type Held } from '../units.actions.ts';
import type { IssuerRefusal, Usage } from './contract.ts';
import { issuersOf } from './issuers.actions.ts';
import type { Issuer, IssuerAnswer } from './port.contract.ts';
import { decideAsk, lease, maskedAccount, outcomeOf, usageOf } from './rules.ts';
import {
  insertIssuerCheck,
  lockQuestion,
  openAndLate,
  postponeQuestion,
  readIssuerChecks,
  takeQuestions,
  writeIssuerAnswer,
} from './store.ts';

export type Asked = { readonly checkId: string };
type Wish = {
  readonly held: Held | undefined;
  readonly unit: UnitName;
  readonly byKind: 'buyer' | 'system';
  readonly byId: string | null;
};

/** The buyer asks the issuer about one key that the buyer has seen. The question is written down; the worker asks it. */
export async function askIssuer(
  tx: Tx,
  p: Asking & { unit: UnitName; userId: string; issuers: ReadonlyMap<string, Issuer> },
): Promise<Result<Asked, IssuerRefusal>> {
  const [held] = await holdOwnOrders(tx, [p]);
  const [answer] = await askAll(tx, [{ held, unit: p.unit, byKind: 'buyer', byId: p.userId }], p.issuers);
  return must(answer, 'an answer for each question');
}

export type UnitOf = { readonly shopId: string; readonly orderId: string; readonly unit: UnitName };

/** The same for a case that was opened: about every unit that it names, by the system. What cannot be asked now is refused, each on its own. */
export async function askIssuerFor(
  tx: Tx,
  units: readonly UnitOf[],
  issuers: ReadonlyMap<string, Issuer>,
): Promise<Result<Asked, IssuerRefusal>[]> {
  const held = await holdOrders(
    tx,
    units.map((one) => ({ shopId: one.shopId, id: one.orderId })),
  );
  return askAll(
    tx,
    units.map((one) => ({ held: held.get(one.orderId), unit: one.unit, byKind: 'system', byId: null })),
    issuers,
  );
}

async function askAll(
  tx: Tx,
  wishes: readonly Wish[],
  issuers: ReadonlyMap<string, Issuer>,
): Promise<Result<Asked, IssuerRefusal>[]> {
  const orders = distinct(wishes.map((one) => one.held)).map((one) => one.order);
  const past = await openAndLate(tx, {
    shops: orders.map((one) => one.shopId),
    orders: orders.map((one) => one.id),
    since: plus(tx.business, { days: -1 }),
  });
  const counts = new Map(past.map((row) => [`${row.orderId}/${row.line}-${row.place}`, { ...row }]));
  const answers: Result<Asked, IssuerRefusal>[] = [];
  for (const wish of wishes) answers.push(await askOnce(tx, wish, issuers, counts));
  return answers;
}

type Counts = Map<string, { open: number; lately: number }>;

async function askOnce(
  tx: Tx,
  { held, unit: name, byKind, byId }: Wish,
  issuers: ReadonlyMap<string, Issuer>,
  counts: Counts,
): Promise<Result<Asked, IssuerRefusal>> {
  if (!held) return refuse('ORDER_NOT_FOUND');
  const named = unitNamed(held, name);
  const issuer = named ? await issuerOfLine(tx, named.line, issuers) : undefined;
  const slot = `${held.order.id}/${name.line}-${name.place}`;
  const { open, lately } = counts.get(slot) ?? { open: 0, lately: 0 };
  const decided = decideAsk({ unit: named?.unit, known: issuer !== undefined, open: open > 0, lately });
  if (!decided.ok) return decided;
  const unit = must(named?.unit, 'decided about a unit');
  counts.set(slot, { open: 1, lately: lately + 1 });
  const checkId = newId(tx.wall);
  await insertIssuerCheck(tx, {
    shopId: held.order.shopId,
    id: checkId,
    orderId: held.order.id,
    ...name,
    poolId: unit.poolId,
    number: unit.number,
    issuer: must(issuer, 'an issuer that is known').id,
    byKind,
    byId,
    at: tx.business,
    wall: tx.wall,
  });
  return done({ checkId });
}

/** The issuer that the pinned version of a line names, if this process can ask it. */
async function issuerOfLine(
  tx: Tx,
  line: { shopId: string; listingId: string; version: number },
  issuers: ReadonlyMap<string, Issuer>,
): Promise<Issuer | undefined> {
  const [version] = await versionsOf(tx, [line]);
  return issuers.get(must(version, 'a line has its version').content.issuer ?? '');
}

type Question = Awaited<ReturnType<typeof takeQuestions>>[number];

/**
 * Asks the issuers what waits, outside any transaction: takes questions with a lease, asks them side by side, writes each answer on its own.
 * A process that dies on the way leaves its questions to the next, once the lease ends; asking twice does no harm. Answers how many it asked.
 */
export async function askIssuers(db: Db, limit: number): Promise<number> {
  const issuers = issuersOf(db);
  if (issuers.size === 0) return 0;
  const taken = await transaction(db, async (tx) => {
    const questions = await takeQuestions(tx, {
      wall: tx.wall,
      until: plus(tx.wall, lease),
      limit,
      issuers: [...issuers.keys()],
    });
    const keys = await openKeys(tx, questions);
    return questions.map((question, i) => ({ question, key: must(keys[i], 'a key for each question') }));
  });
  faultPoint('delivery.issuer.after-take');
  await Promise.all(
    taken.map(async ({ question, key }) => {
      const issuer = must(issuers.get(question.issuer), 'only questions of installed issuers are taken');
      const { number, secret } = key;
      const answer = await issuer.ask({
        checkId: question.id,
        number,
        secret,
        askedAt: question.askedAt,
      });
      faultPoint('delivery.issuer.after-answer');
      await transaction(db, (tx) => takeAnswer(tx, question, answer));
    }),
  );
  return taken.length;
}

/** Writes one answer: the row, the evidence with the hash of what came, and the news. Locks the order first; an answer that comes twice is one. */
async function takeAnswer(tx: Tx, question: Question, answer: IssuerAnswer): Promise<void> {
  const { shopId, id, orderId } = question;
  const held = (await holdOrders(tx, [{ shopId, id: orderId }])).get(orderId);
  const [row] = await lockQuestion(tx, { shopId, id });
  if (!held || row?.state !== 'asked') return;
  const outcome = outcomeOf(answer, row.tries, tx.wall);
  if (outcome.state === 'asked') {
    await postponeQuestion(tx, { shopId, id, nextAt: outcome.nextAt });
    return;
  }
  const said = saidOf(answer);
  await writeIssuerAnswer(tx, { shopId, id, state: outcome.state, ...said, at: tx.business });
  faultPoint('delivery.issuer.after-write');
  await recordNext(tx, [
    {
      shopId,
      about: orderId,
      kind: 'delivery.issuer_answered',
      actor: `issuer:${question.issuer}`,
      keyOwner: held.order.buyerId,
      body: {
        line: question.line,
        place: question.place,
        check: id,
        result: outcome.state,
        used: said.used,
        usedAt: said.usedAt,
        account: said.account,
        askedAt: question.askedAt,
        tries: row.tries,
        raw: said.rawHash?.toString('hex') ?? null,
      },
    },
  ]);
  await publish(tx, [
    {
      event: 'delivery.issuer_answered',
      about: [orderId],
      shops: [shopId],
      data: { check: id, line: question.line, place: question.place, state: outcome.state },
    },
  ]);
}

const saidOf = (answer: IssuerAnswer) => ({
  used: answer.kind === 'ok' ? answer.used : null,
  usedAt: answer.kind === 'ok' && answer.used ? answer.usedAt : null,
  account: answer.kind === 'ok' && answer.used ? maskedAccount(answer.account) : null,
  rawHash: answer.kind === 'unknown' ? null : answer.rawHash,
});

export type IssuerCheck = Awaited<ReturnType<typeof readIssuerChecks>>[number] & {
  /** What the answer means beside our own times (F102); null without an answer. */
  readonly usage: Usage | null;
};

/** All that issuers were asked about the keys of these orders, and what they said, oldest first for each key. */
export async function issuerChecksOf(tx: Tx, orders: readonly OrderKey[]): Promise<IssuerCheck[][]> {
  if (orders.length === 0) return [];
  const rows = await readIssuerChecks(tx, {
    shops: orders.map((one) => one.shopId),
    orders: orders.map((one) => one.id),
  });
  const checks = rows.map((row): IssuerCheck => ({
    ...row,
    usage:
      row.used === null || row.deliveredAt === null
        ? null
        : usageOf(
            { used: row.used, usedAt: row.usedAt },
            { deliveredAt: row.deliveredAt, revealedAt: row.revealedAt },
          ),
  }));
  return orders.map((one) => checks.filter((row) => row.orderId === one.id));
}

/** The newest answer about each of these units, or null where no issuer has answered. For cases: rule-based decisions stand on it. */
export async function issuerAnswersOf(tx: Tx, units: readonly UnitOf[]): Promise<(IssuerCheck | null)[]> {
  const orders = [
    ...new Map(units.map((one) => [one.orderId, { shopId: one.shopId, id: one.orderId }])).values(),
  ];
  const checks = (await issuerChecksOf(tx, orders)).flat();
  return units.map(
    ({ orderId, unit }) =>
      checks.findLast(
        (row) =>
          row.orderId === orderId &&
          row.line === unit.line &&
          row.place === unit.place &&
          row.state === 'answered',
      ) ?? null,
  );
}
