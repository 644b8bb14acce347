import { must } from '../../kit/assert.ts';
import { deadlinesOf } from '../../kit/deadlines.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction, type Tx } from '../../kit/tx.ts';
import type { Context } from '../../kit/viewer.ts';
import { param, versionAt } from '../../rules/rules.ts';
import type { Answer } from '../actions.ts';
import { tokenOf } from '../panel/draw.rules.ts';
import { jurorRecord, jurySeat, seatsOf } from '../panel/views.ts';
import { exhibitsShown } from '../exhibits/views.ts';
import { headOf, statementsOf } from '../views.ts';
import { commit, open, volunteer } from './actions.ts';
import { juryContract } from './contract.ts';
import { sheetKinds, withoutNames } from './sheet.rules.ts';

const acting = ({ viewer }: Context, caseId: string) => ({ caseId, viewer });
const write = (context: Context, act: (tx: Tx) => Promise<Answer>): Promise<Answer> =>
  transaction(context.db, act);

const spoken = (body: Record<string, unknown>): string =>
  ['symptom', 'triedSteps', 'text', 'facts', 'weighing', 'reasons']
    .flatMap((name) => (body[name] ? [String(body[name])] : []))
    .join('\n');

export const juryRoutes = {
  mine: serve(juryContract.mine, async ({ db, viewer }) => {
    const on = await reader(db);
    const viewerId = must(viewer.userId, 'an account has an id');
    const wanted = param(versionAt(on.business), 'JUROR_ORDERS');
    const [[record], seats] = await Promise.all([
      jurorRecord(on, { viewerId, orders: wanted }),
      seatsOf(on, { viewerId, limit: 50 }),
    ]);
    const { willing, orders, verified, staff } = must(record, 'a record');
    return done({
      willing,
      orders,
      wanted,
      fit: !staff && (verified || orders >= wanted),
      seats: seats.filter((one) => one.kind === 'jury'),
    });
  }),
  volunteer: serve(juryContract.volunteer, ({ db, viewer }, { willing }) =>
    transaction(db, (tx) =>
      volunteer(tx, {
        userId: must(viewer.userId, 'an account has an id'),
        willing,
        rulebook: versionAt(tx.business),
      }),
    ),
  ),
  sheet: serve(juryContract.sheet, async ({ db, viewer }, { caseId }) => {
    const on = await reader(db);
    const viewerId = must(viewer.userId, 'an account has an id');
    const [seat] = await jurySeat(on, { viewerId, caseId });
    if (!seat) return refuse('CASE_NOT_FOUND');
    const key = { shopId: seat.shopId, viewerCase: caseId };
    const [[found], statements, exhibits, deadlines] = await Promise.all([
      headOf(on, key),
      statementsOf(on, key),
      exhibitsShown(on, key),
      deadlinesOf(on, { shopId: seat.shopId, about: caseId }),
    ]);
    const head = must(found, 'a seat has its case');
    const names = [head.shopName, head.shopSlug];
    const at = (what: string) => deadlines.find((one) => one.what === what)?.dueAt ?? null;
    return done({
      ...head,
      caseId,
      subject: caseId,
      seat: tokenOf(caseId, viewerId),
      state: seat.state,
      live: head.state === 'jury' && seat.seat === 'seated',
      sealed: seat.sealed,
      opened: seat.opened,
      choice: seat.choice,
      dueAt: at('jury.close'),
      opensAt: at('jury.reveal'),
      said: statements
        .filter((one) => sheetKinds.includes(one.kind))
        .map((one) => ({
          by: one.by,
          kind: one.kind,
          at: one.at,
          text: withoutNames(spoken(one.body), names),
        })),
      shown: exhibits
        .filter((one) => one.audience === 'parties')
        .map((one) => ({
          by: one.by,
          kind: one.kind,
          text: withoutNames(`${one.caption} ${one.text}`.trim(), names),
          sha256: one.sha256.toString('hex'),
        })),
    });
  }),
  seal: serve(juryContract.seal, (context, { caseId, commitment }) =>
    write(context, (tx) =>
      commit(tx, { ...acting(context, caseId), commitment: Buffer.from(commitment, 'hex') }),
    ),
  ),
  open: serve(juryContract.open, (context, { caseId, ...told }) =>
    write(context, (tx) => open(tx, { ...acting(context, caseId), ...told })),
  ),
};
