import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import type { OrderState } from './machine.ts';

export const orderRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
} as const satisfies RefusalCatalogue;

/** What a buyer reads: derived from the order's state and where its money is (F002). */
export const orderStates = [
  'created',
  'awaiting',
  'delivering',
  'delivered',
  'completed',
  'cancelled',
  'refunded',
] as const satisfies readonly OrderState[];
export const orderStateWords = {
  created: { zh: '待支付', en: 'To be paid' },
  awaiting: { zh: '待发货', en: 'Waiting for delivery' },
  delivering: { zh: '发货中', en: 'Being delivered' },
  delivered: { zh: '已发货', en: 'Delivered' },
  completed: { zh: '已完成', en: 'Completed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  refunded: { zh: '已退款', en: 'Refunded' },
} as const satisfies Record<OrderState, { zh: string; en: string }>;

export const orderEventWords = {
  place: { zh: '下单', en: 'Order placed' },
  purchase: { zh: '下单、付款、发货，一步完成', en: 'Ordered, paid and delivered in one step' },
  order: { zh: '下单并付款，等待发货', en: 'Ordered and paid; delivery follows' },
  fund: { zh: '付款到账，等待发货', en: 'Payment received; delivery follows' },
  revive_funded: { zh: '付款晚到，订单恢复，等待发货', en: 'The payment came late; the order was revived' },
  start: { zh: '商家接单，开始发货', en: 'Accepted, delivery began' },
  deliver: { zh: '已发货', en: 'Delivered' },
  refund_line: { zh: '退了一部分', en: 'Refunded in part' },
  pay: { zh: '付款到账，自动发货', en: 'Payment received, delivered' },
  expire: { zh: '超时没付款，自动取消', en: 'Not paid in time, cancelled' },
  cancel: { zh: '取消订单', en: 'Cancelled' },
  unserve: {
    zh: '卡密在付款前过期，取消并退款',
    en: 'The keys had expired before the payment; cancelled and refunded',
  },
  revive: { zh: '付款晚到，订单恢复并发货', en: 'The payment came late; the order was revived' },
  cancel_sealed: { zh: '取消没查看的卡密', en: 'A sealed key was cancelled' },
  refund: { zh: '全部退款', en: 'Refunded in full' },
  confirm: { zh: '你确认了收货', en: 'Confirmed by the buyer' },
  lapse: { zh: '到时间自动确认', en: 'Confirmed by the clock' },
  release: { zh: '货款结算给商家', en: 'Money released to the shop' },
  compensate: { zh: '售后退了一部分', en: 'Refunded in part by a case' },
  compensate_all: { zh: '售后全部退款', en: 'Refunded in full by a case' },
} as const;

const summary = z.object({
  orderId: idOut('order'),
  shopId: idOut('shop'),
  shopName: z.string(),
  state: z.enum(orderStates),
  total: fenOut,
  refunded: fenOut,
  placedAt: instantOut,
  title: z.string(),
  variantName: z.string(),
  quantity: z.int(),
  lines: z.int(),
  released: z.boolean(),
  face: z.object({ colour: z.string(), title: z.string(), subtitle: z.string() }),
});
const page = {
  before: idIn('order').optional(),
  limit: z.int().min(1).max(100).default(20),
  state: z.enum(orderStates).optional(),
  search: z.string().trim().max(60).optional(),
};
const listOut = z.object({ orders: z.array(summary), next: idOut('order').nullable() });

export const orderContract = {
  mine: endpoint({
    at: 'GET /orders',
    who: 'user',
    summary: 'My orders, newest first (F001)',
    input: z.object(page),
    output: listOut,
    refusals: {},
  }),
  ofShop: endpoint({
    at: 'GET /shops/{shopId}/orders',
    who: { shop: ['orders', 'money'] },
    scope: 'shop-orders:read',
    summary: "A shop's orders, newest first",
    input: z.object({ shopId: idIn('shop'), ...page }),
    output: listOut,
    refusals: {},
  }),
};
