import type { RefusalCatalogue } from '../../kit/result.ts';
import { complaintRefusals } from '../../payments/complaint/contract.ts';

export const outsideRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  RECORD_NOT_FOUND: { status: 404, zh: '没有找到这条记录。', en: 'We could not find this record.' },
  NOT_YET: {
    status: 422,
    zh: '时间不能在将来，也不能早于下单。',
    en: 'The time cannot lie in the future, nor before the order.',
  },
  ...complaintRefusals,
  HOLD_NOT_FOUND: { status: 404, zh: '没有找到这条冻结。', en: 'We could not find this hold.' },
  HOLD_MOVED_ON: {
    status: 409,
    zh: '这条冻结已经走到别的一步了，请刷新。',
    en: 'This hold has moved on. Please reload.',
  },
  NEEDS_ANOTHER_PERSON: {
    status: 409,
    zh: '这一步要另一个人来做。',
    en: 'Another person has to do this step.',
  },
  SUBJECT_NOT_FOUND: {
    status: 422,
    zh: '没有这个订单、店铺或用户。',
    en: 'There is no such order, shop or user.',
  },
  REQUEST_NOT_FOUND: { status: 404, zh: '没有找到这条调取。', en: 'We could not find this request.' },
  REQUEST_MOVED_ON: {
    status: 409,
    zh: '这条调取已经处理过了，请刷新。',
    en: 'This request was dealt with. Please reload.',
  },
  CODE_UNKNOWN: {
    status: 404,
    zh: '调取码不对，或者过期了。',
    en: 'This access code is wrong or has expired.',
  },
  PERIOD_WRONG: { status: 422, zh: '请选一个半年。', en: 'Please choose a half-year.' },
} as const satisfies RefusalCatalogue;
export type OutsideRefusal = keyof typeof outsideRefusals;
