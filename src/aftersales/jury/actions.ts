import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import { noFen } from '../../kit/money.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { send, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { param } from '../../rules/rules.ts';
import { applyMoves, type Answer } from '../actions.ts';
import { holdCases, refundable, type File } from '../held.actions.ts';
import { applyOrEnter } from '../panel/actions.ts';
import { holdTribunal, noteTribunal, seatFacts, stepTribunal, type Tribunal } from '../panel/held.actions.ts';
import { tokenOf } from '../panel/draw.rules.ts';
import { insertSealed, openSealed, putJuror } from '../panel/store.ts';
import { jurorRecord, jurySeat } from '../panel/views.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import { merchantAnswers, type Award } from '../rules.ts';
import { emptyDocket } from '../write.actions.ts';
import { countOf, decideCommit, decideOpen, type Choice } from './rules.ts';

type Of = { readonly caseId: string; readonly viewer: Viewer };

/** The jury on which somebody sits, with the case locked; for everybody else there is none. */
async function onJury(tx: Tx, p: Of): Promise<{ file: File; w: Tribunal; byId: string } | undefined> {
  const { userId } = p.viewer;
  const [seat] = userId ? await jurySeat(tx, { viewerId: userId, caseId: p.caseId }) : [];
  const file = seat && (await holdCases(tx, [p.caseId])).get(p.caseId);
  const w = file && (await holdTribunal(tx, file, 'jury'));
  return file && w && userId ? { file, w, byId: userId } : undefined;
}

/** A juror hands in a sealed vote. When all have, the votes are opened without waiting for the hour. */
export async function commit(tx: Tx, p: Of & { commitment: Buffer }): Promise<Answer> {
  const at = await onJury(tx, p);
  if (!at) return refuse('CASE_NOT_FOUND');
  const { file, w, byId } = at;
  const seat = decideCommit(seatFacts(tx, file, w, byId));
  if (!seat.ok) return seat;
  send(tx, insertSealed(tx, { ...w.key, userId: byId, commitment: p.commitment, at: tx.business }));
  faultPoint('aftersales.jury.after-sealed');
  await noteTribunal(tx, file, {
    kind: 'case.jury_sealed',
    actor: `juror:${tokenOf(file.case.id, byId)}`,
    keyOwner: null,
    body: { seat: seat.value.rank, commitment: p.commitment.toString('hex') },
  });
  if (w.ballots.length + 1 === w.seatCount) stepTribunal(tx, w, 'reveal', 'system');
  return done({ caseId: p.caseId, state: file.case.state });
}

/** A juror opens the vote, with reasons. The one that makes nine decides the case. */
export async function open(
  tx: Tx,
  p: Of & { choice: Choice; nonce: string; reasons: string },
): Promise<Answer> {
  const at = await onJury(tx, p);
  if (!at) return refuse('CASE_NOT_FOUND');
  const { file, w, byId } = at;
  const own = w.ballots.find((one) => one.userId === byId);
  const token = tokenOf(file.case.id, byId);
  const seat = decideOpen(seatFacts(tx, file, w, byId), {
    ...p,
    token,
    sealed: own?.commitment ?? undefined,
    opened: (own?.openedAt ?? null) !== null,
  });
  if (!seat.ok) return seat;
  send(tx, openSealed(tx, { ...w.key, userId: byId, ...p, at: tx.business }));
  faultPoint('aftersales.jury.after-opened');
  const opened = [
    ...w.ballots.filter((one) => one.openedAt !== null).map((one) => one.choice as Choice),
    p.choice,
  ];
  await noteTribunal(tx, file, {
    kind: 'case.jury_opened',
    actor: `juror:${token}`,
    keyOwner: null,
    body: { seat: seat.value.rank, choice: p.choice, nonce: p.nonce, reasons: p.reasons },
  });
  await count(tx, file, w, opened);
  return done({ caseId: p.caseId, state: file.case.state });
}

async function count(tx: Tx, file: File, w: Tribunal, opened: readonly Choice[]): Promise<void> {
  const need = param(file.case.rulebook, 'CROWD_VOTES');
  const found = countOf({ need, opened, sealed: w.ballots.length });
  if (found === 'wait') return;
  if (found === 'hung') {
    stepTribunal(tx, w, 'fail', 'system');
    return applyOrEnter(tx, file, { event: 'hang', by: 'system', byId: null });
  }
  stepTribunal(tx, w, 'decide', 'system');
  const award = awardFor(file, found);
  const votes = (side: Choice): number => opened.filter((one) => one === side).length;
  await applyMoves(tx, emptyDocket(), [
    {
      file,
      move: {
        event: 'find',
        by: 'system',
        byId: null,
        facts: { awardRemedy: award.remedy, awardFen: award.amount, liability: award.liability },
        says: [
          {
            kind: 'verdict',
            body: {
              for: found,
              buyer: votes('buyer'),
              merchant: votes('merchant'),
              remedy: award.remedy,
              amount: award.amount,
              liability: { ...award.liability },
              articles: ['29'],
            },
          },
        ],
      },
    },
  ]);
}

/** A jury answers one question, so what it finds is all that was asked, or nothing. */
function awardFor(file: File, side: Choice): Award {
  const { remedy, asked } = file.case;
  if (side === 'merchant')
    return { remedy: 'none', amount: noFen, liability: { ...merchantAnswers, merchant: 0, buyer: 100 } };
  const left = refundable(file);
  return { remedy, amount: asked < left ? asked : left, liability: merchantAnswers };
}

/** The hour at which sealed votes are opened. */
export async function revealJury(tx: Tx, file: File): Promise<boolean> {
  const w = file.case.state === 'jury' ? await holdTribunal(tx, file, 'jury') : undefined;
  if (w?.state !== 'sealing') return false;
  stepTribunal(tx, w, 'reveal', 'clock');
  await noteTribunal(tx, file, {
    kind: 'case.jury_opens',
    actor: 'clock',
    keyOwner: null,
    body: { sealed: w.ballots.length },
  });
  return true;
}

/** The last hour: without nine votes a panel hears the case. */
export async function closeJury(tx: Tx, file: File): Promise<boolean> {
  const w = file.case.state === 'jury' ? await holdTribunal(tx, file, 'jury') : undefined;
  if (!w) return false;
  stepTribunal(tx, w, 'fail', 'clock');
  await applyOrEnter(tx, file, { event: 'hang', by: 'clock', byId: null });
  return true;
}

/** Somebody offers to sit on juries, or no longer does. Refuses an offer without the record that article 29 asks for. */
export async function volunteer(
  tx: Tx,
  p: { userId: string; willing: boolean; rulebook: string },
): Promise<Result<{ willing: boolean }, CaseRefusal>> {
  const orders = param(p.rulebook, 'JUROR_ORDERS');
  const record = must((await jurorRecord(tx, { viewerId: p.userId, orders }))[0], 'a record');
  if (p.willing && (record.staff || (record.orders < orders && !record.verified)))
    return refuse('NOT_WILLING');
  send(tx, putJuror(tx, { userId: p.userId, willing: p.willing, at: tx.business }));
  return done({ willing: p.willing });
}
