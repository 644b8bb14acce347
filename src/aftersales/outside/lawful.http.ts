import { must } from '../../kit/assert.ts';
import { decodeId, encodeId } from '../../kit/public-id.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { instant } from '../../kit/time.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { holdsSeen } from '../../evidence/hold/views.ts';
import { stands } from '../../evidence/hold/rules.ts';
import { enterHold, stepHold } from './hold.actions.ts';
import {
  answerRequest,
  enterRequest,
  fileWith,
  grantAccess,
  identityReport,
  lookWith,
} from './lawful.actions.ts';
import { lawfulContract } from './lawful.contract.ts';
import { requestsSeen } from './lawful.views.ts';

type HoldRow = Awaited<ReturnType<typeof holdsSeen>>[number];
const subjectOf = ({ scope, subjectId }: HoldRow): string =>
  encodeId(scope === 'evidence' ? 'order' : scope, subjectId);

const staffId = (viewer: { userId: string | null }): string => must(viewer.userId, 'the route needs staff');

export const lawfulRoutes = {
  holds: serve(lawfulContract.holds, async ({ db, viewer }) => {
    const on = await reader(db);
    const rows = await holdsSeen(on, { viewerStaff: viewer.staff.length > 0, limit: 200 });
    return done({
      holds: rows.map((row) => ({
        ...row,
        holdId: row.id,
        subject: subjectOf(row),
        documentHash: row.documentHash.toString('hex'),
        overdue: stands(row.state) && row.until <= on.business,
        mine: (row.state === 'asked' ? row.askedBy : row.liftBy) === viewer.userId,
      })),
      now: on.business,
    });
  }),
  enterHold: serve(
    lawfulContract.enterHold,
    async ({ db, viewer }, { subject, until, documentHash, ...p }) => {
      const subjectId = decodeId(p.scope === 'evidence' ? 'order' : p.scope, subject);
      if (!subjectId) return refuse('SUBJECT_NOT_FOUND');
      return transaction(db, (tx) =>
        enterHold(tx, {
          ...p,
          subjectId,
          until: instant(until),
          documentHash: Buffer.from(documentHash, 'hex'),
          byId: staffId(viewer),
        }),
      );
    },
  ),
  stepHold: serve(lawfulContract.stepHold, ({ db, viewer }, { act, ...input }) =>
    transaction(db, (tx) => stepHold(tx, { ...input, event: act, byId: staffId(viewer) })),
  ),
  requests: serve(lawfulContract.requests, async ({ db, viewer }) => {
    const on = await reader(db);
    const rows = await requestsSeen(on, { viewerStaff: viewer.staff.length > 0, limit: 200 });
    return done({
      requests: rows.map((row) => ({
        ...row,
        requestId: row.id,
        documentHash: row.documentHash.toString('hex'),
        subject: row.orderId
          ? encodeId('order', row.orderId)
          : row.shopId
            ? encodeId('shop', row.shopId)
            : '',
        mine: row.receivedBy === viewer.userId,
      })),
      now: on.business,
    });
  }),
  enterRequest: serve(
    lawfulContract.enterRequest,
    ({ db, viewer }, { from, to, dueAt, documentHash, ...p }) =>
      transaction(db, (tx) =>
        enterRequest(tx, {
          ...p,
          documentHash: Buffer.from(documentHash, 'hex'),
          fromAt: from === undefined ? null : instant(from),
          toAt: to === undefined ? null : instant(to),
          dueAt: instant(dueAt),
          byId: staffId(viewer),
        }),
      ),
  ),
  grant: serve(lawfulContract.grant, async ({ db, viewer }, { requestId, days }) => {
    const granted = await transaction(db, (tx) =>
      grantAccess(tx, { requestId, days, byId: staffId(viewer) }),
    );
    return granted.ok
      ? done({ code: granted.value.code.reveal(), openUntil: granted.value.openUntil })
      : granted;
  }),
  close: serve(lawfulContract.close, ({ db, viewer }, input) =>
    transaction(db, (tx) => answerRequest(tx, { ...input, byId: staffId(viewer) })),
  ),
  identityReport: serve(lawfulContract.identityReport, async ({ db }, input) =>
    done(await identityReport(await reader(db), input)),
  ),
  look: serve(lawfulContract.look, async ({ db }, { code }) => {
    const looked = await transaction(db, (tx) => lookWith(tx, { code, what: 'view' }));
    if (!looked.ok) return looked;
    const { request, export: made } = looked.value;
    return done({
      authority: request.authority,
      number: request.number,
      scope: request.scope,
      openUntil: must(request.openUntil, 'a granted request ends'),
      export: made,
    });
  }),
  exportFile: serve(lawfulContract.exportFile, ({ db }, input) => fileWith(db, input)),
};
