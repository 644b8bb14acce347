import { newId } from '../kit/ids.ts';
import { fen, noFen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { Secret } from '../kit/secret.ts';
import { iso } from '../kit/time.ts';
import { reader, transaction, type Db } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import { recordNext } from '../evidence/actions.ts';
import { stepUps } from '../identity/actions.ts';
import type { InventoryRefusal } from './contract.ts';
import { findShelf } from './intake.store.ts';
import { openKeys } from './keys.actions.ts';
import { unsoldNumbers } from './keys.store.ts';
import { csvOf } from './report.rules.ts';

const openAtOnce = 500;

/**
 * All unsold keys of a variant in clear, as CSV that can be imported elsewhere: a shop may leave with its stock. Refuses a session whose
 * password was not typed again just now; who exported how many is recorded before the first key is opened. The keys stay on sale.
 */
export async function exportUnsold(
  db: Db,
  p: { viewer: Viewer; by: string; shopId: string; variantId: string },
): Promise<Result<{ csv: Secret; count: number }, InventoryRefusal | 'STEP_UP_REQUIRED'>> {
  const { shopId, variantId } = p;
  const numbers = await transaction(
    db,
    async (tx): Promise<Result<Unsold[], InventoryRefusal | 'STEP_UP_REQUIRED'>> => {
      const [shelf] = await findShelf(tx, p);
      if (!shelf) return refuse('POOL_NOT_FOUND');
      const [needed] = await stepUps(tx, [{ viewer: p.viewer, amount: fen(1), above: noFen }]);
      if (needed) return refuse('STEP_UP_REQUIRED');
      const list = await unsoldNumbers(tx, { shopId, poolId: variantId, after: 0n, limit: 1_000_000 });
      await recordNext(tx, [
        {
          shopId,
          about: newId(tx.wall),
          kind: 'stock.exported',
          actor: 'merchant',
          keyOwner: null,
          body: { pool: variantId, count: list.length, by: p.by },
        },
      ]);
      return done(list);
    },
  );
  if (!numbers.ok) return numbers;
  const lines = await openLines(db, shopId, variantId, numbers.value);
  return done({
    csv: new Secret(csvOf([['card_no', 'secret', 'extra', 'expires_at'], ...lines])),
    count: lines.length,
  });
}

type Unsold = { number: bigint; expiresAt: Parameters<typeof iso>[0] | null };

/** A few hundred at a time, so that others get their turn in between. */
async function openLines(
  db: Db,
  shopId: string,
  poolId: string,
  list: readonly Unsold[],
): Promise<string[][]> {
  const on = await reader(db);
  const lines: string[][] = [];
  for (let from = 0; from < list.length; from += openAtOnce) {
    const part = list.slice(from, from + openAtOnce);
    const keys = await openKeys(
      on,
      part.map(({ number }) => ({ shopId, poolId, number })),
    );
    keys.forEach((key, i) => {
      const expiresAt = part[i]?.expiresAt ?? null;
      lines.push([
        key.number?.reveal() ?? '',
        key.secret.reveal(),
        key.extra?.reveal() ?? '',
        expiresAt === null ? '' : iso(expiresAt),
      ]);
    });
  }
  return lines;
}
