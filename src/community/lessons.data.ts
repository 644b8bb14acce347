import type { Words } from '../kit/text.ts';

// 维权学堂: what a buyer should know, in four short lessons, and five questions about it (F060). A change is a new edition: whoever passed
// an older one keeps the badge, with its edition named.

export const edition = '2026.1';

export type Lesson = {
  readonly slug: string;
  readonly title: Words;
  /** Paragraphs; [[5]] is a citation, **bold** is bold. */
  readonly text: readonly Words[];
  readonly minutes: number;
};

export const lessons: readonly Lesson[] = [
  {
    slug: 'money',
    minutes: 2,
    title: { zh: '钱在哪，谁能动', en: 'Where the money is, and who can move it' },
    text: [
      {
        zh: '你付的钱先进**托管**，商家看得到、拿不到。你确认收货，或时间到了自动确认，再等几天，钱才给商家。[[3]]',
        en: 'What you pay goes into **escrow**: the shop sees it and cannot take it. It is released some days after you confirm, or after the time to confirm ran out. [[3]]',
      },
      {
        zh: '所以第一条：**别在站外付款**。加微信便宜五块，出了事这里一分钱也托管不了。聊天里有人这么劝，系统会记下来，你不会因为没答应而吃亏。[[4]]',
        en: 'So, first: **never pay outside**. Five yuan cheaper by another app, and nothing here can hold that money. Whoever suggests it is recorded, and declining never counts against you. [[4]]',
      },
      {
        zh: '提了申诉，涉及的那部分钱马上冻结。谁也不能趁你们争的时候把它转走。[[24]]',
        en: 'When you file a claim, the money it concerns is held at once. Nobody can move it while you argue. [[24]]',
      },
    ],
  },
  {
    slug: 'keys',
    minutes: 3,
    title: { zh: '卡密：查看以后的两小时', en: 'Keys: the two hours after the reveal' },
    text: [
      {
        zh: '卡密交付时是封着的，**查看**是一次有记录的动作。没查看，七天内可以取消退款。[[20]]',
        en: 'A key is delivered sealed, and **looking at it** is recorded. Until you look, you can cancel within seven days. [[20]]',
      },
      {
        zh: '查看后马上去试。**两小时内**你说无效，先推定交付时就无效，由商家证明相反的事。两小时以后还能申诉，只是没有这个推定。[[5]]',
        en: 'Try it right away. **Within two hours** a key you report counts as invalid on delivery, and the shop must prove the contrary. Later you can still claim, without that presumption. [[5]]',
      },
      {
        zh: '商家说“是你操作错了”，要拿出证据。光说一句，等于没答复，时间照走。[[22]]',
        en: 'A shop that says it was your mistake must prove it. Saying so alone is no answer, and its clock keeps running. [[22]]',
      },
    ],
  },
  {
    slug: 'claim',
    minutes: 3,
    title: { zh: '怎么提一个看得懂的申诉', en: 'A claim that can be understood' },
    text: [
      {
        zh: '三段就够：**发生了什么**（时间、提示的原文）、**凭什么**（商品页写的、哪一条规则）、**要什么**（退款、补发，多少钱）。[[24]]',
        en: 'Three parts: **what happened** (when, the message word for word), **on what ground** (the listing, an article), **what you want** (a refund or replacement, how much). [[24]]',
      },
      {
        zh: '下单时的商品页、聊天、查看记录，系统已经存好，**不用你截图**。你只补系统看不到的，比如游戏里的报错。[[10]]',
        en: 'The listing of your order, the chat and the looks at the key are kept already: **no screenshots needed**. Add only what we cannot see, such as an error inside a game. [[10]]',
      },
      {
        zh: '选错原因不要紧，客服会改。提交后，页面写着轮到谁、最迟几点、不做会怎样。[[24]]',
        en: 'A wrong category does not matter; it is corrected. After filing, the page says whose turn it is, until when, and what follows if nobody acts. [[24]]',
      },
    ],
  },
  {
    slug: 'after',
    minutes: 2,
    title: { zh: '没谈成，接下来还有什么', en: 'When you cannot agree' },
    text: [
      {
        zh: '商家拒绝或不答复，你有 **48 小时**请平台裁决；过了，停下的只是平台程序，权利还在。[[26]]',
        en: 'If the shop refuses, you have **48 hours** to ask for a decision. After that only our procedure stops, not your rights. [[26]]',
      },
      {
        zh: '裁决写明理由，可以换人复核一次。任何时候都能打 12315、向支付机构投诉或起诉，平台不会因此为难你。[[29]]',
        en: 'Decisions give reasons, and somebody else can review them once. You may go to 12315, your payment channel or a court at any time, and it never counts against you. [[29]]',
      },
      {
        zh: '**平台维权不收费，也没有代理。** 谁说“交钱帮你追回”，那是第二次骗你。只认本页和订单里的官方入口。',
        en: '**Claims here cost nothing, and we have no agents.** Whoever offers to recover your money for a fee is cheating you a second time. Use only this site and your order.',
      },
    ],
  },
];

