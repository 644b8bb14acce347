import type { RefusalCatalogue } from '../kit/result.ts';

export const caseRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  NOT_ASKED: {
    status: 409,
    zh: '结案以后才能评价。',
    en: 'You can rate it once the case is closed.',
  },
  ANSWERED: { status: 409, zh: '这一次已经评过了，谢谢。', en: 'You rated this one already, thank you.' },
  SUMMARY_IDENTIFIES: {
    status: 422,
    zh: '摘要里有能认出人的内容，改掉再提交。',
    en: 'The summary holds something that identifies somebody. Change it and send it again.',
  },
  PRECEDENT_NOT_FOUND: { status: 404, zh: '没有这个先例。', en: 'There is no such precedent.' },
  NOT_SURE: {
    status: 503,
    zh: '这一件没有确认处理成。打开看一眼，还没动就再点一次，不会重复退款。',
    en: 'We are not sure about this one. Open it; if nothing happened press again, nothing is paid twice.',
  },
  NOT_CALLED: {
    status: 409,
    zh: '这一单的买家没有找过客服，不能代为提交。请买家自己在订单页申请。',
    en: 'The buyer of this order never called the support. They file it themselves on the order page.',
  },
  CASE_NOT_FOUND: { status: 404, zh: '没有找到这个售后。', en: 'We could not find this case.' },
  ORDER_NOT_PAID: {
    status: 409,
    zh: '这一单没有付过款，没有可以申诉的。',
    en: 'This order was never paid; there is nothing to claim.',
  },
  STILL_TO_COME: {
    status: 409,
    zh: '还没交付，不用申诉。到承诺时间没交付，在订单页一键取消，全额退；再晚系统自动退。',
    en: 'It is not delivered yet. Once the promise is over, cancel with one click on the order page and get all back; later it goes back by itself.',
  },
  PLACES_UNKNOWN: { status: 422, zh: '选的那一件不在这一单里。', en: 'This order has no such unit.' },
  NOTHING_LEFT: {
    status: 409,
    zh: '选的都退过或取消了，没有剩下可退的钱。',
    en: 'What you chose was refunded or cancelled; nothing is left to refund.',
  },
  CASE_OPEN: {
    status: 409,
    zh: '选的这几件已经有一个售后在处理，去那里补充就行。',
    en: 'A case about these units is open already; add to that one.',
  },
  CASE_WAS_DECIDED: {
    status: 409,
    zh: '这几件因为同样的原因处理过了。不服结果，走那一次的复核，或 12315、起诉。',
    en: 'The same claim about these units was decided. Use the appeal of that case, 12315 or a court.',
  },
  WITHDRAWN_TWICE: {
    status: 409,
    zh: '撤回后只能再提一次，这几件已经提过了。',
    en: 'After a withdrawal a claim can be filed once more, and it was.',
  },
  REASON_UNFIT: {
    status: 422,
    zh: '这种商品没有这个申诉场景，请选最像的一个。选错了不影响你的时间和权利。',
    en: 'This scene does not exist for such goods. Pick the closest; a wrong one costs you nothing.',
  },
  FILING_OVER: {
    status: 409,
    zh: '这个场景的提交时间过了。别的场景也许还能提，12315 和起诉不受影响。',
    en: 'The time to file this scene is over. Another scene may be open, and 12315 and the courts are.',
  },
  REMEDY_UNFIT: {
    status: 422,
    zh: '这个场景不能这样处理，请换一种诉求。',
    en: 'This scene has no such remedy; please ask for another.',
  },
  AMOUNT_TOO_HIGH: {
    status: 422,
    zh: '金额超过了这几件还能退的钱。',
    en: 'This is more than can be refunded for these units.',
  },
  AMOUNT_MISSING: { status: 422, zh: '要退多少，请写一个金额。', en: 'Please say how much.' },
  NOT_YOUR_TURN: {
    status: 409,
    zh: '现在这一步做不了，售后已经往前走了。刷新看看现在到哪一步。',
    en: 'This cannot be done now; the case has moved on. Reload to see where it is.',
  },
  NO_OFFER: { status: 409, zh: '现在没有等你答复的方案。', en: 'There is no offer to accept now.' },
  TOO_EARLY: {
    status: 409,
    zh: '商家还有时间处理。他拒绝、超时，或谈了两轮没成，就能申请。',
    en: 'The shop still has time. When it refuses, is late, or two offers failed, this opens.',
  },
  ESCALATION_OVER: {
    status: 409,
    zh: '申请平台介入的时间过了。有正当理由，可以补交原因恢复一次。',
    en: 'The time to escalate is over. With a good reason the case reopens once.',
  },
  REOPENING_OVER: {
    status: 409,
    zh: '恢复的时间过了，或者已经恢复过一次。12315 和起诉不受影响。',
    en: 'The time to reopen is over, or it was reopened once. 12315 and the courts are open.',
  },
  USER_ERROR_ALONE: {
    status: 422,
    zh: '只说“操作不当”不算答复。选一个具体的理由，并拿出证据。时钟没有停。',
    en: '“User error” alone is no answer. Name what exactly, and show it. The clock has not stopped.',
  },
  EXHIBIT_MISSING: {
    status: 422,
    zh: '拒绝必须附上证据。没有证据的拒绝不算答复，时钟没有停。',
    en: 'A refusal needs evidence. Without it, it is no answer, and the clock has not stopped.',
  },
  EXHIBIT_EMPTY: {
    status: 422,
    zh: '这份证据还是空的：选一个文件，或者写下上面写了什么。',
    en: 'This exhibit is empty: choose a file, or write what it says.',
  },
  EXHIBIT_CODE_MISSING: {
    status: 422,
    zh: '报错页面要写上错误代码，没有代码就写提示原文，这样才能查、才能比。',
    en: 'Write the code that the failure page shows, or its words: only then it can be looked up.',
  },
  EXHIBIT_FILE_UNKNOWN: {
    status: 422,
    zh: '文件没有上传成功，请重新选择。',
    en: 'The file was not uploaded. Please choose it again.',
  },
  EXHIBIT_WANTED: {
    status: 422,
    zh: '这个场景要先有证据：报错页面（带错误代码），或者实物的照片、视频。卡密问题也可以先在订单页比对或问发码方。',
    en: 'This scene needs evidence first: the failure page with its code, or a photo or video of the goods. For a key, comparing it or asking its issuer on the order page does as well.',
  },
  REDACTION_UNFIT: {
    status: 422,
    zh: '涂黑的副本要配自己交过、只给平台看的那一份。',
    en: 'A redacted copy belongs to an exhibit of your own that only the platform sees.',
  },
  EXHIBITS_FULL: {
    status: 409,
    zh: '证据已经很多了，请先说明要点。',
    en: 'There are many exhibits already.',
  },
  NO_STOCK: {
    status: 409,
    zh: '没有可补发的库存。补货后再试，或改成退款。',
    en: 'There is no key to replace it with. Add stock, or refund.',
  },
  REISSUED_OFTEN: {
    status: 409,
    zh: '这一张已经补发到上限，只能退款。',
    en: 'This key was replaced as often as the rules allow; refund it.',
  },
  CONFLICT_OF_INTEREST: {
    status: 409,
    zh: '你与这一案有关，或经手过它，不能承办。',
    en: 'You are involved in this case or had it in hands before, so you cannot take it.',
  },
  NOT_ASSIGNED: {
    status: 409,
    zh: '这一案不在你手上。先接案。',
    en: 'This case is not yours. Take it first.',
  },
  ROUNDS_OVER: {
    status: 409,
    zh: '举证的次数用完了，请裁决。',
    en: 'Evidence was asked for often enough; please decide.',
  },
  ARTICLE_MISSING: {
    status: 422,
    zh: '没有引用条款。没有依据的裁决发不出去。',
    en: 'No article is cited. A decision without one cannot be issued.',
  },
  LIABILITY_WRONG: {
    status: 422,
    zh: '责任比例加起来要是 100，并且和处理结果一致。',
    en: 'The shares of liability must add up to 100 and fit the result.',
  },
  SAME_EYES: { status: 409, zh: '复核要由另一个人来做。', en: 'Somebody else has to countersign.' },
  APPEAL_OVER: {
    status: 409,
    zh: '申请复核的时间过了，或者这一步不能申请。起诉和仲裁不受影响。',
    en: 'The time to appeal is over, or there is nothing to appeal. The courts are open.',
  },
  ARBITRATION_OVER: {
    status: 409,
    zh: '申请仲裁庭的时间过了，或者这一步不能申请。起诉和仲裁不受影响。',
    en: 'The time to ask for a panel is over, or there is nothing to hear. The courts are open.',
  },
  JURY_UNFIT: {
    status: 409,
    zh: '这类问题要靠技术查验，评审团判断不了，请申请仲裁庭。',
    en: 'This needs a technical look, which a jury cannot take. Ask for a panel.',
  },
  JURY_TOO_DEAR: {
    status: 409,
    zh: '金额超过了评审团能审的上限，请申请仲裁庭。',
    en: 'The sum is above what a jury hears. Ask for a panel.',
  },
  NOT_SEATED: {
    status: 409,
    zh: '你不在这一案的席位上。',
    en: 'You have no seat in this case.',
  },
  VOTE_OVER: {
    status: 409,
    zh: '现在不能投票：还没开始，或时间过了。',
    en: 'You cannot vote now: it has not begun, or the time is over.',
  },
  VOTED_ALREADY: { status: 409, zh: '你已经投过了，一席一票。', en: 'You have voted; a seat has one vote.' },
  NOT_SEALED: {
    status: 409,
    zh: '密封投票时你没有投，不能补。',
    en: 'You sealed no vote while it was time to.',
  },
  SEAL_DIFFERS: {
    status: 422,
    zh: '和你密封的那一票对不上。请核对选择和开封码。',
    en: 'This is not the vote that you sealed. Check your choice and the code.',
  },
  RECUSAL_ASKED: {
    status: 409,
    zh: '这一席已经有人申请过回避。',
    en: 'This seat was questioned already.',
  },
  GROUP_NOT_FOUND: { status: 404, zh: '没有找到这组并案。', en: 'We could not find this group.' },
  BATCH_NOT_STOPPED: {
    status: 404,
    zh: '没有这样一件被批次报警停售的商品。',
    en: 'No listing of this kind was stopped by an alarm of its batch.',
  },
  GROUP_OVER: {
    status: 409,
    zh: '这一案不在并案里，或者已经一并裁决了。',
    en: 'This case is in no group, or the group was decided.',
  },
  NOT_REPRESENTATIVE: {
    status: 409,
    zh: '只有代表能替大家说话。你可以在自己的售后里补充。',
    en: 'Only the representative speaks for all. You can add to your own case.',
  },
  NOT_WILLING: {
    status: 409,
    zh: '要先有足够的已完成订单，或是已认证商家的人员。',
    en: 'It takes enough completed orders, or a role in a verified shop.',
  },
  HELD_BY_LAW: {
    status: 409,
    zh: '这笔钱被依法冻结了，现在谁都拿不走。解除后会接着处理。',
    en: 'This money is held by order of an authority; nobody gets it now. It goes on when the hold is lifted.',
  },
  OBJECTION_OVER: {
    status: 409,
    zh: '没有可以异议的先行赔付，或时间过了。',
    en: 'There is nothing paid first to object to, or the time is over.',
  },
} as const satisfies RefusalCatalogue;
export type CaseRefusal = keyof typeof caseRefusals;
