import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import type { Words } from '../../kit/text.ts';

export const checkRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  UNIT_NOT_FOUND: { status: 404, zh: '这个订单里没有这张卡密。', en: 'This order has no such key.' },
  UNIT_STILL_SEALED: {
    status: 409,
    zh: '这张还封着。查看以后才能对。',
    en: 'This key is still sealed. It can be compared once you have revealed it.',
  },
} as const satisfies RefusalCatalogue;
export type CheckRefusal = keyof typeof checkRefusals;

export const keyParts = ['secret', 'number'] as const;
export type KeyPart = (typeof keyParts)[number];

/** same: exactly what was issued. case_or_space: only spelling differs. other_unit: another key of this order. different: characters differ. */
export const checkVerdicts = ['same', 'case_or_space', 'other_unit', 'different'] as const;
export type CheckVerdict = (typeof checkVerdicts)[number];

export const verdictWords: Readonly<Record<CheckVerdict, Words>> = {
  same: {
    zh: '和发给你的一模一样。问题不在输入，可以直接说不能用。',
    en: 'Exactly what was issued to you. The typing is not the problem; you can say that it fails.',
  },
  case_or_space: {
    zh: '就是这一张，只是写法有出入，改一下再试。',
    en: 'It is this key, only spelled differently. Correct it and try again.',
  },
  other_unit: {
    zh: '你输入的是这一单里的另一张。',
    en: 'What you typed is another key of this order.',
  },
  different: {
    zh: '和发给你的不一样。重新复制，不要手抄。',
    en: 'Not what was issued to you. Copy it again instead of typing it.',
  },
};

/** What was found, each in words. `count` and `unit` are filled in where the words have them. */
export const findingWords = {
  space: { zh: '多了空格或看不见的字符', en: 'it has spaces or invisible characters' },
  hyphen: { zh: '连字符和发的不同', en: 'its hyphens differ' },
  case: { zh: '大小写不同', en: 'capital and small letters differ' },
  wide: { zh: '有全角字符，要用半角', en: 'it has full-width characters; use half-width ones' },
  lookalike: { zh: '看混了：O 和 0，或者 I 和 1', en: 'look-alikes mixed up: O and 0, or I and 1' },
  longer: { zh: '多了 {count} 个字符', en: 'it has {count} characters too many' },
  shorter: { zh: '少了 {count} 个字符', en: 'it has {count} characters too few' },
  differs: { zh: '有 {count} 个字符不同', en: '{count} characters differ' },
  differs_much: { zh: '有 3 个以上的字符不同', en: 'more than 3 characters differ' },
  format: { zh: '不是这种卡密的格式', en: 'it does not have the format of such a key' },
  other_part: { zh: '你把卡号和密码填反了', en: 'number and key are swapped' },
  other_unit: { zh: '它是 {unit} 那一张', en: 'it is key {unit}' },
} as const satisfies Record<string, Words>;
export type FindingKind = keyof typeof findingWords;

export const findingShape = z.object({
  kind: z.enum(Object.keys(findingWords) as [FindingKind, ...FindingKind[]]),
  count: z.int().optional(),
  unit: z.string().optional(),
});
export type CheckFinding = { readonly kind: FindingKind; readonly count?: number; readonly unit?: string };

export const checkOut = z.object({
  nth: z.int(),
  part: z.enum(keyParts),
  verdict: z.enum(checkVerdicts),
  findings: z.array(findingShape),
});

export const checkContract = {
  checkCode: endpoint({
    at: 'POST /orders/{orderId}/units/{unit}/code-checks',
    who: 'user',
    summary: 'Compare what was typed with what was issued, without showing it (F045)',
    input: z.object({
      orderId: idIn('order'),
      unit: z.string().max(16).describe("line and place, '1-2'"),
      part: z.enum(keyParts).default('secret'),
      typed: z.string().min(1).max(800),
    }),
    output: checkOut,
    refusals: checkRefusals,
  }),
};