export type Question = {
  readonly key: string;
  readonly lesson: string;
  readonly ask: Words;
  readonly choices: readonly Words[];
  /** Which of the choices is right, from 0. It never leaves the server before the answer. */
  readonly right: number;
  readonly because: Words;
};

export const questions: readonly Question[] = [
  {
    key: 'outside',
    lesson: 'money',
    ask: {
      zh: '商家说加微信付款便宜 5 元，你怎么办？',
      en: 'A shop offers 5 yuan off if you pay by another app. What do you do?',
    },
    choices: [
      { zh: '省一点是一点，加了再说', en: 'Take it; five yuan are five yuan' },
      { zh: '不加，只在订单里付款', en: 'Decline and pay within the order only' },
      { zh: '先付一半试试', en: 'Pay half of it there first' },
    ],
    right: 1,
    because: {
      zh: '站外的钱没有托管，出了事没有东西可以冻结。',
      en: 'Money outside is in no escrow: nothing can be held when it goes wrong.',
    },
  },
  {
    key: 'window',
    lesson: 'keys',
    ask: {
      zh: '卡密查看后 1 小时发现无效，谁要证明？',
      en: 'An hour after the reveal a key turns out invalid. Who has to prove what?',
    },
    choices: [
      { zh: '我要证明自己没用过', en: 'I must prove that I did not use it' },
      { zh: '商家要证明交付时有效', en: 'The shop must prove that it was valid on delivery' },
      { zh: '过了 10 分钟就不能提了', en: 'After ten minutes it is too late' },
    ],
    right: 1,
    because: {
      zh: '两小时内提出，推定交付时就无效。',
      en: 'Within two hours it counts as invalid on delivery.',
    },
  },
  {
    key: 'shots',
    lesson: 'claim',
    ask: {
      zh: '提申诉时没有商品页截图，会吃亏吗？',
      en: 'You have no screenshot of the listing. Does that hurt your claim?',
    },
    choices: [
      { zh: '不会，下单时的商品页平台已经存好', en: 'No: the listing of your order is kept by the platform' },
      { zh: '会，没有截图就不受理', en: 'Yes: without it the claim is not accepted' },
      { zh: '要先请人公证', en: 'It has to be notarised first' },
    ],
    right: 0,
    because: {
      zh: '付款时看到的商品页就是合同，系统自己固定。',
      en: 'The listing you paid for is the contract, and it is fixed by itself.',
    },
  },
  {
    key: 'late48',
    lesson: 'after',
    ask: {
      zh: '商家拒绝后超过 48 小时没申请介入，结果是？',
      en: 'You did not ask for a decision within 48 hours of the refusal. What follows?',
    },
    choices: [
      { zh: '什么权利都没有了', en: 'All rights are gone' },
      { zh: '只能找商家', en: 'Only the shop can help' },
      {
        zh: '平台程序停下，有原因可恢复一次，12315 和起诉照旧',
        en: 'Our procedure stops; it can be reopened once for cause, and 12315 and courts stay open',
      },
    ],
    right: 2,
    because: {
      zh: '停下的只是平台的程序，不是你的权利。',
      en: 'Only our procedure ends, not your rights.',
    },
  },
  {
    key: 'agent',
    lesson: 'after',
    ask: {
      zh: '有人私信说“交 20% 手续费，包你追回退款”，这是？',
      en: 'Somebody offers to recover your refund for a fee of 20 %. What is it?',
    },
    choices: [
      { zh: '平台的合作律师', en: 'A lawyer who works with the platform' },
      { zh: '假的，平台维权免费，没有代理', en: 'A fraud: claims are free and there are no agents' },
      { zh: '可以先交一部分', en: 'Worth a part payment' },
    ],
    right: 1,
    because: {
      zh: '只认订单里的官方入口，任何收费代办都是骗。',
      en: 'Only your order is the official way; anybody who charges is cheating.',
    },
  },
];

/** So many right answers pass. */
export const passMark = 4;
