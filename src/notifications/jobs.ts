import type { Delivered } from '../kit/outbox.ts';
import { derivedId, platformId } from '../kit/ids.ts';
import { beijingText, instant } from '../kit/time.ts';
import type { Words } from '../kit/text.ts';
import { reader, transaction, type Db } from '../kit/tx.ts';
import { subscribersAfter } from '../rules/views.ts';
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

type RulesChanged = {
  readonly what: 'consulted' | 'withdrawn' | 'announced' | 'in_force';
  readonly version: string;
  readonly until?: number;
  readonly effectiveAt?: number;
};

const day = (at: number | undefined): string => beijingText(instant(at ?? 0)).slice(0, 10);

const changeWords = ({ what, until, effectiveAt }: RulesChanged): Words => {
  if (what === 'consulted')
    return {
      zh: `公开征求意见，到 ${day((until ?? 1) - 1)} 为止`,
      en: `open for comments until ${day((until ?? 1) - 1)}`,
    };
  if (what === 'announced')
    return { zh: `已公布，${day(effectiveAt)} 起生效`, en: `announced, in force from ${day(effectiveAt)}` };
  return what === 'in_force'
    ? { zh: '今天起生效', en: 'in force from today' }
    : { zh: '草案撤回了', en: 'the draft was withdrawn' };
};

const subscribersAtOnce = 1000;

/** rules.changed: everybody who subscribed, and every shop, hears that rules are discussed, announced or in force (F092, article 2). */
export async function tellRulesChanged(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { id, body } of news) {
    const changed = body.data as RulesChanged;
    const data = { version: changed.version, what: changeWords(changed) };
    for (let after = platformId; ;) {
      const people = await subscribersAfter(await reader(db), { after, limit: subscribersAtOnce });
      const last = people.at(-1);
      if (!last) break;
      await transaction(db, (tx) =>
        notify(
          tx,
          people.map(({ userId }) => ({
            userId,
            cause: derivedId(id, userId),
            kind: 'rules.changed' as const,
            data,
          })),
        ),
      );
      after = last.userId;
    }
  }
}
