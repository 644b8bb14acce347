import { must } from '../../kit/assert.ts';
import { decodeId, encodeId } from '../../kit/public-id.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import type { Instant } from '../../kit/time.ts';
import { reader, transaction, type Tx } from '../../kit/tx.ts';
import { maskAnswer } from '../../catalog/question.contract.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { answersOf, type LineAnswers } from '../../orders/answer.actions.ts';
import { startMembership } from './actions.ts';
import { membershipContract, membershipStates } from './contract.ts';
import { daysLeft, proRataValue } from './term.rules.ts';
import {
  memberCounts,
  membersOfShop,
  membershipsOfBuyer,
  membershipsOfOrder,
  periodsShown,
} from './views.ts';

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const mineMost = 200;

type Row = Awaited<ReturnType<typeof membershipsOfOrder>>[number];
type PeriodRow = Awaited<ReturnType<typeof periodsShown>>[number];

const periodsOf = (on: Tx, rows: readonly { shopId: string; id: string }[]): Promise<PeriodRow[]> =>
  periodsShown(on, { viewerShops: rows.map((row) => row.shopId), ids: rows.map((row) => row.id) });

/** The days of memberships, by the terms that still give some. A stopped one stands still. */
function daysOf(periods: readonly PeriodRow[], at: Instant): { daysLeft: number; daysAll: number } {
  const giving = periods.filter((one) => !one.ended);
  return {
    daysLeft: giving.reduce((sum, one) => sum + daysLeft(one, at), 0),
    daysAll: giving.reduce((sum, one) => sum + (one.days ?? 0), 0),
  };
}

async function shown(on: Tx, rows: readonly Row[]) {
  const periods = Map.groupBy(await periodsOf(on, rows), (one) => one.membershipId);
  return rows.map((row) => {
    const own = periods.get(row.id) ?? [];
    const at = row.suspendedAt ?? on.business;
    return {
      ...row,
      membershipId: row.id,
      includes: row.includes ?? [],
      ...daysOf(own, at),
      periods: own.map((one) => {
        const { value, usedDays } = proRataValue({ total: one.total, period: one, at });
        return {
          orderId: one.orderId,
          line: one.line,
          from: one.from,
          until: one.until,
          days: one.days,
          usedDays,
          paid: one.total,
          unusedValue: one.ended ? 0n : value,
          ended: one.ended,
        };
      }),
    };
  });
}

/** What the buyer was asked at the checkout, masked where the question is sensitive. */
const answersShown = (
  row: { questions: Parameters<typeof questionsIn>[0] },
  answers: LineAnswers | undefined,
) =>
  questionsIn(row.questions).flatMap((question) => {
    const answer = answers?.[question.key];
    return answer ? [{ label: question.label, value: maskAnswer(question, answer.reveal()) }] : [];
  });
const questionsIn = (questions: Awaited<ReturnType<typeof membersOfShop>>[number]['questions']) =>
  questions ?? [];

export const membershipRoutes = {
  ofOrder: serve(membershipContract.ofOrder, async ({ db, viewer }, { orderId }) => {
    const on = await reader(db);
    const seen = await orderSeenBy(on, viewer, orderId);
    if (!seen) return refuse('ORDER_NOT_FOUND');
    const rows = await membershipsOfOrder(on, { shopId: seen.shopId, viewerOrder: orderId });
    return done({ memberships: await shown(on, rows) });
  }),
  mine: serve(membershipContract.mine, async ({ db, viewer }) => {
    const on = await reader(db);
    const rows = await membershipsOfBuyer(on, { viewerIds: viewer.buyerIds, limit: mineMost });
    return done({ memberships: await shown(on, rows) });
  }),
  start: serve(membershipContract.start, async ({ db, viewer }, { membershipId }) => {
    const userId = must(viewer.userId, 'the route needs a user');
    const answer = await transaction(db, (tx) =>
      startMembership(tx, { membershipId, buyerIds: viewer.buyerIds, userId }),
    );
    if (!answer.ok) return answer;
    const { state, endsAt } = answer.value.membership;
    return done({ state: state as 'active', endsAt });
  }),
  members: serve(membershipContract.members, async ({ db }, input) => {
    const before = input.cursor === undefined ? lastId : decodeId('membership', input.cursor);
    if (before === undefined) return refuse('CURSOR_INVALID');
    const on = await reader(db);
    const [rows, counts] = await Promise.all([
      membersOfShop(on, {
        viewerShop: input.shopId,
        search: input.q || null,
        state: input.state ?? null,
        before,
        limit: input.limit + 1,
      }),
      memberCounts(on, { viewerShop: input.shopId }),
    ]);
    const page = rows.slice(0, input.limit);
    const [periods, answers] = await Promise.all([
      periodsOf(on, page),
      answersOf(
        on,
        page.map((row) => ({ shopId: row.shopId, orderId: row.orderId, line: row.line })),
      ),
    ]);
    const byMember = Map.groupBy(periods, (one) => one.membershipId);
    const last = rows.length > input.limit ? page.at(-1) : undefined;
    return done({
      members: page.map((row, i) => ({
        ...row,
        membershipId: row.id,
        daysLeft: daysOf(byMember.get(row.id) ?? [], row.suspendedAt ?? on.business).daysLeft,
        answers: answersShown(row, answers[i]),
      })),
      counts: Object.fromEntries(
        membershipStates.map((state) => [state, counts.find((row) => row.state === state)?.count ?? 0]),
      ) as Record<(typeof membershipStates)[number], number>,
      next: last ? encodeId('membership', last.id) : null,
    });
  }),
};
