import { must } from '../../kit/assert.ts';
import { clearDeadlines, setDeadlines, type Due } from '../../kit/deadlines.ts';
import { faultPoint } from '../../kit/fault.ts';
import { fen, noFen } from '../../kit/money.ts';
import { publish } from '../../kit/outbox.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { holdOrders } from '../../delivery/units.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import { addHolds, lockWithLines, removeHolds, type Hold } from '../../orders/actions.ts';
import type { Order } from '../../orders/rules.ts';
import { lockPayments } from '../../payments/actions.ts';
import { answerComplaint, complaintId, holdComplaint } from '../../payments/complaint/actions.ts';
import { nextComplaintReminder, type Complaint } from '../../payments/complaint/rules.ts';
import { fileCase } from '../actions.ts';
import { noteChannelRefund } from '../channel.actions.ts';
import { isOver } from '../rules.ts';
import { casesOf } from '../views.ts';
import { courseOf } from '../write.actions.ts';
import { joins, newRefund, type CourseWord } from './complaint.rules.ts';
import type { OutsideRefusal } from './refusals.contract.ts';
import { insertLink, linkAbout, lockLink, writeNoted } from './store.ts';
import { ordersOfPayment } from './views.ts';

type Key = { channel: string; number: string };
type Link = Awaited<ReturnType<typeof lockLink>>[number];

/**
 * Follows a complaint that a channel told: finds its order by the payment of its trade, lets it join the open case or opens one, holds the
 * money while it is open, notes once what the channel gave back, and lets the money go its way when it is over. Harmless when repeated. A
 * complaint whose payment has several orders waits for a person.
 */
export async function followComplaint(tx: Tx, key: Key): Promise<void> {
  const complaint = await holdComplaint(tx, key);
  if (!complaint) return;
  const [known] = await lockLink(tx, key);
  const link = known ?? (await linkAlone(tx, complaint));
  if (!link) return;
  if (known) tell(tx, known, complaint.state === 'processed' ? 'over' : 'moved');
  await settle(tx, complaint, link);
}

/** The order of a complaint, where its payment has one only. */
async function linkAlone(tx: Tx, complaint: Complaint): Promise<Link | undefined> {
  const found = complaint.paymentId ? await ordersOfPayment(tx, { viewerPayment: complaint.paymentId }) : [];
  const [only] = found;
  return only && found.length === 1 ? linkTo(tx, complaint, only) : undefined;
}

async function linkTo(
  tx: Tx,
  complaint: Complaint,
  order: { shopId: string; id: string; buyerId: string },
): Promise<Link> {
  const { channel, number } = complaint;
  // The order of all locks begins with the payment.
  if (complaint.paymentId) await lockPayments(tx, [complaint.paymentId]);
  const [caseId, how] = await caseFor(tx, complaint, order);
  const [held] = await lockWithLines(tx, [{ shopId: order.shopId, id: order.id }]);
  const about = complaintId(complaint);
  const link: Link = {
    channel,
    number,
    shopId: order.shopId,
    orderId: order.id,
    caseId,
    how,
    about,
    noted: null,
  };
  await insertLink(tx, { ...link, at: tx.business });
  faultPoint('complaints.link.after-link');
  await addHolds(tx, [holdOf(link)]);
  tell(tx, link, 'taken');
  await fact(tx, must(held, 'an order of a payment is there').order, 'complaint.taken', {
    ...nameOf(complaint),
    trade: complaint.tradeNo,
    amount: complaint.amount.toString(),
    said: complaint.text,
    answerBy: complaint.answerBy,
    settleBy: complaint.settleBy,
    case: caseId,
  });
  return link;
}

const holdOf = ({ shopId, orderId, about }: Link): Hold => ({
  shopId,
  orderId,
  reason: 'channel_complaint',
  ref: about,
});
const nameOf = ({ channel, number }: Key) => ({ channel, complaint: number });

/** The open case of the order, else a new one in the payer's name; where none can be, the refusal says why and the complaint stands alone. */
async function caseFor(
  tx: Tx,
  complaint: Complaint,
  order: { shopId: string; id: string; buyerId: string },
): Promise<[caseId: string | null, how: string]> {
  const cases = await casesOf(tx, { shopId: order.shopId, viewerOrder: order.id });
  const open = joins(cases);
  if (open) return [open, 'joined'];
  const [found] = await lockWithLines(tx, [{ shopId: order.shopId, id: order.id }]);
  const line = found?.lines[0];
  if (!line) return [null, 'PLACES_UNKNOWN'];
  const filed = await fileCase(tx, {
    orderId: order.id,
    buyerIds: [order.buyerId],
    userId: order.buyerId,
    line: line.number,
    places: Array.from({ length: line.quantity }, (_, i) => i + 1),
    reason: 'MERCHANT_NONPERFORMANCE',
    remedy: 'refund',
    amount: null,
    occurredAt: complaint.toldAt,
    symptom: `在支付渠道投诉（${complaint.number}）：${complaint.text}`.slice(0, 2000),
    triedSteps: '已向支付渠道投诉',
    errorCode: '',
    articles: ['40'],
    exhibits: [],
  });
  return filed.ok ? [filed.value.caseId, 'opened'] : [null, filed.refusal];
}

