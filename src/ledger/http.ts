import { must } from '../kit/assert.ts';
import { fen, type Fen } from '../kit/money.ts';
import { encodeId } from '../kit/public-id.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, type Tx } from '../kit/tx.ts';
import { ledgerContract, type FloorKind, type TransferKind } from './contract.ts';
import { balancesAfter, parseCursor, printCursor } from './statement.rules.ts';
import { balanceOf, statementOf } from './views.ts';

type Balances = Readonly<Record<FloorKind, Fen>>;

async function balancesOf(on: Tx, viewerId: string): Promise<Balances> {
  const rows = await balanceOf(on, { viewerId });
  const of = (kind: FloorKind): Fen => rows.find((row) => row.kind === kind)?.balance ?? fen(0n);
  return { wallet: of('wallet'), available: of('available'), reserve: of('reserve'), deposit: of('deposit') };
}

type Asked = { kind: FloorKind; viewerId: string; cursor: string | undefined; limit: number };

/** A page of one account. The subject of a transfer is an order where its kind begins with order or escrow. */
async function statement(on: Tx, p: Asked, balance: Fen) {
  const before = p.cursor === undefined ? undefined : parseCursor(p.cursor);
  if (p.cursor !== undefined && !before) return refuse('CURSOR_INVALID');
  const rows = await statementOf(on, {
    kind: p.kind,
    viewerId: p.viewerId,
    beforeAt: before?.at ?? null,
    beforeKey: before?.key ?? null,
    beforeLeg: before?.leg ?? null,
    limit: p.limit + 1,
  });
  const shown = rows.slice(0, p.limit);
  // The row after the page is an anchor as good as any for the balances.
  const after = balancesAfter(rows, before ? null : balance);
  const last = shown.at(-1);
  return done({
    movements: shown.map(({ kind, incoming, amount, other, about, at }, i) => ({
      kind: kind as TransferKind,
      incoming,
      amount,
      after: after[i] ?? null,
      other,
      orderId: /^(order|escrow)\./.test(kind) ? encodeId('order', about) : null,
      at,
    })),
    next: rows.length > shown.length && last ? printCursor(last) : null,
  });
}

type Statement = Awaited<ReturnType<typeof statement>>;
const joined = <T>(
  balances: T,
  page: Statement,
): Result<T & Extract<Statement, { ok: true }>['value'], 'CURSOR_INVALID'> =>
  page.ok ? done({ ...balances, ...page.value }) : page;

export const ledgerRoutes = {
  wallet: serve(ledgerContract.wallet, async ({ db, viewer }, { cursor, limit }) => {
    const on = await reader(db);
    const viewerId = must(viewer.userId, 'the route needs a user');
    const { wallet } = await balancesOf(on, viewerId);
    return joined(
      { balance: wallet },
      await statement(on, { kind: 'wallet', viewerId, cursor, limit }, wallet),
    );
  }),
  shopMoney: serve(ledgerContract.shopMoney, async ({ db }, { shopId, account, cursor, limit }) => {
    const on = await reader(db);
    const { available, reserve, deposit } = await balancesOf(on, shopId);
    return joined(
      { available, reserve, deposit },
      await statement(
        on,
        { kind: account, viewerId: shopId, cursor, limit },
        { available, reserve, deposit }[account],
      ),
    );
  }),
};
