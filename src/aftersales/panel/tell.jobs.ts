import { derivedId } from '../../kit/ids.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import { notify } from '../../notifications/actions.ts';
import { remindOf } from '../../orders/reminders.actions.ts';
import { seatRounds } from './reminders.actions.ts';
import { sittingIn } from './views.ts';

/** Timer: reminders at half and four fifths of the time of a panel or a jury (F136). */
export const remindSeats = (db: Db): Promise<void> => remindOf(db, seatRounds);

const words = {
  'case.jury_drawn': { zh: '请看案卷，密封投票', en: 'Read the case and seal your vote' },
  'case.jury_opens': { zh: '请公开你的密封票', en: 'Open the vote that you sealed' },
} as const;

/** Those who were drawn hear of it; news delivered twice tells nobody twice. */
export async function tellSeats(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const one of news) {
    const kind = one.event.includes('jury') ? 'jury' : 'panel';
    const rows = await sittingIn(await reader(db), { viewerCases: one.body.about });
    const what = words[one.event as keyof typeof words];
    const isDrawn = one.event === 'case.jury_drawn';
    await transaction(db, (tx) =>
      notify(
        tx,
        rows
          .filter((row) => row.kind === kind && row.dueAt !== null)
          .map(({ userId, caseId, dueAt, sealBy }) => ({
            userId,
            cause: derivedId(one.id, `${caseId}/${userId}`),
            ...(what
              ? {
                  kind: 'jury.seat' as const,
                  data: { case: caseId, what, until: (isDrawn ? sealBy : dueAt) ?? dueAt ?? 0 },
                }
              : { kind: 'panel.seat' as const, data: { case: caseId, until: dueAt ?? 0 } }),
          })) as never,
      ),
    );
  }
}
