import { must } from '../../kit/assert.ts';
import { decodeId, encodeId } from '../../kit/public-id.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { hmac } from '../../kit/secret.ts';
import { instant, type Instant } from '../../kit/time.ts';
import { reader, transaction, type Tx } from '../../kit/tx.ts';
import type { Context } from '../../kit/viewer.ts';
import { maskAnswer, type Question } from '../../catalog/question.contract.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { stepUps } from '../../identity/actions.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { answersOf, type LineAnswers } from '../../orders/answer.actions.ts';
import { linesShown } from '../../orders/views.ts';
import { termsOf } from '../../rules/terms.rules.ts';
import { acceptOrders, decline, fulfil, revealContent, seeAnswers } from './actions.ts';
import { manualContract } from './contract.ts';
import { fieldsOf } from './rules.ts';
import { contentsShown, deliveryCounts, endedDeliveries, manualLines, openDeliveries } from './views.ts';

const userOf = ({ viewer }: Context): string => must(viewer.userId, 'the route needs a user');

/** A place in the list: the time that it is ordered by, and the order. */
function placeOf(cursor: string | undefined): { afterAt: Instant | null; afterId: string | null } {
  const [at = '', id = ''] = cursor?.split('.') ?? [];
  const orderId = decodeId('order', id);
  return /^\d{1,15}$/.test(at) && orderId
    ? { afterAt: instant(Number(at)), afterId: orderId }
    : { afterAt: null, afterId: null };
}

const todo = serve(manualContract.todo, async ({ db }, { shopId, filter, search, after, limit }) => {
  const on = await reader(db);
  const asked = {
    viewerShop: shopId,
    now: on.business,
    filter,
    search: search || null,
    limit: limit + 1,
    ...placeOf(after),
  };
  const [rows, [counts]] = await Promise.all([
    (filter === 'done' ? endedDeliveries : openDeliveries)(on, asked),
    deliveryCounts(on, asked),
  ]);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const at = last && (filter === 'done' ? last.endedAt : last.promisedAt);
  return done({
    deliveries: rows.slice(0, limit),
    counts: must(counts, 'a count has a row'),
    next: last && at ? `${at}.${encodeId('order', last.orderId)}` : null,
  });
});

type Row = Awaited<ReturnType<typeof manualLines>>[number];

/** The lines of an order with their listing versions and answers. */
async function withAnswers(on: Tx, shopId: string, rows: readonly Row[]) {
  const [versions, answers] = await Promise.all([
    versionsOf(
      on,
      rows.map(({ listingId, version }) => ({ shopId, listingId, version })),
    ),
    answersOf(
      on,
      rows.map(({ orderId, line }) => ({ shopId, orderId, line })),
    ),
  ]);
  return rows.map((row, i) => ({
    row,
    content: must(versions[i], 'a line has its version').content,
    answers: must(answers[i], 'a line has its answers'),
  }));
}

/** What was answered: masked, unless whoever asks has said so and it was recorded. */
const answersOut = (questions: readonly Question[], answers: LineAnswers, open: boolean) =>
  questions.flatMap((question) => {
    const { key, label, type } = question;
    const answer = answers[key]?.reveal();
    if (answer === undefined) return [];
    const masked = maskAnswer(question, answer);
    return [{ key, label, type, shown: open ? answer : masked, hidden: !open && masked !== answer }];
  });

const work = serve(manualContract.work, async ({ db, viewer }, { shopId, orderId }) => {
  const on = await reader(db);
  const key = { shopId, viewerOrder: orderId };
  const [rows, contents] = await Promise.all([manualLines(on, key), contentsShown(on, key)]);
  // An order of the shop that nobody delivers by hand has no lines here.
  if (rows.length === 0 && (await orderSeenBy(on, viewer, orderId))?.shopId !== shopId)
    return refuse('DELIVERY_NOT_FOUND');
  const lines = await withAnswers(on, shopId, rows);
  return done({
    orderId,
    orderState: rows[0]?.orderState ?? '',
    lines: lines.map(({ row, content, answers }) => ({
      ...row,
      fields: [...fieldsOf(content.manual)],
      answers: answersOut(content.questions, answers, false),
      contents: contents.filter((one) => one.line === row.line).map((one) => ({ ...one, by: one.by ?? '' })),
    })),
  });
});

