import { must } from '../kit/assert.ts';
import { setDeadlines, type Deadline } from '../kit/deadlines.ts';
import { faultPoint } from '../kit/fault.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Secret } from '../kit/secret.ts';
import { plus, type Instant } from '../kit/time.ts';
import { send, type Tx } from '../kit/tx.ts';
import { versionsOf } from '../catalog/versions.actions.ts';
import { recordNext, type NewEvent } from '../evidence/actions.ts';
import { openKeys } from '../inventory/keys.actions.ts';
import { stepUps, type StepUpAsked } from '../identity/actions.ts';
import { reviewedOrders } from '../orders/actions.ts';
import { termsOf, versionAt } from '../rules/terms.rules.ts';
import { noFen } from '../kit/money.ts';
import {
  autoConfirmAt,
  decideReveal,
  decideVerify,
  verifyUntil,
  type Unit,
  type UnitName,
} from './card-key.rules.ts';
import { insertReveals, insertUnits } from './card-key.store.ts';
import type { DeliveryRefusal } from './contract.ts';
import {
  distinct,
  holdOwnOrders,
  putUnit,
  unitNamed,
  writeHeld,
  type Asking,
  type Held,
} from './units.actions.ts';

export type Sealed = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line: number;
  readonly poolId: string;
  readonly numbers: readonly bigint[];
};

/** What a line got is thereby delivered, sealed (VGSR article 13): it lies in the buyer's order and can be opened there. Travels with the commit. */
export function deliverSealed(tx: Tx, list: readonly Sealed[]): void {
  const units = list.flatMap((one) => one.numbers.map((number) => ({ ...one, number })));
  if (units.length === 0) return;
  send(
    tx,
    insertUnits(tx, {
      shops: units.map((u) => u.shopId),
      pools: units.map((u) => u.poolId),
      numbers: units.map((u) => u.number),
      orders: units.map((u) => u.orderId),
      lines: units.map((u) => u.line),
      at: tx.business,
    }),
  );
}

/** A buyer's wish to see one key. */
export type Look = Asking & {
  readonly unit: UnitName;
  readonly userId: string;
  readonly viewer: StepUpAsked['viewer'];
  readonly deviceHash: Buffer;
  readonly addressHash: Buffer;
};
export type Shown = {
  readonly number: Secret | null;
  readonly secret: Secret;
  readonly extra: Secret | null;
  readonly first: boolean;
  readonly revealedAt: Instant;
  readonly verifyUntil: Instant;
  readonly useUntil: Instant | null;
  readonly reveals: number;
};

type Opened = { look: Look; held: Held; unit: Unit; first: boolean; useWithin_hours: number | null };

/**
 * Shows keys to many buyers at once. Each look is recorded, the second one too (F017); the first starts the clocks of that key alone.
 * Keys are opened only for what was decided here, and leave this function as Secret.
 */
export async function revealAll(tx: Tx, looks: readonly Look[]): Promise<Result<Shown, DeliveryRefusal>[]> {
  const orders = await holdOwnOrders(tx, looks);
  faultPoint('delivery.reveal.after-lock');
  const some = distinct(orders);
  const [hours, reviewed] = await Promise.all([
    useWithin(tx, some),
    reviewedOrders(
      tx,
      some.map((one) => one.order),
    ),
  ]);
  const mustConfirm = await stepUps(
    tx,
    looks.map((look, i) => stepUpOf(look, orders[i], tx.business)),
  );
  const opened: Result<Opened, DeliveryRefusal>[] = looks.map((look, i) =>
    lookOnce(look, orders[i], { hours, reviewed, mustConfirm: mustConfirm[i] ?? true, now: tx.business }),
  );
  const shown = opened.flatMap((one) => (one.ok ? [one.value] : []));
  const keys = await openKeys(
    tx,
    shown.map(({ unit }) => unit),
  );
  faultPoint('delivery.reveal.after-open');
  if (shown.length > 0) await writeLooks(tx, shown);
  let next = 0;
  return opened.map((one) => {
    if (!one.ok) return one;
    const key = must(keys[next++], 'a key for each unit');
    const { unit, held, first, useWithin_hours } = one.value;
    const revealedAt = must(unit.revealedAt, 'a revealed unit has its time');
    const terms = termsOf(held.order.rulebook);
    return done({
      ...key,
      first,
      revealedAt,
      reveals: unit.reveals,
      verifyUntil: verifyUntil(revealedAt, terms),
      useUntil: useWithin_hours === null ? null : plus(revealedAt, { hours: useWithin_hours }),
    });
  });
}

/** Use-within hours of the listing versions that these orders pinned: 'listing.version' to hours. */
async function useWithin(tx: Tx, held: readonly Held[]): Promise<Map<string, number | null>> {
  const lines = held.flatMap((one) => one.lines);
  const versions = await versionsOf(tx, lines);
  return new Map(
    lines.map((line, i) => [
      `${line.listingId}.${line.version}`,
      must(versions[i], 'a version for each line').content.useWithin_hours,
    ]),
  );
}

