import type { Words } from '../../kit/text.ts';

const itself: Words = { zh: '它自己就是提醒。', en: 'It is a reminder itself.' };

/** The kinds of deadlines of which nobody is reminded, and why: nobody has to do anything by then (F136, article 6). */
export const unreminded: Readonly<Record<string, Words>> = {
  'rules.take_effect': {
    zh: '到点自己生效；公示时已经告知订阅的人。',
    en: 'It takes effect by itself; subscribers were told when it was announced.',
  },
  'order.release': {
    zh: '到点自己结算，双方都不用做什么。',
    en: 'The money is released by itself; neither side has to act.',
  },
  'delivery.accept': itself,
  'archive.seal': { zh: '由程序封存。', en: 'The program seals it.' },
  'case.remind': itself,
  'case.close': {
    zh: '到点自己结案；先行赔付的，赔付时已告知商家可以提异议到什么时候。',
    en: 'It closes by itself; a shop whose money was paid first was told then until when it may object.',
  },
  'complaint.remind': itself,
  'membership.start': { zh: '到点自己开始。', en: 'It begins by itself.' },
  'membership.near': itself,
  'membership.last': itself,
  'membership.end': {
    zh: '到期前已经提醒过两次，到点自己结束，不扣钱。',
    en: 'Announced twice before; it ends by itself and nothing is charged.',
  },
  'risk.measure_end': { zh: '到点自己解除。', en: 'The measure ends by itself.' },
  'risk.penalty_end': { zh: '到点自己解除。', en: 'The penalty ends by itself.' },
};
