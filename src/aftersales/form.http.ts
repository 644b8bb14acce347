import { leftOf, type Loss } from '../orders/losses.rules.ts';
import { must } from '../kit/assert.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, type Tx } from '../kit/tx.ts';
import { versionsOf } from '../catalog/versions.actions.ts';
import { fen, sumFen } from '../kit/money.ts';
import type { Instant } from '../kit/time.ts';
import type { Unit as KeyUnit } from '../delivery/card-key.rules.ts';
import { laterLines } from '../delivery/line.views.ts';
import { unitsOfOrder } from '../delivery/views.ts';
import { orderSeenBy } from '../orders/actions.ts';
import { headOf as orderHead, linesShown } from '../orders/views.ts';
import { param } from '../rules/rules.ts';
import { caseContract } from './contract.ts';
import { fileUntil, presumedUntil, reasonsFor, type Begun } from './filing.rules.ts';
import type { ReasonCode } from './reasons.data.ts';
import { caseRefusals, type CaseRefusal } from './refusals.contract.ts';
import { isOver, reasonOf } from './rules.ts';
import { casesOf, lossesOf } from './views.ts';

type Lines = Awaited<ReturnType<typeof linesShown>>;
type Cases = Awaited<ReturnType<typeof casesOf>>;
type Losses = Awaited<ReturnType<typeof lossesOf>>;
type Head = Awaited<ReturnType<typeof orderHead>>[number];

function reasonShown(
  code: ReasonCode,
  begun: readonly Begun[],
  { head, now, noReason_days }: { head: Head; now: number; noReason_days: number },
) {
  const one = reasonOf(code);
  const until = fileUntil(code, begun, {
    paidAt: head.paidAt,
    rulebook: head.rulebook,
    noReason_days,
  });
  return {
    code,
    category: one.category,
    words: one.words,
    article: one.article,
    burden: one.burden,
    remedies: [...one.remedies],
    silence: one.silence,
    until,
    open: until === null || now <= until,
    system: [...one.system],
    buyer: [...one.buyer],
  };
}

type Facts = {
  head: Head;
  cases: Cases;
  losses: Losses;
  keys: ReadonlyMap<string, KeyUnit>;
  arrived: ReadonlyMap<number, Instant | null>;
  now: number;
};

function lineShown(line: Lines[number], { head, cases, losses, keys, arrived, now }: Facts) {
  const units = Array.from({ length: line.quantity }, (_, i) => {
    const place = i + 1;
    const number = line.numbers[i];
    const key = number === undefined ? undefined : keys.get(`${line.poolId}/${number}`);
    const unit: Loss = {
      place,
      cap: line.price,
      paid: losses.find((one) => one.line === line.number && one.place === place)?.paid ?? fen(0n),
      gone: number !== undefined && key === undefined,
    };
    const came = arrived.get(line.number) ?? null;
    const revealedAt = key ? key.revealedAt : came;
    const open = cases.find(
      (one) => one.line === line.number && one.places.includes(place) && !isOver(one.state),
    );
    return {
      place,
      state: unit.gone ? 'withdrawn' : (key?.state ?? 'other'),
      left: leftOf(unit),
      revealedAt,
      deliveredAt: key?.deliveredAt ?? came,
      presumedUntil: revealedAt === null ? null : presumedUntil(revealedAt, head.rulebook),
      caseId: open?.id ?? null,
    };
  });
  return {
    line: line.number,
    title: line.title,
    variantName: line.variantName,
    goods: line.goods,
    version: line.version,
    units,
    reasons: reasonsFor(line.goods).map((code) =>
      reasonShown(code, units, { head, now, noReason_days: line.noReason ?? 0 }),
    ),
  };
}

/** How soon the shop answers: what the rulebook says, or sooner where every listing of the order promises it. */
async function answerHours(on: Tx, head: Head, lines: Lines): Promise<number> {
  const versions = await versionsOf(
    on,
    lines.map((line) => ({ shopId: head.shopId, listingId: line.listingId, version: line.version })),
  );
  const most = param(head.rulebook, 'MERCHANT_REMEDY');
  const promised = versions.map(({ content }) => content.afterSales.faultResponse_hours ?? most);
  return Math.min(most, Math.max(...promised));
}

/** Whether anything of an order can be filed about now, or why not. */
function ableOf(head: Head, p: { left: bigint; inCase: boolean }): Result<null, CaseRefusal> {
  if (head.paidAt === null) return refuse('ORDER_NOT_PAID');
  if (head.state === 'awaiting' || head.state === 'delivering') return refuse('STILL_TO_COME');
  if (p.left === 0n) return refuse(p.inCase ? 'CASE_OPEN' : 'NOTHING_LEFT');
  return done(null);
}

export const formRoute = serve(caseContract.form, async ({ db, viewer }, { orderId }) => {
  const on = await reader(db);
  const seen = await orderSeenBy(on, viewer, orderId);
  if (!seen) return refuse('ORDER_NOT_FOUND');
  const key = { shopId: seen.shopId, viewerOrder: orderId };
  const [[found], lines, cases, losses, later] = await Promise.all([
    orderHead(on, key),
    linesShown(on, key),
    casesOf(on, key),
    lossesOf(on, key),
    laterLines(on, key),
  ]);
  const head = must(found, 'an order that is seen is there');
  const numbered = lines.flatMap((line) => line.numbers.map((number) => ({ poolId: line.poolId, number })));
  const units = await unitsOfOrder(on, {
    ...key,
    pools: numbered.map((one) => one.poolId),
    numbers: numbered.map((one) => one.number),
  });
  const arrived = new Map(later.map((one) => [one.line, one.deliveredAt]));
  const keys = new Map(units.map((unit) => [`${unit.poolId}/${unit.number}`, unit]));
  const shown = lines.map((line) =>
    lineShown(line, { head, cases, losses, keys, arrived, now: on.business }),
  );
  const open = shown.flatMap((line) => line.units.filter((unit) => unit.caseId === null));
  const left = sumFen(open.map((unit) => unit.left));
  const able = ableOf(head, { left, inCase: cases.some((one) => !isOver(one.state)) });
  return done({
    orderId,
    shopName: head.shopName,
    rulebook: head.rulebook,
    able: able.ok
      ? { ok: true, code: null, why: null }
      : {
          ok: false,
          code: able.refusal,
          why: { zh: caseRefusals[able.refusal].zh, en: caseRefusals[able.refusal].en },
        },
    answer_hours: await answerHours(on, head, lines),
    lines: shown,
    cases: cases.map((one) => ({
      caseId: one.id,
      state: one.state,
      reason: one.reason,
      amount: one.awardFen ?? one.asked,
      turn: one.turn,
      dueAt: one.dueAt,
      filedAt: one.filedAt,
      endedAt: one.endedAt,
    })),
    now: on.business,
  });
});
