import { deadlinesOf } from '../../kit/deadlines.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader } from '../../kit/tx.ts';
import { seenFrom } from '../actions.ts';
import { toldContract } from './contract.ts';
import { toldAbout, untoldOf } from './views.ts';

const sideOf: Readonly<Record<string, 'buyer' | 'merchant' | 'platform'>> = {
  'case.news': 'buyer',
  'shop.case': 'merchant',
  'staff.case': 'platform',
};
const shown = 60;

export const toldRoutes = {
  tellings: serve(toldContract.tellings, async ({ db, viewer }, { caseId }) => {
    const on = await reader(db);
    const seen = await seenFrom(on, viewer, caseId);
    if (!seen) return refuse('CASE_NOT_FOUND');
    const [rows, [untold], deadlines] = await Promise.all([
      toldAbout(on, { viewerCase: caseId, limit: shown }),
      untoldOf(on, { viewerCase: caseId }),
      deadlinesOf(on, { shopId: seen.shopId, about: caseId }),
    ]);
    const tellings = rows.map(({ kind, ...row }) => ({
      ...row,
      to: sideOf[kind] ?? ('platform' as const),
      channel: 'message_centre' as const,
    }));
    return done({
      // What the desk tells itself is its own.
      tellings: tellings.filter((one) => seen.side === 'staff' || one.to !== 'platform'),
      waiting: untold?.waiting ?? 0,
      remindAt: deadlines.find((one) => one.what === 'case.remind')?.dueAt ?? null,
    });
  }),
};
