import type { Delivered } from '../kit/outbox.ts';
import { transaction, type Db } from '../kit/tx.ts';
import { notify } from './actions.ts';

/** identity.new_device: whoever owns the account hears of a login on a device they have not used. */
export const tellNewDevice = (db: Db, news: readonly Delivered[]): Promise<void> =>
  transaction(db, (tx) =>
    notify(
      tx,
      news.map(({ id, body }) => {
        const { device, at } = body.data as { device: string; at: number };
        return {
          userId: body.about[0] ?? '',
          cause: id,
          kind: 'account.new_device' as const,
          data: { device, at },
        };
      }),
    ),
  );
