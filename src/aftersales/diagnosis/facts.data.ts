import type { Words } from '../../kit/text.ts';

const said = (zh: string, en: string): Words => ({ zh, en });

/**
 * What the platform knows by itself about bought goods, so that nobody is asked for it: each fact with its values as they are said to the
 * buyer. A tree names facts and values; where a fact is known its step answers itself.
 */
export const facts = {
  payment: {
    name: said('付款', 'Payment'),
    values: {
      paid: said('已收到你的付款', 'We have your payment'),
      unpaid: said('没有匹配到付款', 'No payment was matched'),
    },
  },
  delay: {
    name: said('到账时间', 'Time of arrival'),
    values: {
      soon: said('还在承诺时间内，或者刚过几分钟', 'Within the promised time, or a few minutes over'),
      over: said('过了承诺时间，还没交付', 'The promise is over and it is not delivered'),
      came: said('系统记录已交付', 'The record says delivered'),
    },
  },
  late: {
    name: said('交付', 'Delivery'),
    values: {
      yes: said('系统记录超时交付', 'The record says delivered late'),
      no: said('按时交付', 'Delivered in time'),
    },
  },
  reveal: {
    name: said('查看卡密', 'Reveal'),
    values: {
      sealed: said('还没查看过', 'Not revealed yet'),
      window: said('刚查看，还在推定时间内', 'Revealed, within the time of presumption'),
      after: said('查看过', 'Revealed'),
    },
  },
  check: {
    name: said('对一对', 'Comparison'),
    values: {
      same: said('和发给你的一模一样', 'Exactly what was issued'),
      case_or_space: said('是这一张，写法有出入', 'This key, spelled differently'),
      other_unit: said('输成了这一单里的另一张', 'Another key of this order'),
      different: said('和发给你的不一样', 'Not what was issued'),
    },
  },
  issuer: {
    name: said('发行方核验', 'The issuer'),
    values: {
      unused: said('发行方说还没用过', 'The issuer says: not used'),
      before: said('发行方说你查看之前就用过了', 'The issuer says: used before you revealed it'),
      after: said('发行方说你查看之后才用的', 'The issuer says: used after you revealed it'),
      sometime: said('发行方说用过，没给时间', 'The issuer says: used, without a time'),
    },
  },
  expiry: {
    name: said('有效期', 'Validity'),
    values: { valid: said('还在有效期内', 'Still valid'), over: said('已经过期', 'Expired') },
  },
  membership: {
    name: said('会员状态', 'Membership'),
    values: {
      pending: said('还没开始，等你点开始', 'Waits for you to start it'),
      active: said('有效', 'Active'),
      over: said('已到期', 'Over'),
      suspended: said('暂停计时', 'Stopped'),
      ended: said('已退款结束', 'Ended by refund'),
    },
  },
  licence: {
    name: said('许可证', 'Licence'),
    values: {
      active: said('有效', 'Active'),
      over: said('已到期', 'Over'),
      suspended: said('停用中', 'Suspended'),
    },
  },
  seats: {
    name: said('设备数', 'Devices'),
    values: { free: said('还有空位', 'A seat is free'), full: said('设备数满了', 'No seat is left') },
  },
  activation: {
    name: said('激活记录', 'Activations'),
    values: {
      never: said('没有激活记录', 'No activation on record'),
      refused: said('最近一次激活被拒绝', 'The last activation was refused'),
      done: said('激活成功过', 'It was activated'),
    },
  },
  link: {
    name: said('下载地址', 'Address'),
    values: {
      alive: said('探测能打开', 'The probe opens it'),
      dead: said('探测打不开', 'The probe cannot open it'),
    },
  },
} as const satisfies Readonly<Record<string, { name: Words; values: Readonly<Record<string, Words>> }>>;
export type FactName = keyof typeof facts;
export const factNames = Object.keys(facts) as [FactName, ...FactName[]];

/** From what is simple to what is not (F044): where a step stands in its tree. */
export const stages = ['known', 'network', 'expiry', 'system', 'restart', 'special'] as const;
export type Stage = (typeof stages)[number];
export const stageWords: Readonly<Record<Stage, Words>> = {
  known: said('先弄清情况', 'What it is about'),
  network: said('网络', 'Network'),
  expiry: said('有效期', 'Validity'),
  system: said('系统要求', 'Requirements'),
  restart: said('缓存与重启', 'Cache and restart'),
  special: said('这类商品特有', 'Of these goods'),
};

/** How a diagnosis can end. Every one of them still lets the buyer file a case at once. */
export const endings = ['solved', 'order', 'chat', 'case', 'payment'] as const;
export type Ending = (typeof endings)[number];
export const endingWords: Readonly<Record<Ending, Words>> = {
  solved: said('解决了', 'Solved'),
  order: said('在订单页就能办', 'Done on the order page'),
  chat: said('先和商家说', 'Talk to the shop first'),
  case: said('提交售后', 'File a case'),
  payment: said('核对支付', 'Check the payment'),
};
