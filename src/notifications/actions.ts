import { assert } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { json } from '../kit/sql.ts';
import type { Queryable } from '../kit/sql.ts';
import type { Tx } from '../kit/tx.ts';
import type { MessageData, MessageKind } from './contract.ts';
import { isFit } from './rules.ts';
import { insertMessages, readMessages } from './store.ts';
import { countUnread } from './views.ts';

/**
 * One message to one person; its data are exactly what its kind takes. `cause` is the id of the news that it tells: the same news,
 * delivered again, tells nobody twice.
 */
export type Notice = {
  [K in MessageKind]: {
    readonly userId: string;
    readonly cause?: string;
    readonly kind: K;
    readonly data: MessageData<K>;
  };
}[MessageKind];

/** Puts messages into people's message centres (F014). They stay: nobody, the sender included, can take one back. */
export async function notify(tx: Tx, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  for (const notice of notices)
    assert(isFit(notice), `a message ${notice.kind} holds what its text takes and nothing else`);
  await insertMessages(tx, {
    userIds: notices.map((one) => one.userId),
    ids: notices.map((one) => one.cause ?? newId(tx.wall)),
    kinds: notices.map((one) => one.kind),
    datas: notices.map((one) => json(one.data)),
    at: tx.business,
  });
}

/** Marks the named messages, or all, as read; those of other people are not touched. Answers how many are left unread. */
export async function markRead(
  tx: Tx,
  p: { userId: string; ids: readonly string[] | null },
): Promise<number> {
  await readMessages(tx, { userId: p.userId, ids: p.ids && [...p.ids], at: tx.business });
  return unreadOf(tx, p.userId);
}

/** How many messages somebody has not read, for the bell of every page. */
export async function unreadOf(on: Queryable, userId: string): Promise<number> {
  const [row] = await countUnread(on, { viewer: { userId } });
  return row?.unread ?? 0;
}
