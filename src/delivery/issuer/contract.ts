import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import type { Words } from '../../kit/text.ts';
import type { IssuerCheckState } from './machine.ts';

export const issuerRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  UNIT_NOT_FOUND: { status: 404, zh: '这个订单里没有这张卡密。', en: 'This order has no such key.' },
  UNIT_STILL_SEALED: {
    status: 409,
    zh: '这张还封着，没人看过。查看以后才能向发行方核验。',
    en: 'This key is still sealed. Once you have revealed it, its issuer can be asked.',
  },
  ISSUER_NOT_KNOWN: {
    status: 409,
    zh: '这种卡密的发行方还没有接通，没法直接查。提示截图一样有用。',
    en: 'The issuer of this key cannot be asked from here. What your screen says counts as well.',
  },
  ISSUER_ASKED_ALREADY: {
    status: 409,
    zh: '正在问发行方，几秒到几分钟就有结果，不用再按。',
    en: 'The issuer is being asked; the answer takes seconds or minutes. No need to press again.',
  },
  ISSUER_ASKED_OFTEN: {
    status: 409,
    zh: '这张今天已经问过 3 次，结果都留着，明天再问。',
    en: 'This key was asked about three times today; the answers are kept. Ask again tomorrow.',
  },
} as const satisfies RefusalCatalogue;
export type IssuerRefusal = keyof typeof issuerRefusals;

/**
 * What an issuer's answer means for the order (F102): used before it was delivered, between delivery and the buyer's first look, or after it;
 * `used_sometime` when the issuer gives no time.
 */
export const usages = [
  'unused',
  'before_delivery',
  'before_reveal',
  'after_reveal',
  'used_sometime',
] as const;
export type Usage = (typeof usages)[number];

export const usageWords: Readonly<Record<Usage, Words>> = {
  unused: { zh: '发行方说：还没用过。', en: 'The issuer says: not used yet.' },
  before_delivery: {
    zh: '发行方说：发给你之前就用过了。这是商家的责任。',
    en: 'The issuer says: it was used before it was delivered to you. That is the shop’s fault.',
  },
  before_reveal: {
    zh: '发行方说：你查看之前就用过了。这是商家的责任。',
    en: 'The issuer says: it was used before you revealed it. That is the shop’s fault.',
  },
  after_reveal: {
    zh: '发行方说：你查看之后才用的。先看看是不是充进了自己的另一个账号。',
    en: 'The issuer says: it was used after you revealed it. See whether it went into another account of yours.',
  },
  used_sometime: { zh: '发行方说：用过了，没说时间。', en: 'The issuer says: used, without a time.' },
};

export const issuerStateWords: Readonly<Record<IssuerCheckState, Words>> = {
  asked: { zh: '正在问发行方。', en: 'Asking the issuer.' },
  answered: { zh: '发行方答复了。', en: 'The issuer answered.' },
  refused: { zh: '发行方不肯查这一张。', en: 'The issuer declined to look.' },
  unanswered: { zh: '问了几次，发行方都没有答复。', en: 'Asked several times, the issuer gave no answer.' },
};

export const issuerContract = {
  askIssuer: endpoint({
    at: 'POST /orders/{orderId}/units/{unit}/issuer-checks',
    who: 'user',
    summary: 'Ask the issuer of a revealed key whether it was used and when (F070)',
    input: z.object({
      orderId: idIn('order'),
      unit: z.string().max(16).describe("line and place, '1-2'"),
    }),
    output: z.object({ unit: z.string(), state: z.string() }),
    refusals: issuerRefusals,
  }),
};
