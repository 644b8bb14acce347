import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import type { Fen } from '../../kit/money.ts';
import { publish } from '../../kit/outbox.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { Secret, sha256 } from '../../kit/secret.ts';
import { send, type Tx } from '../../kit/tx.ts';
import type { ContentField } from '../../catalog/manual.contract.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import { openForUsers, sealForUsers, type Kept } from '../../evidence/user-keys.actions.ts';
import { stepUps, type StepUpAsked } from '../../identity/actions.ts';
import { ownOrder, ownOrders } from '../../orders/actions.ts';
import { answersOf, type LineAnswers } from '../../orders/answer.actions.ts';
import { termsOf } from '../../rules/terms.rules.ts';
import type { DeliveryRefusal } from '../contract.ts';
import { acceptLines, deliverLines, failLines, holdLines, type HeldLater } from '../line.actions.ts';
import type { LineState } from '../line.machine.ts';
import { isOpen, type LaterLine } from '../line.rules.ts';
import type { Asking } from '../units.actions.ts';
import type { ManualRefusal } from './contract.ts';
import { decideContents, fieldsOf, type Content } from './rules.ts';
import { countReveal, insertContentReveal, insertContents, readContents } from './store.ts';

type ShopHand = { readonly shopId: string; readonly userId: string };
type AtLine = ShopHand & { readonly orderId: string; readonly line: number };

/** Somebody of the shop takes orders on: all their lines that wait to be delivered by hand. Orders of others, and those taken on before, are left. */
export async function acceptOrders(
  tx: Tx,
  p: ShopHand & { orderIds: readonly string[] },
): Promise<{ accepted: number; already: number }> {
  const held = await holdLines(
    tx,
    p.orderIds.map((id) => ({ shopId: p.shopId, id })),
  );
  const waiting = [...held.values()].flatMap((one) =>
    one.later.filter((line) => line.state === 'waiting' && line.mode === 'manual'),
  );
  const changed = await acceptLines(
    tx,
    waiting.map((line) => ({
      shopId: line.shopId,
      orderId: line.orderId,
      line: line.line,
      by: 'merchant' as const,
      byId: p.userId,
    })),
  );
  const accepted = new Set(waiting.filter((_, i) => changed[i]?.changed).map((line) => line.orderId)).size;
  return { accepted, already: p.orderIds.length - accepted };
}

export type Fulfilled = { readonly state: LineState; readonly version: number; readonly orderState: string };

/**
 * Delivers one line by hand: what was filled in is sealed with the buyer's key and lies in the order from then on (VGSR article 13). While the
 * order is delivered and not completed the same act corrects it: a new version beside the old, which stays. Who did it is recorded.
 */
export async function fulfil(
  tx: Tx,
  p: AtLine & { units: readonly Content[] },
): Promise<Result<Fulfilled, ManualRefusal>> {
  const found = await manualLine(tx, p);
  if (!found) return refuse('DELIVERY_NOT_FOUND');
  const { held, line, fields, quantity } = found;
  const corrects = line.state === 'delivered' && held.order.state === 'delivered';
  if (!isOpen(line) && !corrects) return refuse('DELIVERY_CLOSED');
  const contents = decideContents(fields, p.units, quantity);
  if (!contents.ok) return contents;
  const version = corrects ? (await newestVersion(tx, p)) + 1 : 1;
  await keepContents(tx, held, p, contents.value, version);
  faultPoint('delivery.manual.after-contents');
  const proof = {
    version,
    units: contents.value.length,
    fields: fields.map((field) => field.key),
    // Of what was sealed: that it was not exchanged later can be shown without opening it to everybody.
    sha256: contents.value.map((content) => sha256(JSON.stringify(content)).toString('hex')),
  };
  if (corrects) await recordCorrection(tx, held, p, proof);
  else
    await deliverLines(tx, [
      { shopId: p.shopId, orderId: p.orderId, line: p.line, by: 'merchant', byId: p.userId, proof },
    ]);
  const after = corrects ? held : (await holdLines(tx, [{ shopId: p.shopId, id: p.orderId }])).get(p.orderId);
  return done({ state: 'delivered', version, orderState: after?.order.state ?? held.order.state });
}