/** Its money and its clock, as they must be for what the channel said last. */
async function settle(tx: Tx, complaint: Complaint, link: Link): Promise<void> {
  const refund = newRefund(complaint.refunded, complaint.refundNo, link.noted ?? noFen);
  if (refund) await noteRefund(tx, complaint, link, refund);
  const { shopId, about } = link;
  const next = nextComplaintReminder(complaint, tx.business);
  const [found] = await lockWithLines(tx, [{ shopId, id: link.orderId }]);
  const { order } = must(found, 'an order of a complaint is there');
  if (next === undefined) send(tx, clearDeadlines(tx, [{ shopId, about, what: 'complaint.remind' }]));
  else
    send(
      tx,
      setDeadlines(tx, [
        {
          shopId,
          about,
          what: 'complaint.remind',
          dueAt: next,
          startAt: complaint.toldAt,
          article: '40',
          version: order.rulebook,
          clock: 'elapsed',
        },
      ]),
    );
  if (complaint.state !== 'processed') return;
  const held = await holdOrders(tx, [{ shopId, id: link.orderId }]);
  await removeHolds(tx, [holdOf(link)]);
  const one = held.get(link.orderId);
  if (one) send(tx, setDeadlines(tx, courseOf(tx, { held: one })));
}

/** One money outcome (F126): what escrow still had of it is noted as returned and ends the case about it; the rest had gone back before. */
async function noteRefund(
  tx: Tx,
  complaint: Complaint,
  link: Link,
  { amount, reference }: { amount: bigint; reference: string },
): Promise<void> {
  const { shopId, orderId, channel } = link;
  const noted = await noteChannelRefund(tx, { shopId, orderId, channel, amount: fen(amount), reference });
  await writeNoted(tx, { ...link, noted: amount });
  tell(tx, link, 'refunded');
  const [found] = await lockWithLines(tx, [{ shopId, id: orderId }]);
  await fact(tx, must(found, 'an order of a complaint is there').order, 'complaint.refunded', {
    ...nameOf(complaint),
    amount: amount.toString(),
    reference,
    noted: noted.ok ? noted.value.noted : '0',
  });
}

function tell(tx: Tx, { about, shopId, channel, number }: Link, word: CourseWord): void {
  send(
    tx,
    publish(tx, [{ event: `complaint.${word}`, about: [about], shops: [shopId], data: { channel, number } }]),
  );
}

const fact = (tx: Tx, order: Order, kind: string, body: Record<string, string | number | null>) =>
  recordNext(tx, [
    { shopId: order.shopId, about: order.id, kind, actor: 'channel', keyOwner: order.buyerId, body },
  ]);

/** Half, four fifths and the end of a clock of a channel: the shop and the support hear of it, and the next one is set. */
export async function remindComplaints(tx: Tx, due: readonly Due[]): Promise<void> {
  const links = await linkAbout(tx, { abouts: due.map((one) => one.about) });
  for (const one of due) {
    const link = links.find((each) => each.about === one.about);
    const complaint = link && (await holdComplaint(tx, link));
    const next = complaint && nextComplaintReminder(complaint, tx.business);
    if (link && complaint && complaint.state !== 'processed') tell(tx, link, 'reminder');
    if (next === undefined) await clearDeadlines(tx, [one]);
    else await setDeadlines(tx, [{ ...one, dueAt: next, clock: 'elapsed' }]);
  }
}

type Answering = Key & { kind: 'reply' | 'complete'; text: string; byId: string };

/** Answers at the channel, for the shop of the order (`shopId`) or the staff (null). A complaint that is not theirs is not there. */
export async function answerAtChannel(
  tx: Tx,
  p: Answering & { shopId: string | null },
): Promise<Result<{ answerId: string }, OutsideRefusal>> {
  const complaint = await holdComplaint(tx, p);
  const [link] = await lockLink(tx, p);
  if (!complaint || (p.shopId !== null && link?.shopId !== p.shopId)) return refuse('COMPLAINT_NOT_FOUND');
  const cases = link ? await casesOf(tx, { shopId: link.shopId, viewerOrder: link.orderId }) : [];
  const own = cases.find((one) => one.id === link?.caseId);
  const caseOver = own !== undefined && (own.state === 'executed' || isOver(own.state));
  return answerComplaint(tx, { ...p, caseOver });
}

/** A person says which of the orders of a payment a complaint is about. */
export async function linkComplaint(
  tx: Tx,
  p: Key & { orderId: string },
): Promise<Result<{ caseId: string | null }, OutsideRefusal>> {
  const complaint = await holdComplaint(tx, p);
  if (!complaint) return refuse('COMPLAINT_NOT_FOUND');
  const [known] = await lockLink(tx, p);
  if (known) return done({ caseId: known.caseId });
  const found = complaint.paymentId ? await ordersOfPayment(tx, { viewerPayment: complaint.paymentId }) : [];
  const order = found.find((one) => one.id === p.orderId);
  if (!order) return refuse('ORDER_NOT_FOUND');
  const link = await linkTo(tx, complaint, order);
  await settle(tx, complaint, link);
  return done({ caseId: link.caseId });
}
