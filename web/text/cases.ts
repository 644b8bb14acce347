import { caseHearing } from './case-hearing.ts';

/** Texts of the pages of a case, for the buyer and the shop. */
export const cases = {
  ...caseHearing,
  title: { zh: '售后 {title}', en: 'Case: {title}' },
  crumb: { zh: '售后', en: 'Case' },
  mine: { zh: '我的售后', en: 'My cases' },
  mineNone: { zh: '还没有售后', en: 'No cases yet' },
  mineNoneText: {
    zh: '卡密不能用、没发货、和描述不符，都从订单页提交。',
    en: 'When a key fails, nothing comes, or it is not as described, file it on the page of the order.',
  },
  toOrders: { zh: '看我的订单', en: 'My orders' },

  // What the buyer reads first.
  b_negotiation: {
    zh: '你的 {amount} 还在托管，商家拿不走',
    en: 'Your {amount} is in escrow, out of the shop’s reach',
  },
  b_negotiation_x: {
    zh: '现在等商家处理，你不用做什么，也不用一直守着。到时间系统会自己动。',
    en: 'The shop has to act now. You need do nothing and need not watch: when the time is over the system acts.',
  },
  b_settled: {
    zh: '货款已结算，你的 {amount} 照样有着落',
    en: 'The shop was paid, and your {amount} is still covered',
  },
  b_settled_x: {
    zh: '先从商家余额和保证金里赔，不够的由平台基金垫上，再向商家追。[[30]]',
    en: 'It comes from the shop’s balance and deposit first; the platform’s fund pays what is missing and recovers it. [[30]]',
  },
  b_offer: { zh: '商家提了方案，等你决定', en: 'The shop made an offer; you decide' },
  b_offer_x: {
    zh: '接受就马上执行。不接受，时钟照走，商家还要继续处理。',
    en: 'Accept and it is carried out at once. If you do not, the clock runs on and the shop must go on.',
  },
  b_refused: { zh: '商家没同意，钱还冻着', en: 'The shop did not agree; the money stays frozen' },
  b_refused_x: {
    zh: '轮到你决定要不要请平台裁决。他写了理由和证据，都在下面，你可以逐条回应。',
    en: 'You decide whether the platform should. The shop’s reason and evidence are below; you can answer each.',
  },
  b_intervention: {
    zh: '平台接手了，商家拿不走这笔钱',
    en: 'The platform took over; the shop cannot have this money',
  },
  b_intervention_x: {
    zh: '会有一个与双方无关的人来核查。你不用重复说，材料都在这里。',
    en: 'Somebody with no ties to either side looks into it. Nothing needs to be said twice; it is all here.',
  },
  b_review: { zh: '有人在核查，到时间一定有结果', en: 'It is being looked into, and a result comes in time' },
  b_review_x: {
    zh: '平台要是超时，而你有初步证据，就先把钱赔给你。[[27]]',
    en: 'If the platform is late and you have shown first evidence, you are paid first. [[27]]',
  },
  b_evidence_me: { zh: '等你补一份证据', en: 'One piece of evidence is needed from you' },
  b_evidence_me_x: {
    zh: '要什么写在下面。到时间没有也能裁决，只是这一点可能算不清。',
    en: 'What is needed stands below. Without it a decision still comes, but this point may stay open.',
  },
  b_evidence: {
    zh: '等商家拿证据，拿不出对他不利',
    en: 'The shop must show evidence, or it counts against it',
  },
  b_evidence_x: { zh: '你不用做什么。[[22]]', en: 'You need do nothing. [[22]]' },
  b_decided_won: { zh: '平台支持你：{amount}', en: 'Decided for you: {amount}' },
  b_decided_won_x: {
    zh: '过了复核时间自动执行。要是有人申请复核，换一个没经手过的人再看一次。[[29]]',
    en: 'Carried out by itself when the time to appeal is over. On appeal somebody else looks once more. [[29]]',
  },
  b_decided_lost: { zh: '这次没有支持你', en: 'Not decided for you this time' },
  b_decided_lost_x: {
    zh: '理由和证据都在下面。不服可以换人再看一次；12315 和起诉随时可以。[[29]]',
    en: 'Reasons and evidence are below. You can have somebody else look again; 12315 and the courts are always open. [[29]]',
  },
  b_appealed: { zh: '换了一个人，从头再看', en: 'Somebody else looks at all of it again' },
  b_appealed_x: {
    zh: '经手过的人不能参与。结果出来马上执行。[[29]]',
    en: 'Nobody who had it before takes part. The result is carried out at once. [[29]]',
  },
  b_executing: { zh: '定了，正在执行', en: 'Settled, and being carried out' },
  b_executing_x: {
    zh: '商家到时间没做到，自动改成退款。[[31]]',
    en: 'If the shop has not done it in time, it becomes a refund by itself. [[31]]',
  },
  b_refunded: { zh: '{amount} 退给你了', en: '{amount} is back with you' },
  b_refunded_x: {
    zh: '退到你付款的地方。退到余额的马上能用，原路退回的一般 1–3 天到账。[[31]]',
    en: 'To where you paid from: the wallet at once, other ways in 1 to 3 days. [[31]]',
  },
  b_reissued: { zh: '新的卡密到了', en: 'Your new key is here' },
  b_reissued_x: {
    zh: '在订单页里封着。查看后重新给你 2 小时验证，旧的已作废。[[5]][[44]]',
    en: 'It lies sealed in your order. Its 2 hours begin when you reveal it; the old one is void. [[5]] [[44]]',
  },
  b_nothing: { zh: '这一案结束了，没有退款', en: 'This case is over without a refund' },
  b_nothing_x: {
    zh: '12315 和起诉不受影响。[[40]]',
    en: '12315 and the courts are not affected. [[40]]',
  },
  b_performed: { zh: '商家补做了', en: 'The shop did what it owed' },
  b_performed_x: { zh: '还有问题，可以再提交。', en: 'If something is still wrong, file again.' },
  b_withdrawn: { zh: '你撤回了这次售后', en: 'You withdrew this case' },
  b_withdrawn_x: {
    zh: '钱恢复原来的安排。有新情况还能再提一次。',
    en: 'The money is back on its course. With something new it can be filed once more.',
  },
  b_lapsed: { zh: '平台程序到此为止，你的权利没有消失', en: 'Our procedure ended; your rights did not' },
  b_lapsed_x: {
    zh: '可以补交原因恢复一次，或走 12315、起诉。[[26]]',
    en: 'With a reason it reopens once; or use 12315 or a court. [[26]]',
  },
  b_inadmissible: {
    zh: '平台没有受理，原因写在下面',
    en: 'The platform did not take it up; the reason is below',
  },
  b_inadmissible_x: {
    zh: '12315 和起诉不受影响。[[40]]',
    en: '12315 and the courts are not affected. [[40]]',
  },

  // Below the clock: what happens if not.
  who_merchant: { zh: '轮到商家：{shop}', en: 'The shop’s turn: {shop}' },
  who_buyer: { zh: '轮到你', en: 'Your turn' },
  who_platform: { zh: '轮到平台', en: 'The platform’s turn' },
  m_buyersTurn: { zh: '轮到买家', en: 'The buyer’s turn' },
  m_shopsTurn: { zh: '商家处理', en: 'The shop acts' },
  who_final: { zh: '离裁决生效', en: 'Until the decision is final' },
  who_close: { zh: '离结案', en: 'Until it is closed' },
  else_remedy_refund: {
    zh: '他要在这之前**补发一个能用的，或者退款**，由你选。只回一句“在查”不算处理，时钟不停。[[5]][[21]]',
    en: 'By then it must **replace or refund**, as you choose. “Looking into it” does not count; the clock runs. [[5]] [[21]]',
  },
  m_else_remedy_refund: {
    zh: '到时没有补发、退款或拒绝：系统**自动退款**，计入超时。只回一句“在查”不算处理，时钟不停。[[5]][[21]]',
    en: 'Without a replacement, refund or refusal by then it is **refunded by itself** and counted as late. “Looking into it” does not count. [[5]] [[21]]',
  },
  m_else_remedy_intervene: {
    zh: '到时没有处理方案：平台介入，并推定买家说得对。[[8]][[21]]',
    en: 'Without a way out by then the platform steps in and presumes the buyer right. [[8]] [[21]]',
  },
  m_else_decide: {
    zh: '到时没裁决，而买家有初步证据：先赔买家，商家可在 72 小时内异议。[[27]][[30]]',
    en: 'If undecided then and the buyer showed first evidence, the buyer is paid first; the shop may object for 72 hours. [[27]] [[30]]',
  },
  m_presumedNote: {
    zh: '**先推定买家说得对。**他在查看后 2 小时内提出，推定交付时就无效；要推翻，由商家证明。[[5]][[22]]',
    en: '**The buyer is presumed right.** It was reported within 2 hours of the reveal; the other side has to prove otherwise. [[5]] [[22]]',
  },
  else_remedy_intervene: {
    zh: '他要在这之前给出处理方案。只回一句“在查”不算处理，时钟不停。[[8]][[21]]',
    en: 'By then it must offer a way out. “Looking into it” does not count; the clock runs. [[8]] [[21]]',
  },
  else_escalate: {
    zh: '到时没申请，平台程序终止，钱再等 24 小时恢复安排。我们会在到期前 24 小时和 4 小时各提醒一次。[[26]]',
    en: 'If not, our procedure ends and the money waits 24 hours more. You are reminded 24 and 4 hours before. [[26]]',
  },
  else_accept: {
    zh: '平台要在这之前受理。超时自动报警，不影响你。[[27]]',
    en: 'The platform takes it up by then. If late, an alarm rises; you lose nothing. [[27]]',
  },
  else_decide: {
    zh: '到时没裁决，而你有初步证据：先赔你，不用等。[[27]]',
    en: 'If undecided then and you showed first evidence, you are paid first. [[27]]',
  },
  else_evidence: {
    zh: '到时没交，不再等，按已有的证据裁决，对不交的一方不利。[[22]]',
    en: 'If nothing comes, it is decided on what there is, to the disadvantage of who kept it back. [[22]]',
  },
  else_finalise: {
    zh: '到时没人申请复核，裁决生效，马上执行。[[29]]',
    en: 'Without an appeal the decision becomes final and is carried out at once. [[29]]',
  },
  else_execute: {
    zh: '到时没做到，自动退款。[[31]]',
    en: 'If not done by then, it is refunded by itself. [[31]]',
  },
  else_close: {
    zh: '到时结案。先行赔付的，商家在这之前可以提异议，不会找你要回。[[30]]',
    en: 'Then it is closed. Where you were paid first, the shop may object until then; nothing is taken back from you. [[30]]',
  },
  else_unhold: {
    zh: '到时钱恢复原来的安排。补交原因可以恢复处理。[[26]]',
    en: 'Then the money goes its course. With a reason the case reopens. [[26]]',
  },
  decideBy: { zh: '裁决最迟 {time}', en: 'A decision by {time}' },

  // The only things that can happen next.
  ifs: { zh: '接下来只有这几种可能', en: 'Only these can happen next' },
  if_settle: { zh: '他补发或退款', en: 'It replaces or refunds' },
  if_settle_x: {
    zh: '你来决定接不接受。补发的重新给你 2 小时验证。',
    en: 'You decide whether to accept. A new key gets 2 hours of its own.',
  },
  if_silent: { zh: '他到 {time} 还没处理', en: 'It has done nothing by {time}' },
  if_silent_refund: {
    zh: '系统自动退 **{amount}** 到你付款的地方。你不用点任何按钮。[[5]][[31]]',
    en: 'The system refunds **{amount}** to where you paid from. You press nothing. [[5]] [[31]]',
  },
  if_silent_intervene: {
    zh: '平台自动介入，并先推定你说得对。你不用点任何按钮。[[26]]',
    en: 'The platform steps in by itself and presumes you are right. You press nothing. [[26]]',
  },
  if_refuse: { zh: '他拒绝', en: 'It refuses' },
  if_refuse_x: {
    zh: '必须写理由并拿出证据，光说“操作不当”提交不了。之后你有 48 小时可以请平台裁决，我们会提醒两次。[[22]][[26]]',
    en: 'Only with a reason and evidence; “user error” alone cannot be sent. Then you have 48 hours to ask the platform, with two reminders. [[22]] [[26]]',
  },
  if_escalate: { zh: '你请平台裁决', en: 'You ask the platform to decide' },
  if_escalate_x: {
    zh: '1 个工作日内受理，快速通道 24 小时、其他 3 个工作日内裁决。[[27]]',
    en: 'Taken up in 1 working day; decided in 24 hours on the fast lane, else in 3 working days. [[27]]',
  },
  if_change: { zh: '商家改主意，同意你的诉求', en: 'The shop changes its mind' },
  if_change_x: { zh: '随时可以，马上执行。', en: 'It may at any time; it is carried out at once.' },
  if_nothing: { zh: '你什么都不做', en: 'You do nothing' },
  if_nothing_x: {
    zh: '{time} 平台程序终止，权利还在，补交原因可以恢复一次。[[26]]',
    en: 'At {time} our procedure ends; your rights remain, and with a reason it reopens once. [[26]]',
  },
  if_won: { zh: '支持你', en: 'For you' },
  if_won_x: {
    zh: '从托管里退；结算过的，从商家余额、保证金、平台基金里赔。[[30]]',
    en: 'Out of escrow; once settled, from the shop’s balance, its deposit, the fund. [[30]]',
  },
  if_lost: { zh: '不支持', en: 'Not for you' },
  if_lost_x: {
    zh: '写明理由。你可以申请换一个人再看一次。[[28]][[29]]',
    en: 'With reasons. You can have somebody else look again. [[28]] [[29]]',
  },
  if_late: { zh: '平台超时', en: 'The platform is late' },
  if_late_x: {
    zh: '{time} 还没结果，先赔你。[[27]]',
    en: 'Without a result at {time} you are paid first. [[27]]',
  },
  if_appeal: { zh: '有人申请复核', en: 'Somebody appeals' },
  if_appeal_x: { zh: '换没经手过的人，只有一次。[[29]]', en: 'Somebody new looks, once. [[29]]' },
  if_final: { zh: '没人申请', en: 'Nobody appeals' },
  if_final_x: {
    zh: '{time} 生效，马上执行。[[29]][[31]]',
    en: 'Final at {time}, and carried out at once. [[29]] [[31]]',
  },

  // Both sides.
  sides: { zh: '双方怎么说', en: 'What both say' },
  you: { zh: '你', en: 'You' },
  buyerSide: { zh: '买家', en: 'The buyer' },
  fact: { zh: '事实', en: 'Facts' },
  basis: { zh: '依据', en: 'Basis' },
  demand: { zh: '诉求', en: 'Demand' },
  reply: { zh: '回复', en: 'Reply' },
  proofs: { zh: '证据', en: 'Proof' },
  standing: { zh: '结论', en: 'So far' },
  basisText: { zh: '下单时的商品页第 {version} 版', en: 'Version {version} of the listing, as ordered' },
  noReply: { zh: '还没有答复', en: 'No reply yet' },
  noProof: { zh: '还没有提交', en: 'None yet' },
  silent: { zh: '到时间没处理', en: 'Silent until the end' },
  notYet: { zh: '还不算处理方案', en: 'Not a way out yet' },
  offered: { zh: '提出：{what}', en: 'Offers: {what}' },
  refusedFor: { zh: '拒绝：{why}', en: 'Refuses: {why}' },
  agreed: { zh: '同意', en: 'Agreed' },
  tried: { zh: '试过：{text}', en: 'Tried: {text}' },
  code: { zh: '错误代码 {code}', en: 'Error code {code}' },
  newerListing: {
    zh: '商家后来改过商品页，以你下单时的为准。[[10]]',
    en: 'The shop changed the listing later; the one you ordered from counts. [[10]]',
  },
  presumedNote: {
    zh: '**先推定你说得对。**你在查看后 2 小时内提出，推定交付时就无效；商家要推翻，得自己证明。[[5]][[22]]',
    en: '**You are presumed right.** You reported it within 2 hours of seeing it; the shop has to prove otherwise. [[5]] [[22]]',
  },
  burden_merchant: {
    zh: '**谁要证明？**由商家证明，他证明不了就退款或补发。你已经说清了初步事实，够了。[[22]]',
    en: '**Who proves it?** The shop, or it refunds or replaces. You have said enough. [[22]]',
  },
  burden_buyer: {
    zh: '**谁要证明？**这一点由你说明。',
    en: '**Who proves it?** This point is yours to show.',
  },
  burden_platform: {
    zh: '**谁要证明？**平台自己的记录说了算，你不用证明。',
    en: '**Who proves it?** The platform’s own records; you need prove nothing.',
  },
  burden_shared: {
    zh: '**谁要证明？**你说明初步事实，其余由商家证明。[[22]]',
    en: '**Who proves it?** You show the first facts, the shop the rest. [[22]]',
  },
  history: { zh: '全部往来（{count} 条）', en: 'Everything that was said ({count})' },

  binder: { zh: '证据夹', en: 'Evidence' },
  binderNote: { zh: '双方都看得到，都改不了', en: 'Both see it, nobody can change it' },
  bySystem: { zh: '系统', en: 'The system' },
  byBuyer: { zh: '买家提交', en: 'from the buyer' },
  byMerchant: { zh: '商家提交', en: 'from the shop' },
  exhibitAt: { zh: '{by} · {time} 提交', en: '{by} · {time}' },
  formedAt: { zh: '{by} · 形成 {formed}，提交 {time}', en: '{by} · from {formed}, sent {time}' },
  wanted: { zh: '可以补充：{what}', en: 'Could be added: {what}' },
  add: { zh: '补充证据', en: 'Add evidence' },
  addKind: { zh: '是什么', en: 'What it is' },
  addText: { zh: '上面写了什么', en: 'What it says' },
  addHint: { zh: '照原文写。提交后谁也改不了。', en: 'Word for word. Once sent, nobody can change it.' },
  addDo: { zh: '提交证据', en: 'Send evidence' },

  // Money.
  moneyFrozen: { zh: '这笔钱冻住了', en: 'This money is frozen' },
  moneyBack: { zh: '这笔钱退给你了', en: 'This money is back with you' },
  moneyShop: { zh: '这笔钱已结算', en: 'This money was settled' },
  moneyPaid: { zh: '已付出', en: 'paid' },
  moneyHeldFor: { zh: '因这次售后', en: 'for this case' },
  moneyNever: { zh: '结案前不付', en: 'not before the end' },
  moneyGone: { zh: '没有了', en: 'nothing' },
  moneyGot: { zh: '结算过', en: 'settled' },
  moneyText: {
    zh: '不管订单走到哪一步，售后没结束就不结算。[[3]]',
    en: 'Wherever the order is, nothing is settled before the case ends. [[3]]',
  },
  moneyHere: { zh: '已退回', en: 'back with you' },
  moneyTextBack: {
    zh: '退到你付款的地方，这几件没有一分付给商家。[[31]]',
    en: 'To where you paid from; not a fen for these units went to the shop. [[31]]',
  },
  moneyFrom: { zh: '钱从哪里出', en: 'Where the money came from' },

  // Acts of the buyer.
  acts: { zh: '你可以做的', en: 'What you can do' },
  accept: { zh: '接受：{what}', en: 'Accept: {what}' },
  acceptAfter: { zh: '马上执行，不能反悔。', en: 'Carried out at once, for good.' },
  counter: { zh: '改诉求', en: 'Change the demand' },
  counterAfter: { zh: '随时可以改，不影响时限。', en: 'At any time; no clock changes.' },
  wantRemedy: { zh: '想要', en: 'You want' },
  wantAmount: { zh: '退多少（元）', en: 'How much (yuan)' },
  wantAmountHint: { zh: '最多 {amount}。不填就是全退。', en: 'At most {amount}. Empty: all of it.' },
  wantText: { zh: '说一句', en: 'A word to it' },
  counterDo: { zh: '就按这个', en: 'Ask for this' },
  escalate: { zh: '申请平台介入', en: 'Ask the platform to decide' },
  escalateAfter: {
    zh: '1 个工作日内受理。商家的钱继续冻着。[[27]]',
    en: 'Taken up in 1 working day; the money stays frozen. [[27]]',
  },
  escalateWhy: {
    zh: '商家到 {time} 前还能处理。他拒绝或超时，这里立刻可用。[[26]]',
    en: 'The shop has until {time}. When it refuses or is late, this opens at once. [[26]]',
  },
  escalateText: { zh: '你想让平台看什么', en: 'What the platform should look at' },
  reopen: { zh: '补交原因，恢复处理', en: 'Reopen with a reason' },
  reopenAfter: { zh: '只能恢复一次。[[26]]', en: 'Once only. [[26]]' },
  reopenText: { zh: '为什么没在 48 小时内申请', en: 'Why it was not within 48 hours' },
  withdraw: { zh: '撤回售后', en: 'Withdraw' },
  withdrawAfter: {
    zh: '钱恢复原来的结算安排。有新情况还能再提一次。',
    en: 'The money goes back to its course. With something new it can be filed once more.',
  },
  withdrawWarn: {
    zh: '有人让你撤回、答应站外给你钱？别撤。撤回后这里不再保护这笔钱。[[4]]',
    en: 'Did somebody promise money elsewhere if you withdraw? Do not. This money is then no longer protected here. [[4]]',
  },
  withdrawText: { zh: '为什么撤回（可不填）', en: 'Why (optional)' },
  withdrawDo: { zh: '确定撤回', en: 'Withdraw it' },
  appeal: { zh: '申请换人复核', en: 'Appeal' },
  appealAfter: { zh: '换没经手过的人再看，只有一次。[[29]]', en: 'Somebody new looks, once. [[29]]' },
  appealGround: { zh: '理由', en: 'Ground' },
  ground_new_evidence: { zh: '有新证据', en: 'New evidence' },
  ground_procedure: { zh: '程序有问题', en: 'The procedure was wrong' },
  ground_wrong_article: { zh: '条款用错了', en: 'The wrong article' },
  ground_conflict: { zh: '承办人有利益冲突', en: 'A conflict of interest' },
  appealText: { zh: '哪里不对', en: 'What is wrong' },
  toOrder: { zh: '去订单页', en: 'To the order' },
  outside: {
    zh: '你也随时可以向 12315 投诉或起诉，不影响这里的处理。[[40]]',
    en: 'You can also complain to 12315 or go to court at any time; nothing here changes. [[40]]',
  },
  steps: { zh: '走到哪一步了', en: 'Where it stands' },
  todo_decide: { zh: '平台裁决（如需要）', en: 'The platform decides, if needed' },
  todo_decide_x: { zh: '3 个工作日内，快速通道 24 小时', en: '3 working days, 24 hours on the fast lane' },
  todo_execute: { zh: '退款或补发执行', en: 'Refund or replacement' },
  todo_execute_x: { zh: '生效后 24 小时内', en: 'within 24 hours of its effect' },
  decision: { zh: '裁决书', en: 'The decision' },
  ruling: { zh: '复核决定', en: 'The ruling on appeal' },
  found: { zh: '查明', en: 'Findings' },
  weighed: { zh: '证据', en: 'Evidence' },
  reasoned: { zh: '责任', en: 'Liability' },
  resolved: { zh: '处理', en: 'Result' },
  liabilityLine: { zh: '{who} {share}%', en: '{who} {share}%' },
  did: { zh: '记下了。', en: 'Recorded.' },
  filedDone: {
    zh: '提交好了，钱已经冻住。下面写着谁必须在什么时候做什么。',
    en: 'Filed, and the money is frozen. Below is who must do what by when.',
  },
} as const;
