import type { CaseState } from '../aftersales/machine.ts';
import type { LineEvent, LineState } from '../delivery/line.machine.ts';
import type { Words } from '../kit/text.ts';
import type { OrderState } from '../orders/machine.ts';

// What a state means to somebody who stands in it: what it is, and what can go wrong there. Which steps follow is not said here: it is read
// from the machines, so that this page cannot promise a step that the program does not make (F191).

export type StateTold = { readonly title: Words; readonly what: Words; readonly risk: Words };
const told = (
  title: readonly [string, string],
  what: readonly [string, string],
  risk: readonly [string, string],
): StateTold => ({
  title: { zh: title[0], en: title[1] },
  what: { zh: what[0], en: what[1] },
  risk: { zh: risk[0], en: risk[1] },
});

export const orderStates = {
  created: told(
    ['待付款', 'Waiting for the payment'],
    [
      '订单和价格留给你，付款前没有任何人能动你的钱。',
      'The order and its price are kept for you; nobody can touch your money before you pay.',
    ],
    [
      '有人让你改用别的方式付，就停下：站外付款没有托管。',
      'If somebody asks you to pay another way, stop: outside there is no escrow.',
    ],
  ),
  awaiting: told(
    ['待发货', 'Waiting for delivery'],
    [
      '钱在托管，商家还拿不到。承诺的时间正在走。',
      'The money is in escrow and out of the shop’s reach. The promised time is running.',
    ],
    [
      '聊天里一句“已发”不算交付，没进订单的东西别确认。',
      'A “sent” in the chat is no delivery; do not confirm what is not in the order.',
    ],
  ),
  delivering: told(
    ['发货中', 'On its way'],
    ['商家已经动手，或供货方、快递正在处理。', 'The shop has begun, or a supplier or carrier is at work.'],
    [
      '这时退款可能和到货撞上，所以要先问清再退。',
      'A refund now may cross the delivery, so it is asked about first.',
    ],
  ),
  delivered: told(
    ['已交付', 'Delivered'],
    [
      '东西已经在你的订单里，钱还在托管。现在轮到你检查。',
      'The goods are in your order, the money still in escrow. It is your turn to check.',
    ],
    [
      '卡密查看后就开始计时；没试过先别确认。',
      'A key’s clock starts when you look at it; try it before you confirm.',
    ],
  ),
  completed: told(
    ['已完成', 'Completed'],
    [
      '你确认了，或时间到了自动确认。钱再等几天才给商家。',
      'You confirmed, or the time ran out. The money waits some days more before the shop gets it.',
    ],
    [
      '完成不等于不能申诉：有问题照样提，先提的先冻结。',
      'Completed does not end your rights: file a claim as before, and the money is held.',
    ],
  ),
  cancelled: told(
    ['已取消', 'Cancelled'],
    [
      '没付款，或付款前取消。没有钱在这一单里。',
      'Not paid, or cancelled before. There is no money in this order.',
    ],
    [
      '取消后才到的钱会恢复订单，或自动原路退回。',
      'Money that comes late revives the order or goes back by itself.',
    ],
  ),
  refunded: told(
    ['已退款', 'Refunded'],
    ['钱全部退回，按你付款的路径。', 'All the money went back the way it came.'],
    [
      '银行到账一般要 1–3 天；超过 3 天没到，找我们要退款单号。',
      'Banks take one to three days; after that, ask us for the refund number.',
    ],
  ),
} as const satisfies Record<Exclude<OrderState, never>, StateTold>;

