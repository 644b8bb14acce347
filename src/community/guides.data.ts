import type { GuideKind, Topic } from './guides.contract.ts';
import type { Written } from './guides.rules.ts';

// What the help centre begins with. Operators change it there; what they wrote is never overwritten by a newer program.

export type GuideText = Written & { readonly slug: string; readonly kind: GuideKind; readonly topic: Topic };

type Both = readonly [zh: string, en: string];
const guide = (
  slug: string,
  topic: Topic,
  kind: GuideKind,
  title: Both,
  summary: Both,
  ...body: readonly Both[]
): GuideText => ({
  slug,
  topic,
  kind,
  title: { zh: title[0], en: title[1] },
  summary: { zh: summary[0], en: summary[1] },
  body: { zh: body.map((one) => one[0]).join('\n\n'), en: body.map((one) => one[1]).join('\n\n') },
});

export const shippedGuides: readonly GuideText[] = [
  guide(
    'first-order',
    'start',
    'guide',
    ['第一次下单，从头到尾', 'Your first order, from start to end'],
    [
      '选、付、看、试、确认，五步，每一步钱在哪都写着。',
      'Choose, pay, look, try, confirm: five steps, each saying where the money is.',
    ],
    [
      '**选**：看权益卡，那三列是商家的承诺、时刻和做不到时的后果。',
      '**Choose**: read the rights card; its columns are the promise, the time and what follows if it is broken.',
    ],
    ['**付**：钱进托管，不进商家口袋。[[3]]', '**Pay**: the money goes into escrow, not to the shop. [[3]]'],
    [
      '**看**：卡密封着，点“查看”才打开，每次都有记录。[[14]]',
      '**Look**: a key is sealed until you open it, and every look is recorded. [[14]]',
    ],
    ['**试**：查看后两小时内试完最稳妥。[[5]]', '**Try**: best within two hours of the look. [[5]]'],
    [
      '**确认**：没问题再确认。忘了也会自动确认，之后照样能申诉。[[41]]',
      '**Confirm** when all is well. It happens by itself if you forget, and you can still claim afterwards. [[41]]',
    ],
  ),
  guide(
    'rights-card',
    'start',
    'question',
    ['权益卡是什么', 'What is the rights card?'],
    [
      '商家对这一件商品的承诺，付款那一刻固定。',
      'What the shop promises for this product, fixed at the payment.',
    ],
    [
      '商品页和订单里的同一张卡。付款后，承诺变成具体的时间，商家之后改页面也不影响你。[[10]] [[12]]',
      'The same card on the listing and in the order. After the payment the promises become times, and later changes of the page do not touch you. [[10]] [[12]]',
    ],
  ),
  guide(
    'key-invalid',
    'keys',
    'guide',
    ['卡密无效或已被使用怎么办', 'A key is invalid or was used already'],
    [
      '先对一对，再申诉。两小时内提出，推定交付时就无效。',
      'Compare first, then claim. Within two hours it counts as invalid on delivery.',
    ],
    [
      '打开订单，用“对一对”核对你输入的和发给你的是否一样。多一个空格、O 和 0，都会提示。',
      'Open the order and compare what you typed with what was issued: a space, O and 0, are pointed out.',
    ],
    [
      '一样还是不行，点这张卡旁边的“申诉”。系统会去问发码方有没有人用过，查看记录也自动放进去。[[5]]',
      'If it is the same, press the claim beside that key. The issuer is asked whether it was used, and your looks are attached by themselves. [[5]]',
    ],
    [
      '商家 24 小时内要补发或退款，不动就自动退。',
      'The shop replaces or refunds within 24 hours; if it does nothing, you are refunded by itself.',
    ],
  ),
  guide(
    'key-cancel',
    'keys',
    'question',
    ['买了还没查看，能退吗', 'Can I cancel before I looked?'],
    [
      '能。没查看的卡密七天内随时取消，钱原路退。',
      'Yes. A key nobody has looked at can be cancelled within seven days.',
    ],
    [
      '在订单里点“取消这一张”。查看以后就不再是无理由，但有问题照样能申诉。[[20]]',
      'Press cancel beside it in the order. After a look it is no longer without a reason, yet a fault can always be claimed. [[20]]',
    ],
  ),
  guide(
    'paid-not-updated',
    'money',
    'guide',
    ['付款成功但订单没更新', 'Paid, and the order does not know'],
    [
      '不会丢。系统主动去支付机构核对，几分钟内有结果。',
      'Nothing is lost: we ask the payment institution and have an answer within minutes.',
    ],
    [
      '不用再付一次。多付的会自动原路退回。[[32]]',
      'Do not pay again. Whatever was paid twice goes back by itself. [[32]]',
    ],
    [
      '超过 15 分钟还没变，在订单里选“扣了款，订单没更新”，附上支付账单。',
      'After 15 minutes, choose “charged, and the order does not know” and attach the bill.',
    ],
  ),
  guide(
    'refund-when',
    'money',
    'question',
    ['退款多久到账', 'When does a refund arrive?'],
    [
      '我们 24 小时内发起；钱包立刻到，银行一般 1–3 天。',
      'We start it within 24 hours: wallets at once, banks in one to three days.',
    ],
    [
      '退款走原路。订单“钱在哪”那一格写着走到哪一步，和退款单号。[[31]]',
      'It goes the way the payment came. The order shows how far it is, and its number. [[31]]',
    ],
  ),
  guide(
    'late-delivery',
    'delivery',
    'guide',
    ['过了时间还没发货', 'The delivery is late'],
    [
      '可以一键取消；到最迟时间，系统自己退。',
      'Cancel with one click; at the latest the system refunds by itself.',
    ],
    [
      '承诺时间写在订单里。过了，就出现“取消并退款”，全额，不用商家同意。[[18]]',
      'The promised time stands in the order. After it you can cancel for the full amount without asking the shop. [[18]]',
    ],
    [
      '聊天里发来的“已发货”不算交付，东西要进订单。[[13]]',
      'A “sent” in the chat is no delivery; the goods must be in the order. [[13]]',
    ],
  ),
  guide(
    'sign-parcel',
    'delivery',
    'guide',
    ['签收快递前后做什么', 'Before and after you sign for a parcel'],
    [
      '先看外包装，再签；拆箱按清单核对；包装和面单先留着。',
      'Look at the box, then sign; check the contents against the list; keep the packaging and the label.',
    ],
    [
      '**签收前**：有破损、挤压、拆封，可以拒收，拍照传到订单里。商家收到退件，或者一直不理，钱都退你。',
      '**Before**: a damaged, crushed or opened box may be refused; upload photos. When it is back, or if the shop stays silent, you are refunded.',
    ],
    [
      '**拆箱**：订单里有核对清单，型号、数量、配件一项一项点。少一样，按那一项退。[[10]]',
      '**Unpacking**: the order has a checklist of model, quantity and parts. What is missing is refunded by its line. [[10]]',
    ],
    [
      '**包装和面单**留到问题解决，运输中的损失由商家承担。',
      '**Keep the packaging and the label** until all is settled; losses on the way are the shop’s.',
    ],
  ),
  guide(
    'how-to-claim',
    'claims',
    'guide',
    ['怎么提申诉', 'How to file a claim'],
    [
      '在订单里点“申诉”，三段话，其余系统来。',
      'Press claim in the order and write three short parts; the system does the rest.',
    ],
    [
      '发生了什么、凭什么、要什么。商品页、聊天、查看记录已经自动放好，不用截图。[[24]]',
      'What happened, on what ground, what you want. Listing, chat and looks are attached; no screenshots needed. [[24]]',
    ],
    [
      '提交后，涉及的钱立刻冻结，页面写着轮到谁、最迟几点、不做会怎样。',
      'The money concerned is held at once, and the page says whose turn it is, until when, and what follows if nobody acts.',
    ],
  ),
  guide(
    'escalate-48',
    'claims',
    'question',
    ['48 小时过了还能找平台吗', 'Can I still come to you after 48 hours?'],
    [
      '有正当原因可以恢复一次；12315 和起诉任何时候都行。',
      'It can be reopened once for good cause; 12315 and courts are open at any time.',
    ],
    [
      '过期停下的只是平台程序。比如住院，附上凭据，申请恢复。[[26]] [[40]]',
      'Only our procedure ends. If you were in hospital, say, attach a paper and ask to reopen it. [[26]] [[40]]',
    ],
  ),
  guide(
    'no-agents',
    'safety',
    'guide',
    ['维权不收费，也没有代理', 'Claims are free, and there are no agents'],
    [
      '谁说“交钱帮你追回”，就是第二次骗你。',
      'Whoever offers to recover your money for a fee is cheating you a second time.',
    ],
    [
      '官方入口只有：订单里的“申诉”、站内客服、本页的预约回电。我们不会主动加你微信，也不会要你的密码、验证码、屏幕共享。',
      'The only official ways: the claim in your order, the support on this site, a call you booked here. We never add you elsewhere and never ask for passwords, codes or your screen.',
    ],
    [
      '这里的提问里出现这类话，会先压下来，等客服看过。看到了请告诉我们。',
      'Posts with such offers are held back until somebody has looked. Tell us when you see one.',
    ],
  ),
  guide(
    'off-platform',
    'safety',
    'question',
    ['商家让我加微信付款，可以吗', 'A shop wants me to pay by another app'],
    [
      '不可以。站外的钱没有托管，出事没有东西可以冻结。',
      'No. Money outside is in no escrow, and nothing can be held.',
    ],
    [
      '在聊天里点“举报”，那句话已经自动记录。你不会因为没答应而吃亏。[[4]]',
      'Report it in the chat; the words are recorded already, and declining never counts against you. [[4]]',
    ],
  ),
  guide(
    'my-data',
    'account',
    'guide',
    ['拿走我的数据', 'Take my data with me'],
    [
      '账户页里可以要一份完整的副本：订单、聊天、申诉、证据目录。',
      'Ask for a full copy in your account: orders, chat, cases, an index of evidence.',
    ],
    [
      '要再输一次密码。做好后七天内能下载一次，之后自动删除。里面没有别人的秘密，也没有卡密本身。[[39]]',
      'Your password is asked for again. It can be fetched once within seven days and is then deleted. It holds nobody else’s secrets, and no keys. [[39]]',
    ],
  ),
  guide(
    'guest-order',
    'account',
    'question',
    ['没注册买的，怎么找回订单', 'I bought without an account; where is my order?'],
    [
      '用联系方式和订单密码在“找订单”里打开。',
      'Open it under “find my order” with your contact and the order password.',
    ],
    [
      '注册以后还可以把它认领到账户里，以后不用再输。',
      'With an account you can claim it and need not type them again.',
    ],
  ),
  guide(
    'sell-here',
    'sell',
    'question',
    ['怎么在这里开店', 'How do I sell here?'],
    [
      '身份、许可、授权先过审，交保证金，再上架。',
      'Identity, licences and authorisations are checked and a deposit is paid first.',
    ],
    [
      '上架必填：怎么交付、多久、怎么绑定、售后多长、怎么退。没写的限制对买家无效。[[7]] [[8]]',
      'A listing must say how and how fast you deliver, how it is bound, how long you answer for it and how you refund. What it does not say does not bind the buyer. [[7]] [[8]]',
    ],
  ),
];
