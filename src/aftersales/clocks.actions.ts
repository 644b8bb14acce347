import { clearDeadlines, setDeadlines, type Due } from '../kit/deadlines.ts';
import { publish } from '../kit/outbox.ts';
import { plus } from '../kit/time.ts';
import { send, type Tx } from '../kit/tx.ts';
import { applyMoves } from './actions.ts';
import { clocksOf, decideDue } from './clocks.rules.ts';
import { holdCases, keptByLaw, refundable, type File } from './held.actions.ts';
import type { CaseDeadline } from './procedure.rules.ts';
import type { Case, Move } from './rules.ts';
import { writeDues } from './store.ts';
import { emptyDocket, reminderOf } from './write.actions.ts';

/** When a deadline of a case falls due, as the case itself says. */
const dueIn = ({ case: one }: File, what: CaseDeadline): number | null =>
  what === 'case.decide' ? one.decideBy : one.dueAt;

/** Deadlines of cases that have come: each is looked at again under its lock, so that an answer or another clock that was faster stands. */
export async function fireCases(tx: Tx, due: readonly Due[]): Promise<void> {
  const files = await holdCases(
    tx,
    due.map((d) => d.about),
  );
  const moves: { file: File; move: Move }[] = [];
  const stale: Due[] = [];
  const later: Due[] = [];
  for (const one of due) {
    const file = files.get(one.about);
    const what = one.what as CaseDeadline;
    const at = file ? dueIn(file, what) : null;
    if (file && at !== null && at > tx.business) continue; // moved to later after the sweep had read it
    const move =
      file && at !== null
        ? decideDue(what, {
            case: file.case,
            offer: file.offer,
            refundable: refundable(file),
            now: tx.business,
          })
        : undefined;
    if (file && move && (await keptByLaw(tx, file, move.award))) later.push(one);
    else if (file && move) moves.push({ file, move });
    else stale.push(one);
  }
  // No timer pays what an authority keeps (article 40): it looks again each hour.
  const dueAt = plus(tx.business, { hours: 1 });
  await setDeadlines(
    tx,
    later.map((one) => ({ ...one, dueAt, clock: 'elapsed' as const })),
  );
  await clearDeadlines(tx, stale);
  await applyMoves(tx, emptyDocket(), moves);
}

/** Reminders at half and four fifths of a clock: whoever has the turn hears of it, and the next one is set. */
export async function remindCases(tx: Tx, due: readonly Due[]): Promise<void> {
  const files = await holdCases(
    tx,
    due.map((d) => d.about),
  );
  const over = due.filter((one) => (files.get(one.about)?.case.turn ?? null) === null);
  const live = due.flatMap((one) => {
    const file = files.get(one.about);
    return file?.case.turn && file.case.dueAt !== null && file.case.dueAt > tx.business ? [file] : [];
  });
  const next = live.flatMap((file) => {
    const [clock] = clocksOf(file.case, file.case.sinceAt ?? tx.business);
    const at = clock && file.case.dueAt !== null ? { ...clock, dueAt: file.case.dueAt } : undefined;
    return reminderOf(tx, file.case, at);
  });
  const kept = new Set(next.map((one) => one.about));
  await clearDeadlines(
    tx,
    [...over, ...due].filter((one) => !kept.has(one.about)),
  );
  await setDeadlines(tx, next);
  if (live.length === 0) return;
  send(
    tx,
    publish(tx, [
      { event: 'case.reminder', about: live.map((f) => f.case.id), shops: live.map((f) => f.case.shopId) },
    ]),
  );
}

/** Cases whose deadlines an outage or a calendar moved say the new time (article 6); answers them. Doing it again changes nothing. */
export async function followMoved(tx: Tx, caseIds: readonly string[]): Promise<readonly Case[]> {
  const moved = [...(await holdCases(tx, caseIds)).values()].map((file) => file.case);
  if (moved.length === 0) return moved;
  await writeDues(tx, {
    shops: moved.map((one) => one.shopId),
    ids: moved.map((one) => one.id),
    dues: moved.map((one) => one.dueAt),
    decides: moved.map((one) => one.decideBy),
  });
  return moved;
}