type ManualLine = { held: HeldLater; line: LaterLine; fields: readonly ContentField[]; quantity: number };

async function manualLine(tx: Tx, p: AtLine): Promise<ManualLine | undefined> {
  const held = (await holdLines(tx, [{ shopId: p.shopId, id: p.orderId }])).get(p.orderId);
  const line = held?.later.find((one) => one.line === p.line && one.mode === 'manual');
  const bought = held?.lines.find((one) => one.number === p.line);
  if (!held || !line || !bought) return undefined;
  const [version] = await versionsOf(tx, [bought]);
  const { content } = must(version, 'a line has its version');
  return { held, line, fields: fieldsOf(content.manual), quantity: bought.quantity };
}

async function newestVersion(tx: Tx, p: AtLine): Promise<number> {
  const rows = await readContents(tx, { shopId: p.shopId, orderId: p.orderId });
  return Math.max(0, ...rows.filter((row) => row.line === p.line).map((row) => row.version));
}

const keptAs = (
  p: { orderId: string; line: number; place: number; version: number },
  buyerId: string,
): Kept => ({
  userId: buyerId,
  about: p.orderId,
  bound: `delivery.contents/${p.orderId}.${p.line}.${p.place}.${p.version}`,
});

async function keepContents(
  tx: Tx,
  { order }: HeldLater,
  p: AtLine,
  contents: readonly Content[],
  version: number,
): Promise<void> {
  const places = contents.map((_, i) => i + 1);
  const sealed = await sealForUsers(
    tx,
    contents.map((content, i) => ({
      ...keptAs({ orderId: p.orderId, line: p.line, place: i + 1, version }, order.buyerId),
      text: JSON.stringify(content),
    })),
  );
  send(
    tx,
    insertContents(tx, {
      shops: places.map(() => p.shopId),
      orders: places.map(() => p.orderId),
      lines: places.map(() => p.line),
      places,
      versions: places.map(() => version),
      buyers: places.map(() => order.buyerId),
      sealed,
      by: p.userId,
      at: tx.business,
    }),
  );
}

async function recordCorrection(
  tx: Tx,
  { order }: HeldLater,
  p: AtLine,
  proof: { readonly [key: string]: string | number | string[] },
): Promise<void> {
  await recordNext(tx, [
    {
      shopId: p.shopId,
      about: p.orderId,
      kind: 'delivery.corrected',
      actor: `merchant:${p.userId}`,
      keyOwner: order.buyerId,
      body: { line: p.line, proof },
    },
  ]);
  send(tx, publish(tx, [{ event: 'delivery.corrected', about: [p.orderId], shops: [p.shopId] }]));
}

/** The shop says that it cannot deliver a line: its money goes back at once, and why is recorded. */
export async function decline(
  tx: Tx,
  p: AtLine & { reason: string },
): Promise<Result<{ state: LineState; refunded: Fen }, ManualRefusal>> {
  const found = await manualLine(tx, p);
  if (!found) return refuse('DELIVERY_NOT_FOUND');
  if (!isOpen(found.line)) return refuse('DELIVERY_CLOSED');
  const [failed] = await failLines(tx, [
    {
      shopId: p.shopId,
      orderId: p.orderId,
      line: p.line,
      by: 'merchant',
      byId: p.userId,
      reason: p.reason,
      article: '18',
    },
  ]);
  const { line, refunded } = must(failed, 'an answer for the line');
  return done({ state: line?.state ?? 'failed', refunded });
}

/** What the buyer answered, opened for whoever delivers: that they looked is a fact of the order. Only while something is still to be delivered. */
export async function seeAnswers(
  tx: Tx,
  p: ShopHand & { orderId: string },
): Promise<Result<{ line: number; answers: LineAnswers }[], ManualRefusal>> {
  const held = (await holdLines(tx, [{ shopId: p.shopId, id: p.orderId }])).get(p.orderId);
  // Whoever sends a parcel needs its address as whoever delivers by hand needs an account.
  const lines = (held?.later ?? []).filter((line) => line.mode === 'manual' || line.mode === 'shipping');
  if (!held || lines.length === 0) return refuse('DELIVERY_NOT_FOUND');
  const open = lines.filter(
    (line) => isOpen(line) || (line.state === 'delivered' && held.order.state === 'delivered'),
  );
  if (open.length === 0) return refuse('DELIVERY_CLOSED');
  const answers = await answersOf(tx, open);
  await recordNext(tx, [
    {
      shopId: p.shopId,
      about: p.orderId,
      kind: 'delivery.answers_seen',
      actor: `merchant:${p.userId}`,
      keyOwner: held.order.buyerId,
      body: { lines: open.map((line) => line.line) },
    },
  ]);
  return done(
    open.map((line, i) => ({ line: line.line, answers: must(answers[i], 'answers for each line') })),
  );
}

