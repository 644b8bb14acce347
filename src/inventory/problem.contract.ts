import type { Words } from '../kit/text.ts';

/** Why one row cannot be imported, and what helps. `{n}` and the like are filled from the problem's own values. */
export const rowProblems = {
  SECRET_MISSING: {
    what: { zh: '没有卡密', en: 'No secret' },
    cure: { zh: '检查表格是不是错列了', en: 'See whether the columns have shifted' },
  },
  CARD_NO_MISSING: {
    what: { zh: '没有卡号', en: 'No card number' },
    cure: { zh: '这种商品要卡号和密码两列', en: 'This listing needs a card number and a secret' },
  },
  CARD_NO_FORM: {
    what: { zh: '卡号 {n} 位', en: 'Card number of {n} characters' },
    cure: { zh: '应为 16 位数字', en: 'It must be 16 digits' },
  },
  CODE_FORM: {
    what: { zh: '密钥 {n} 位', en: 'Product key of {n} characters' },
    cure: {
      zh: '应为 25 位字母和数字，5 位一组',
      en: 'It must be 25 letters and digits in five groups of five',
    },
  },
  TOO_LONG: {
    what: { zh: '内容 {n} 字，太长', en: '{n} characters are too many' },
    cure: { zh: '一张卡密最多 760 字', en: 'A key has 760 characters at most' },
  },
  CONTROL_CHARACTER: {
    what: { zh: '里面有看不见的控制字符', en: 'It contains an invisible control character' },
    cure: { zh: '删掉它，或从原始文件重新复制', en: 'Delete it, or copy it again from the original file' },
  },
  COLUMN_COUNT: {
    what: { zh: '有 {n} 列，应为 {m} 列', en: '{n} columns instead of {m}' },
    cure: {
      zh: '检查分隔符，或在内容里少了引号',
      en: 'See whether the separator is right or quotes are missing',
    },
  },
  DATE_FORM: {
    what: { zh: '有效期看不懂', en: 'The expiry cannot be read' },
    cure: { zh: '写成 2027-05-31 或 2027-05-31 18:00', en: 'Write 2027-05-31 or 2027-05-31 18:00' },
  },
  USE_WITHIN_FORM: {
    what: { zh: '使用期看不懂', en: 'The time to use it cannot be read' },
    cure: { zh: '写成 24小时 或 7天', en: 'Write 24h or 7d' },
  },
  FACE_VALUE_FORM: {
    what: { zh: '面值看不懂', en: 'The face value cannot be read' },
    cure: { zh: '写成 100 或 99.50，单位是元', en: 'Write 100 or 99.50, in yuan' },
  },
  EXPIRES_TOO_SOON: {
    what: { zh: '有效期不够', en: 'It expires too soon' },
    cure: {
      zh: '发出时至少要剩 {n} 小时〔第14条〕',
      en: 'It must have {n} hours left when it is delivered (article 14)',
    },
  },
  USE_WITHIN_SHORT: {
    what: { zh: '使用期短于商品页写的 {n} 小时', en: 'Less time to use it than the {n} hours promised' },
    cure: { zh: '换一批，或先改商品页', en: 'Use other stock, or change the listing first' },
  },
  REPEATED: {
    what: { zh: '与第 {n} 行相同', en: 'The same as row {n}' },
    cure: { zh: '同一张卡只能卖一次', en: 'A key can be sold once only' },
  },
  ALREADY_YOURS: {
    what: { zh: '你已经入库过', en: 'You have imported it before' },
    cure: { zh: '不用处理，它不会重复入库', en: 'Nothing to do; it is not stocked twice' },
  },
  NOT_ACCEPTED: {
    what: { zh: '不能接收', en: 'Cannot be accepted' },
    cure: { zh: '和你的供货方核对这张卡', en: 'Check this key with your supplier' },
  },
} as const satisfies Record<string, { what: Words; cure: Words }>;
export type RowProblem = keyof typeof rowProblems;