const see = serve(manualContract.seeAnswers, async (context, { shopId, orderId }) => {
  const seen = await transaction(context.db, (tx) =>
    seeAnswers(tx, { shopId, orderId, userId: userOf(context) }),
  );
  if (!seen.ok) return seen;
  const on = await reader(context.db);
  // Of whatever is delivered later: by hand, or by parcel.
  const rows = await linesShown(on, { shopId, viewerOrder: orderId });
  const versions = await versionsOf(
    on,
    rows.map(({ listingId, version }) => ({ shopId, listingId, version })),
  );
  return done({
    lines: seen.value.map(({ line, answers }) => {
      const at = rows.findIndex((row) => row.number === line);
      const questions = versions[at]?.content.questions ?? [];
      return { line, answers: answersOut(questions, answers, true) };
    }),
  });
});

const manual = serve(manualContract.manual, async ({ db, viewer }, { orderId }) => {
  const on = await reader(db);
  const seen = await orderSeenBy(on, viewer, orderId);
  if (!seen) return refuse('ORDER_NOT_FOUND');
  const key = { shopId: seen.shopId, viewerOrder: orderId };
  const [rows, contents] = await Promise.all([manualLines(on, key), contentsShown(on, key)]);
  const lines = await withAnswers(on, seen.shopId, rows);
  const asks = await stepUps(
    on,
    rows.map((row) => ({ viewer, amount: row.price, above: termsOf(row.rulebook).revealStepUp })),
  );
  return done({
    lines: lines.map(({ row, content, answers }, i) => ({
      ...row,
      verification: content.verification,
      fields: [...fieldsOf(content.manual)],
      answers: answersOut(content.questions, answers, false),
      needsPassword: asks[i] ?? true,
      // Of each unit the newest version: a correction takes the place of what it corrects.
      units: contents.filter(
        (one, at) =>
          one.line === row.line &&
          !contents.some((later, j) => j > at && later.line === one.line && later.place === one.place),
      ),
    })),
  });
});

const reveal = serve(manualContract.revealContent, async (context, { orderId, line, place }) => {
  const { db, viewer, ip } = context;
  const answer = await transaction(db, (tx) =>
    revealContent(tx, {
      orderId,
      buyerIds: viewer.buyerIds,
      userId: userOf(context),
      viewer,
      line,
      place,
      deviceHash: hmac(db.keys.trace, `device/${viewer.deviceId ?? ''}`).subarray(0, 16),
      addressHash: hmac(db.keys.trace, `address/${ip}`).subarray(0, 16),
    }),
  );
  if (!answer.ok) return answer;
  const { fields, ...rest } = answer.value;
  return done({ ...rest, line, place, fields: fields.map((one) => ({ ...one, value: one.value.reveal() })) });
});

export const manualRoutes = {
  todo,
  acceptDeliveries: serve(manualContract.acceptDeliveries, (context, { shopId, orderIds }) =>
    transaction(context.db, async (tx) =>
      done(await acceptOrders(tx, { shopId, orderIds: [...new Set(orderIds)], userId: userOf(context) })),
    ),
  ),
  work,
  seeAnswers: see,
  fulfil: serve(manualContract.fulfil, (context, input) =>
    transaction(context.db, (tx) => fulfil(tx, { ...input, userId: userOf(context) })),
  ),
  decline: serve(manualContract.decline, (context, { why, ...input }) =>
    transaction(context.db, (tx) => decline(tx, { ...input, reason: why, userId: userOf(context) })),
  ),
  manual,
  revealContent: reveal,
};