export type ContentLook = Asking & {
  readonly userId: string;
  readonly viewer: StepUpAsked['viewer'];
  readonly line: number;
  readonly place: number;
  readonly deviceHash: Buffer;
  readonly addressHash: Buffer;
};
export type ShownContent = {
  readonly version: number;
  readonly fields: readonly (Pick<ContentField, 'key' | 'label' | 'type'> & { readonly value: Secret })[];
  readonly first: boolean;
  readonly reveals: number;
};

/**
 * Shows what was delivered by hand to its buyer: a gesture each time, each recorded (F017). What is worth much, or is looked at from a new
 * device, asks for the password first.
 */
export async function revealContent(
  tx: Tx,
  look: ContentLook,
): Promise<Result<ShownContent, DeliveryRefusal>> {
  const key = ownOrder(await ownOrders(tx, [look]), look);
  if (!key) return refuse('ORDER_NOT_FOUND');
  const held = (await holdLines(tx, [key])).get(key.id);
  const bought = held?.lines.find((one) => one.number === look.line);
  if (!held || !bought) return refuse('ORDER_NOT_DELIVERED');
  const rows = await readContents(tx, { shopId: key.shopId, orderId: key.id });
  const row = rows.findLast((one) => one.line === look.line && one.place === look.place);
  if (!row)
    return refuse(rows.some((one) => one.line === look.line) ? 'UNIT_NOT_FOUND' : 'ORDER_NOT_DELIVERED');
  const [mustConfirm] = await stepUps(tx, [
    { viewer: look.viewer, amount: bought.price, above: termsOf(held.order.rulebook).revealStepUp },
  ]);
  if (mustConfirm ?? true) return refuse('PASSWORD_NEEDED');
  const at = { shopId: key.shopId, orderId: key.id, line: row.line, place: row.place, version: row.version };
  const [opened] = await openForUsers(tx, [{ ...keptAs(at, row.buyerId), sealed: row.sealed }]);
  if (!opened) return refuse('UNIT_NOT_FOUND');
  const [version] = await versionsOf(tx, [bought]);
  const fields = fieldsOf(must(version, 'a line has its version').content.manual);
  const content = JSON.parse(opened.reveal()) as Content;
  const reveals = row.reveals + 1;
  send(
    tx,
    countReveal(tx, { ...at, reveals, revealedAt: row.revealedAt ?? tx.business }),
    insertContentReveal(tx, {
      ...at,
      nth: reveals,
      userId: look.userId,
      device: look.deviceHash,
      address: look.addressHash,
      at: tx.business,
    }),
  );
  await recordLook(tx, held, look, { version: row.version, nth: reveals });
  return done({
    version: row.version,
    first: reveals === 1,
    reveals,
    fields: fields.flatMap(({ key: name, label, type }) => {
      const value = content[name];
      return value === undefined ? [] : [{ key: name, label, type, value: new Secret(value) }];
    }),
  });
}

async function recordLook(
  tx: Tx,
  { order }: HeldLater,
  look: ContentLook,
  p: { version: number; nth: number },
): Promise<void> {
  await recordNext(tx, [
    {
      shopId: order.shopId,
      about: order.id,
      kind: 'delivery.revealed',
      actor: `buyer:${look.userId}`,
      keyOwner: order.buyerId,
      body: {
        line: look.line,
        place: look.place,
        version: p.version,
        nth: p.nth,
        first: p.nth === 1,
        device: look.deviceHash.toString('base64url'),
        address: look.addressHash.toString('base64url'),
      },
    },
  ]);
  faultPoint('delivery.manual.after-look');
}
