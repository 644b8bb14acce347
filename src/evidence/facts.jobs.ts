import { once } from '../kit/once.ts';
import type { Delivered } from '../kit/outbox.ts';
import { done } from '../kit/result.ts';
import { transaction, type Db } from '../kit/tx.ts';
import { recordNext } from './actions.ts';

type Fact = { readonly kind: string; readonly facts: Readonly<Record<string, string | number>> };

/**
 * platform.fact: what the platform says to everybody (a rulebook announced, a calendar, an outage) stands readable in the public log, with
 * its hash. News may come twice; the fact is recorded once.
 */
export async function recordFacts(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { id, body } of news) {
    const { kind, facts } = body.data as Fact;
    const [about = '', shopId = ''] = [body.about[0], body.shops[0]];
    await transaction(db, (tx) =>
      once(tx, { scope: 'evidence.fact', key: id, input: facts }, async () => {
        await recordNext(tx, [
          { shopId, about, kind, actor: 'platform', body: facts, keyOwner: null, publicFacts: facts },
        ]);
        return done(null);
      }),
    );
  }
}
