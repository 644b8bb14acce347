import { assert } from './assert.ts';

/** Lanes whose commit is watched: a test may kill the program before it, when it was sent, and before anybody has heard of it. */
const lanes = [
  'checkout.purchase',
  'checkout.apply',
  'payments.notice',
  'delivery.reveal',
  'deadline order.expire',
  'deadline order.confirm',
  'deadline order.release',
  'deadline delivery.late',
  'deadline delivery.undelivered',
] as const;
const commitMoments = ['before-commit', 'commit-sent', 'after-commit'] as const;
type CommitPoint = `${(typeof lanes)[number]}.${(typeof commitMoments)[number]}`;
const commitPoints = lanes.flatMap((lane) => commitMoments.map((moment): CommitPoint => `${lane}.${moment}`));

/** Every place where a test may kill the program. A domain adds its own lines; test/faults prints them with their count. */
export const faultPoints = [
  'evidence.sequence.after-take',
  'evidence.sequence.after-insert',
  'evidence.sequence.after-commit',
  'evidence.sign.before-head',
  'evidence.head.before-rename',
  'evidence.sign.after-head',
  'evidence.sign.after-publish',
  'payments.start.before-create',
  'payments.start.after-create',
  'payments.notice.before-trades',
  'payments.notice.after-trades',
  'payments.notice.after-payments',
  'payments.notice.after-transfers',
  'payments.notice.after-news',
  'payments.notice.after-commit',
  'payments.credit.before-decide',
  'payments.credit.after-transfers',
  'payments.credit.after-commit',
  'payments.refund.after-take',
  'payments.refund.after-send',
  'payments.refund.after-write',
  'payments.close.after-close',
  'inventory.import.after-lock',
  'inventory.import.after-chunk',
  'inventory.import.before-batch',
  'inventory.import.after-batch',
  'inventory.import.after-pool',
  'inventory.import.before-commit',
  'inventory.import.after-commit',
  'inventory.draft.after-upload',
  'inventory.draft.after-commit',
  'inventory.confirm.after-queue',
  'checkout.purchase.after-lock',
  'checkout.purchase.before-write',
  'checkout.purchase.after-orders',
  'checkout.purchase.after-keys',
  'checkout.purchase.after-checkouts',
  'checkout.purchase.after-money',
  'checkout.purchase.after-pools',
  'checkout.purchase.after-payments',
  'checkout.purchase.after-evidence',
  'checkout.purchase.after-news',
  'checkout.apply.after-lock',
  'checkout.apply.before-write',
  'checkout.apply.after-steps',
  'checkout.apply.after-keys',
  'checkout.apply.after-money',
  'checkout.apply.after-pools',
  'checkout.apply.after-states',
  'checkout.apply.after-evidence',
  'checkout.apply.after-news',
  'delivery.reveal.after-lock',
  'delivery.reveal.after-open',
  'delivery.reveal.after-units',
  'delivery.reveal.after-looks',
  'delivery.reveal.after-evidence',
  'delivery.reveal.after-news',
  'delivery.check.after-insert',
  'delivery.issuer.after-take',
  'delivery.issuer.after-answer',
  'delivery.issuer.after-write',
  'delivery.membership.after-lock',
  'delivery.membership.after-periods',
  'delivery.membership.after-evidence',
  'delivery.membership.after-deadlines',
  'delivery.line.after-lock',
  'delivery.line.after-money',
  'delivery.line.after-steps',
  'delivery.line.after-deadlines',
  'delivery.line.after-evidence',
  'delivery.line.after-news',
  'delivery.manual.after-contents',
  'delivery.manual.after-look',
  'delivery.late.after-lines',
  'delivery.late.after-news',
  'delivery.licence.after-issue',
  'delivery.activate.after-lock',
  'delivery.activate.after-machine',
  'delivery.activate.after-evidence',
  'delivery.deactivate.after-machine',
  'supply.take.before-commit',
  'supply.send.before-send',
  'supply.send.after-send',
  'supply.write.before-lock',
  'supply.write.after-attempts',
  'supply.write.after-follow',
  'supply.write.after-news',
  'delivery.topup.after-requests',
  'delivery.topup.after-rows',
  'delivery.topup.after-lines',
  'delivery.complete.before-write',
  'delivery.complete.after-steps',
  'delivery.complete.after-deadlines',
  'delivery.complete.after-evidence',
  'delivery.release.after-lock',
  'delivery.release.before-write',
  'delivery.release.after-money',
  'delivery.release.after-steps',
  'delivery.release.after-evidence',
  'delivery.release.after-news',
  'delivery.download.after-lock',
  'delivery.download.after-grants',
  'delivery.download.after-lines',
  'delivery.download.after-count',
  'delivery.download.after-evidence',
  'kit.blob.after-write',
  'kit.blob.after-rename',
  'messaging.say.after-lock',
  'messaging.say.after-evidence',
  'messaging.say.after-message',
  'messaging.say.after-demand',
  'messaging.say.after-news',
  'messaging.lapse.after-state',
  'aftersales.batch.after-watch',
  'aftersales.batch.after-decision',
  'aftersales.batch.after-finding',
  'aftersales.panel.after-draw',
  'aftersales.panel.after-vote',
  'aftersales.jury.after-sealed',
  'aftersales.jury.after-opened',
  'exhibits.file.after-row',
  'recordings.chunk.after-row',
  'recordings.end.after-row',
  'archive.seal.after-row',
  'unsealings.show.after-row',
  'aftersales.execute.after-lock',
  'aftersales.execute.after-execution',
  'aftersales.execute.after-money',
  'aftersales.execute.after-refunds',
  'aftersales.case.before-write',
  'aftersales.case.after-steps',
  'aftersales.case.after-words',
  'aftersales.case.after-deadlines',
  'aftersales.case.after-evidence',
  'aftersales.case.after-news',
  'community.export.before-keep',
  'delivery.parcel.after-start',
  'delivery.parcel.after-line',
  'delivery.parcel.after-row',
  'complaints.notice.after-notice',
  'complaints.notice.after-write',
  'complaints.answer.after-take',
  'complaints.answer.after-send',
  'complaints.link.after-link',
  'deposit.pay.after-funds',
  'deposit.pay.after-recourse',
  'deposit.pay.after-deposit',
  'deposit.return.after-row',
  'deposit.return.after-money',
  'aftersales.first_pay.after-counted',
  ...commitPoints,
] as const;
export type FaultPoint = (typeof faultPoints)[number];