/** What is looked at is worth the price of one unit. */
const stepUpOf = (look: Look, held: Held | undefined, now: Instant): StepUpAsked => ({
  viewer: look.viewer,
  amount: (held && unitNamed(held, look.unit)?.line.price) ?? noFen,
  above: termsOf(held?.order.rulebook ?? versionAt(now)).revealStepUp,
});

type LookFacts = {
  hours: ReadonlyMap<string, number | null>;
  reviewed: ReadonlySet<string>;
  mustConfirm: boolean;
  now: Instant;
};

function lookOnce(
  look: Look,
  held: Held | undefined,
  { hours, reviewed, mustConfirm, now }: LookFacts,
): Result<Opened, DeliveryRefusal> {
  if (!held) return refuse('ORDER_NOT_FOUND');
  if (held.order.state === 'created' || held.order.state === 'cancelled')
    return refuse('ORDER_NOT_DELIVERED');
  if (reviewed.has(held.order.id)) return refuse('ORDER_IN_REVIEW');
  const named = unitNamed(held, look.unit);
  if (!named) return refuse('UNIT_NOT_FOUND');
  const decided = decideReveal({ unit: named.unit, mustConfirm, now });
  if (!decided.ok) return decided;
  putUnit(held, decided.value);
  const { listingId, version } = named.line;
  return done({
    look,
    held,
    unit: decided.value,
    first: decided.value.reveals === 1,
    useWithin_hours: hours.get(`${listingId}.${version}`) ?? null,
  });
}

async function writeLooks(tx: Tx, shown: readonly Opened[]): Promise<void> {
  const units = shown.map((one) => one.unit);
  writeHeld(tx, new Set(shown.map((one) => one.held)));
  faultPoint('delivery.reveal.after-units');
  send(
    tx,
    insertReveals(tx, {
      shops: units.map((u) => u.shopId),
      pools: units.map((u) => u.poolId),
      numbers: units.map((u) => u.number),
      nths: units.map((u) => u.reveals),
      orders: units.map((u) => u.orderId),
      users: shown.map((one) => one.look.userId),
      devices: shown.map((one) => one.look.deviceHash),
      addresses: shown.map((one) => one.look.addressHash),
      at: tx.business,
    }),
  );
  faultPoint('delivery.reveal.after-looks');
  await recordNext(
    tx,
    shown.map(({ unit, look, first, held }): NewEvent => ({
      shopId: unit.shopId,
      about: unit.orderId,
      kind: 'delivery.revealed',
      actor: `buyer:${look.userId}`,
      keyOwner: held.order.buyerId,
      body: {
        line: look.unit.line,
        place: look.unit.place,
        nth: unit.reveals,
        first,
        device: look.deviceHash.toString('base64url'),
        address: look.addressHash.toString('base64url'),
      },
    })),
  );
  faultPoint('delivery.reveal.after-evidence');
  const moved = [
    ...new Set(
      shown.filter((one) => one.first && one.held.order.state === 'delivered').map((one) => one.held),
    ),
  ];
  if (moved.length > 0)
    send(
      tx,
      setDeadlines(
        tx,
        moved.map((held) => confirmDeadline(held, tx.business)),
      ),
    );
  const first = shown.filter((one) => one.first);
  if (first.length > 0)
    send(
      tx,
      publish(tx, [
        {
          event: 'key.revealed',
          about: first.map((one) => one.unit.orderId),
          shops: first.map((one) => one.unit.shopId),
        },
      ]),
    );
  faultPoint('delivery.reveal.after-news');
}

/** The order completes by itself at this time; every first reveal moves it. */
export function confirmDeadline(held: Held, startAt: Instant): Deadline {
  const { order } = held;
  const terms = termsOf(order.rulebook);
  return {
    shopId: order.shopId,
    about: order.id,
    what: 'order.confirm',
    dueAt: autoConfirmAt([...held.units.values()], terms, (line) => held.noReason.get(line) ?? 0),
    startAt,
    article: terms.articles.autoConfirm,
    version: order.rulebook,
    clock: 'elapsed',
  };
}

/** The buyer says that one key works. */
export async function verifyUnit(
  tx: Tx,
  p: Asking & { unit: UnitName; userId: string },
): Promise<Result<Unit, DeliveryRefusal>> {
  const [held] = await holdOwnOrders(tx, [p]);
  if (!held) return refuse('ORDER_NOT_FOUND');
  const decided = decideVerify(unitNamed(held, p.unit)?.unit, tx.business);
  if (!decided.ok || unitNamed(held, p.unit)?.unit === decided.value) return decided;
  putUnit(held, decided.value);
  writeHeld(tx, [held]);
  await recordNext(tx, [
    {
      shopId: held.order.shopId,
      about: held.order.id,
      kind: 'delivery.result',
      actor: `buyer:${p.userId}`,
      keyOwner: held.order.buyerId,
      body: { line: p.unit.line, place: p.unit.place, result: 'works' },
    },
  ]);
  return decided;
}
