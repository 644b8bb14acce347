import type { z } from 'zod';
import { must } from '../kit/assert.ts';
import { fen, type Fen } from '../kit/money.ts';
import { once } from '../kit/once.ts';
import { done } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { instant, type Instant } from '../kit/time.ts';
import { reader, transaction, type Tx } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import {
  accept,
  addExhibit,
  agree,
  appeal,
  counter,
  escalate,
  offer,
  perform,
  refuseClaim,
  withdraw,
  type Answer,
} from './actions.ts';
import { caseContract } from './contract.ts';
import { object } from './desk.actions.ts';
import { formRoute } from './form.http.ts';
import { pageRoute } from './page.http.ts';
import { exhibitsFor, exhibitsFrom, type Wished } from './exhibits/actions.ts';
import { fileOwnCase } from './exhibits/filing.actions.ts';
import type { exhibitIn } from './exhibits/contract.ts';
import { reasonOf } from './rules.ts';
import { casesOfBuyer } from './views.ts';

type Row = Awaited<ReturnType<typeof casesOfBuyer>>[number];
export const summaryOf = ({ id, offers, ...row }: Row) => ({
  ...row,
  caseId: id,
  offered: offers > 0,
  silence: reasonOf(row.reason).silence,
});

type ExhibitIn = z.infer<typeof exhibitIn>;
const wishedOf = ({ formedAt, fileId, redactedId, redactionOf, ...said }: ExhibitIn): Wished => ({
  ...said,
  formedAt: formedAt === undefined ? null : instant(formedAt),
  fileId: fileId ?? null,
  redactedId: redactedId ?? null,
  ...(redactionOf === undefined ? {} : { redactionOf }),
});
const amountOf = (amount: bigint | undefined): Fen | null => (amount === undefined ? null : fen(amount));

const acting = ({ viewer }: Context, caseId: string) => ({ caseId, viewer });
const write = (context: Context, act: (tx: Tx) => Promise<Answer>): Promise<Answer> =>
  transaction(context.db, act);

const file = serve(caseContract.file, (context, input) => {
  const userId = must(context.viewer.userId, 'the route needs a user');
  const key = must(context.idempotencyKey, 'the route needs a key');
  return transaction(context.db, (tx) =>
    once(tx, { scope: `usr:${userId}/cases.file`, key, input }, async () => {
      const wished = input.exhibits.map(wishedOf);
      const shown = await exhibitsFrom(tx, { orderId: input.orderId, side: 'buyer', wished });
      if (!shown.ok) return shown;
      return fileOwnCase(tx, {
        ...input,
        buyerIds: context.viewer.buyerIds,
        userId,
        amount: amountOf(input.amount),
        occurredAt: Math.min(input.occurredAt, tx.business) as Instant,
        exhibits: shown.value,
      });
    }),
  );
});

export const caseRoutes = {
  form: formRoute,
  file,
  one: pageRoute,
  mine: serve(caseContract.mine, async ({ db, viewer }, { before, limit }) => {
    const rows = await casesOfBuyer(await reader(db), {
      viewerIds: viewer.buyerIds,
      before: before ?? null,
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    return done({
      cases: shown.map(summaryOf),
      next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    });
  }),
  accept: serve(caseContract.accept, (context, { caseId }) =>
    write(context, (tx) => accept(tx, acting(context, caseId))),
  ),
  counter: serve(caseContract.counter, (context, { caseId, amount, ...demand }) =>
    write(context, (tx) => counter(tx, { ...acting(context, caseId), ...demand, amount: amountOf(amount) })),
  ),
  withdraw: serve(caseContract.withdraw, (context, { caseId, text }) =>
    write(context, (tx) => withdraw(tx, { ...acting(context, caseId), text })),
  ),
  escalate: serve(caseContract.escalate, (context, { caseId, text }) =>
    write(context, (tx) => escalate(tx, { ...acting(context, caseId), text })),
  ),
  exhibit: serve(caseContract.exhibit, (context, { caseId, exhibit }) =>
    write(context, async (tx) => {
      const who = acting(context, caseId);
      const shown = await exhibitsFor(tx, { ...who, wished: [wishedOf(exhibit)] });
      if (!shown.ok) return shown;
      return addExhibit(tx, { ...who, exhibit: must(shown.value[0], 'an exhibit for each wish') });
    }),
  ),
  appeal: serve(caseContract.appeal, (context, { caseId, ...brief }) =>
    write(context, (tx) => appeal(tx, { ...acting(context, caseId), ...brief })),
  ),
  agree: serve(caseContract.agree, (context, { caseId }) =>
    write(context, (tx) => agree(tx, acting(context, caseId))),
  ),
  offer: serve(caseContract.offer, (context, { caseId, amount, ...given }) =>
    write(context, (tx) => offer(tx, { ...acting(context, caseId), ...given, amount: amountOf(amount) })),
  ),
  refuse: serve(caseContract.refuse, (context, { caseId, defence, text, exhibit }) =>
    write(context, async (tx) => {
      const who = acting(context, caseId);
      const shown = await exhibitsFor(tx, { ...who, wished: exhibit ? [wishedOf(exhibit)] : [] });
      if (!shown.ok) return shown;
      return refuseClaim(tx, { ...who, defence, text, exhibit: shown.value[0] ?? null });
    }),
  ),
  perform: serve(caseContract.perform, (context, { caseId, text }) =>
    write(context, (tx) => perform(tx, { ...acting(context, caseId), text })),
  ),
  object: serve(caseContract.object, (context, { caseId, text }) =>
    write(context, (tx) => object(tx, { ...acting(context, caseId), text })),
  ),
};
