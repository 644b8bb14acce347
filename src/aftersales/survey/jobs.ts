import type { Delivered } from '../../kit/outbox.ts';
import { transaction, type Db } from '../../kit/tx.ts';
import { askAbout } from './actions.ts';

/** case.close: its buyer is asked how it was handled; news delivered twice asks nobody twice. */
export async function askAfterClosing(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { id, body } of news)
    await transaction(db, (tx) => askAbout(tx, { shops: body.shops, cases: body.about, newsId: id }));
}
