import { clearDeadlines, type Due } from '../../kit/deadlines.ts';
import type { Tx } from '../../kit/tx.ts';
import { holdCases, type File } from '../held.actions.ts';
import { closeJury, revealJury } from '../jury/actions.ts';
import { applyMoves } from '../actions.ts';
import { emptyDocket } from '../write.actions.ts';
import { applyOrEnter, conclude } from './actions.ts';
import { holdTribunal, stepTribunal } from './held.actions.ts';

/** What each of these deadlines brings about, asked again under the lock; false where something else came first. */
const fired: Readonly<Record<string, (tx: Tx, file: File) => Promise<boolean>>> = {
  'jury.consent': async (tx, file) => {
    if (file.case.state !== 'jury_asked') return false;
    await applyOrEnter(tx, file, { event: 'no_consent', by: 'clock', byId: null });
    return true;
  },
  'case.panel': async (tx, file) => {
    const w = file.case.state === 'arbitration' ? await holdTribunal(tx, file, 'panel') : undefined;
    if (!w) return false;
    if (w.state === 'voting') return conclude(tx, file, w, 'clock');
    stepTribunal(tx, w, 'fail', 'clock');
    await applyMoves(tx, emptyDocket(), [{ file, move: { event: 'deadlock', by: 'clock', byId: null } }]);
    return true;
  },
  'jury.reveal': revealJury,
  'jury.close': closeJury,
};

const fire =
  (what: string) =>
  async (tx: Tx, due: readonly Due[]): Promise<void> => {
    const files = await holdCases(
      tx,
      due.map((one) => one.about),
    );
    for (const one of due) {
      const file = files.get(one.about);
      const dueAt = file?.case.dueAt ?? null;
      const moved = what !== 'jury.reveal' && dueAt !== null && dueAt > tx.business;
      if (moved) continue;
      const did = file ? await fired[what]?.(tx, file) : false;
      if (!did || what === 'jury.reveal') await clearDeadlines(tx, [one]);
    }
  };

/** Deadlines of tribunals → what follows (article 29). */
export const tribunalDeadlines = Object.fromEntries(Object.keys(fired).map((what) => [what, fire(what)]));