export const lineStates = {
  waiting: told(
    ['等商家接单', 'Waiting for the shop'],
    ['已付款，还没人动手。', 'Paid; nobody has begun.'],
    ['过了承诺时间，你可以一键取消。', 'After the promised time you can cancel with one click.'],
  ),
  accepted: told(
    ['商家已接单', 'Taken on'],
    ['有人接手，承诺时间不变。', 'Somebody has taken it on; the promise does not change.'],
    ['接单不是交付。', 'Taking it on is not a delivery.'],
  ),
  delivering: told(
    ['处理中', 'Under way'],
    ['正在充值、制作或寄送。', 'Being filled, made or shipped.'],
    [
      '结果未知时不会既退款又到账，要先查清。',
      'While the result is unknown, nothing is refunded and delivered at once.',
    ],
  ),
  delivered: told(
    ['已交付', 'Delivered'],
    ['这一行的东西已经在订单里。', 'What this line is for is in the order.'],
    ['内容不对马上提，记录都在。', 'If it is not right, say so at once; everything is recorded.'],
  ),
  failed: told(
    ['交付不了', 'Could not be delivered'],
    [
      '商家或供货方做不到，这一行的钱已经退。',
      'The shop or supplier could not do it; the money of this line went back.',
    ],
    ['之后才到账的，算商家的，不向你追。', 'What arrives afterwards is the shop’s loss, not yours.'],
  ),
  cancelled: told(
    ['已取消', 'Cancelled'],
    [
      '超时取消，或到时间系统自动取消，钱已退。',
      'Cancelled for being late, by you or by the clock; the money went back.',
    ],
    ['不会再发货，再收到请告诉我们。', 'Nothing more should come; tell us if it does.'],
  ),
} as const satisfies Record<LineState, StateTold>;

export const lineEventWords = {
  pay: { zh: '付款到账', en: 'The payment came' },
  accept: { zh: '接单', en: 'Taken on' },
  start: { zh: '开始处理', en: 'Begun' },
  deliver: { zh: '交付', en: 'Delivered' },
  fail: { zh: '交付不了，退款', en: 'Cannot be delivered; refunded' },
  cancel: { zh: '超时取消，退款', en: 'Cancelled for being late; refunded' },
} as const satisfies Record<LineEvent, Words>;