type Trap = { left: number; readonly spring: () => void };
const dieNow = (): void => void process.kill(process.pid, 'SIGKILL');

/** FAULTS='name' dies there the first time, 'name:3' the third time; several are separated by commas. */
const armed = new Map<string, Trap>(
  (process.env['FAULTS'] ?? '')
    .split(',')
    .filter((text) => text !== '')
    .map((text) => {
      const [name = '', times = '1'] = text.split(':');
      assert((faultPoints as readonly string[]).includes(name), `FAULTS names a known point: ${name}`);
      return [name, { left: Number(times), spring: dieNow }] as const;
    }),
);

/** Kills this process with SIGKILL when FAULTS names the point, as a power cut would; otherwise nothing. */
export function faultPoint(name: FaultPoint): void {
  const trap = armed.get(name);
  if (trap === undefined) return;
  trap.left -= 1;
  if (trap.left === 0) trap.spring();
}

/** For tests: something else happens at a point, for the `times`th time that it is passed. */
export const setFaultPoint = (name: FaultPoint, times: number, spring: () => void): void =>
  void armed.set(name, { left: times, spring });

/** The same at the commit of a lane. A lane that is not watched has no such points. */
export const commitFaultPoint = (lane: string, moment: (typeof commitMoments)[number]): void =>
  armed.size === 0 ? undefined : faultPoint(`${lane}.${moment}` as CommitPoint);
