import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { hmac, Secret } from '../../kit/secret.ts';
import { json } from '../../kit/sql.ts';
import type { Tx } from '../../kit/tx.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import { openKeys, type OpenedKey } from '../../inventory/keys.actions.ts';
import type { OrderKey } from '../../orders/actions.ts';
import type { Unit, UnitName } from '../card-key.rules.ts';
import { holdOwnOrders, unitNamed, type Asking, type Held } from '../units.actions.ts';
import type { CheckRefusal, KeyPart } from './contract.ts';
import { compareCodes, type Comparison, type Issued } from './rules.ts';
import { countChecks, insertCheck, readChecks } from './store.ts';

export type Typed = Asking & {
  readonly userId: string;
  readonly unit: UnitName;
  readonly part: KeyPart;
  readonly typed: Secret;
};
export type Checked = Comparison & { readonly nth: number; readonly part: KeyPart };

/** With how many other keys of its order a typed text is compared. */
const othersMost = 50;

/**
 * Compares what the buyer typed with a key that the buyer has seen, and records what was found as evidence (F045, VGSR article 22). What was
 * typed is kept as a fingerprint only. Refuses ORDER_NOT_FOUND, UNIT_NOT_FOUND, UNIT_STILL_SEALED; how often is the caller's to limit.
 */
export async function checkCode(tx: Tx, p: Typed): Promise<Result<Checked, CheckRefusal>> {
  const [held] = await holdOwnOrders(tx, [p]);
  if (!held) return refuse('ORDER_NOT_FOUND');
  const named = unitNamed(held, p.unit);
  if (!named?.unit) return refuse('UNIT_NOT_FOUND');
  if (named.unit.revealedAt === null) return refuse('UNIT_STILL_SEALED');
  const others = seenBeside(held, p.unit);
  const [[version], [own, ...rest]] = await Promise.all([
    versionsOf(tx, [named.line]),
    openKeys(tx, [named.unit, ...others.map(({ unit }) => unit)]),
  ]);
  const comparison = compareCodes({
    issued: plainOf(must(own, 'a unit that was sold has its key')),
    typed: p.typed.reveal(),
    part: p.part,
    format: must(version, 'a line has its version').content.keyFormat,
    others: rest.map((key, i) => ({ ...plainOf(key), unit: must(others[i], 'in the same order').name })),
  });
  const nth = await keep(tx, held, p, comparison);
  return done({ ...comparison, nth, part: p.part });
}

const plainOf = (key: OpenedKey): Issued => ({
  number: key.number?.reveal() ?? null,
  secret: key.secret.reveal(),
});

/** The other keys of the order that the buyer has seen, by their names. */
function seenBeside(held: Held, own: UnitName): { name: string; unit: Unit }[] {
  return held.lines
    .flatMap((line) =>
      line.numbers.flatMap((_, i) => {
        const name = { line: line.number, place: i + 1 };
        const unit = unitNamed(held, name)?.unit;
        const isOwn = name.line === own.line && name.place === own.place;
        return unit && unit.revealedAt !== null && !isOwn
          ? [{ name: `${name.line}-${name.place}`, unit }]
          : [];
      }),
    )
    .slice(0, othersMost);
}

async function keep(tx: Tx, held: Held, p: Typed, { verdict, findings }: Comparison): Promise<number> {
  const { shopId, id: orderId, buyerId } = held.order;
  const at = { shopId, orderId, ...p.unit };
  const [seen] = await countChecks(tx, at);
  const nth = must(seen, 'a count').count + 1;
  const print = hmac(tx.keys.trace, `typed/${orderId}/${p.typed.reveal()}`).subarray(0, 16);
  await insertCheck(tx, {
    ...at,
    nth,
    part: p.part,
    verdict,
    findings: json(findings),
    print,
    userId: p.userId,
    at: tx.business,
  });
  faultPoint('delivery.check.after-insert');
  await recordNext(tx, [
    {
      shopId,
      about: orderId,
      kind: 'delivery.code_checked',
      actor: `buyer:${p.userId}`,
      keyOwner: buyerId,
      body: {
        ...p.unit,
        nth,
        part: p.part,
        verdict,
        findings: findings.map((one) => ({ ...one })),
        typed: print.toString('base64url'),
      },
    },
  ]);
  return nth;
}

export type StoredCheck = Awaited<ReturnType<typeof readChecks>>[number];

/** What buyers compared, for each order asked, oldest first: the steps already tried of a case (F043). */
export async function checksOf(tx: Tx, orders: readonly OrderKey[]): Promise<StoredCheck[][]> {
  if (orders.length === 0) return [];
  const rows = await readChecks(tx, {
    shops: orders.map((one) => one.shopId),
    orders: orders.map((one) => one.id),
  });
  return orders.map((one) => rows.filter((row) => row.orderId === one.id));
}