/** A state that was built after this text shows its own name until it is told here; a test lists what is missing. */
export const caseStates: Readonly<Partial<Record<CaseState, StateTold>>> = {
  negotiation: told(
    ['商家处理中', 'With the shop'],
    [
      '申诉已提交，涉及的钱先冻结。轮到商家答复。',
      'Filed; the money it concerns is held. The shop must answer.',
    ],
    [
      '商家让你先撤诉再退，别撤：撤了冻结就解除。',
      'If asked to withdraw first and be paid later, do not: withdrawing ends the hold.',
    ],
  ),
  refused: told(
    ['商家没同意', 'The shop did not agree'],
    [
      '商家写了理由和证据，轮到你决定要不要平台裁决。',
      'The shop gave reasons and evidence; you decide whether to ask for a decision.',
    ],
    [
      '过了时间只是平台程序停下，其他权利还在。',
      'Letting the time pass only ends our procedure, not your rights.',
    ],
  ),
  intervention: told(
    ['平台介入', 'The platform steps in'],
    ['等平台的人承办，冻结继续。', 'Waiting for one of our people; the hold stays.'],
    ['平台超时，先赔给你。', 'If we are late, you are paid first.'],
  ),
  review: told(
    ['核查中', 'Under review'],
    [
      '承办人在看双方的材料和系统记录。',
      'Somebody is reading what both sides and the system have on record.',
    ],
    ['缺什么会点名要，不用你猜。', 'What is missing is asked for by name.'],
  ),
  evidence: told(
    ['等举证', 'Waiting for evidence'],
    ['点了名的一方要在时间内交材料。', 'The side that was named must produce it in time.'],
    ['不交，就按对他不利的来认定。', 'What is not produced counts against that side.'],
  ),
  signing: told(
    ['双人复核', 'A second pair of eyes'],
    ['金额大，要第二个人看过才算数。', 'Much money: a second person must agree.'],
    ['复核不改变你的时限。', 'This does not change your times.'],
  ),
  decided: told(
    ['平台裁决', 'Decided'],
    [
      '理由、证据、约文都写明，还能申请换人再看一次。',
      'With reasons, evidence and articles; you may ask somebody else to look once.',
    ],
    ['不申请，到时间自动生效。', 'Without an appeal it becomes final by itself.'],
  ),
  appealed: told(
    ['换人复核', 'Under appeal'],
    ['换一个没碰过这件事的人看，只有一次。', 'Somebody who had no part in it looks, once.'],
    ['要有新证据、程序或适用的理由。', 'It needs new evidence, a fault of procedure or of the article.'],
  ),
  jury_asked: told(
    ['等双方同意交给陪审', 'Both sides are asked about a jury'],
    ['小额的争议可以由用户评审，要双方都同意。', 'A small dispute can go to a jury of users if both agree.'],
    [
      '有一方不同意，就按原来的程序走，不吃亏。',
      'If one declines, it goes on as before and nobody loses by it.',
    ],
  ),
  jury: told(
    ['用户陪审中', 'Before a jury of users'],
    [
      '17 席，先到 9 票的一方胜，先密封后公开。',
      'Seventeen seats, first to nine; votes are sealed and then opened.',
    ],
    ['到时间没有 9 票，转给三人仲裁庭。', 'Without nine votes in time it goes to a tribunal of three.'],
  ),
  arbitration: told(
    ['平台仲裁庭', 'Before the tribunal'],
    [
      '抽出三个人重新看，有关系的要回避。',
      'Three people are drawn and look anew; whoever is involved steps back.',
    ],
    [
      '这是平台裁决，不是仲裁法上的仲裁，不影响你起诉。',
      'It is a decision of the platform and does not keep you from court.',
    ],
  ),
  chaired: told(
    ['庭长主持', 'The chair decides'],
    ['三人没有形成多数，由庭长在时间内定。', 'The three found no majority; the chair decides in time.'],
    ['庭长不定，原来的裁决有效。', 'If the chair does not, the earlier decision stands.'],
  ),
  awarded: told(
    ['仲裁庭已裁', 'The tribunal has ruled'],
    ['理由和票数都写明，还能申请一次复核。', 'With reasons and the votes; one review may be asked for.'],
    [
      '复核要有新证据、程序或约文的理由。',
      'A review needs new evidence, a fault of procedure or of the article.',
    ],
  ),
  executing: told(
    ['执行中', 'Being carried out'],
    ['结果已定，正在退款、补发或补做。', 'It is settled; the refund, replacement or work is under way.'],
    ['商家没做，到时间改成退款。', 'If the shop does not act, it becomes a refund.'],
  ),
  executed: told(
    ['已执行', 'Carried out'],
    ['钱退了，或东西补了。', 'The money went back, or the goods came.'],
    [
      '先赔的，商家可以提异议，但不会向诚实的你追回。',
      'What was paid first may be objected to, but is not taken back from an honest buyer.',
    ],
  ),
  closed: told(
    ['已结案', 'Closed'],
    ['材料封存，可以下载。', 'The file is sealed and can be downloaded.'],
    ['不满意还可以走 12315 或起诉。', 'You can still go to 12315 or to court.'],
  ),
  withdrawn: told(
    ['已撤回', 'Withdrawn'],
    ['你撤回了申诉，冻结解除。', 'You withdrew it; the hold ended.'],
    ['时间没过，可以再提一次。', 'Within the time it can be filed once more.'],
  ),
  lapsed: told(
    ['平台程序终止', 'Our procedure ended'],
    ['到时间没申请介入，平台这边停下。', 'Nobody asked in time, so our procedure stopped.'],
    [
      '有正当原因可以恢复一次；12315 和起诉不受影响。',
      'It can be reopened once for good cause; 12315 and courts are open as before.',
    ],
  ),
  inadmissible: told(
    ['不予受理', 'Not accepted'],
    ['不在平台能处理的范围，原因写在里面。', 'Not something we can decide; the reason is stated.'],
    ['选错原因不算，会帮你改过来。', 'A wrong category is no reason; we correct it.'],
  ),
};
