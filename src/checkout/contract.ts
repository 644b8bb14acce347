import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenIn, fenOut, idIn, idOut, instantIn, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import { orderModes } from '../catalog/content.contract.ts';
import { openingShape } from '../catalog/manual.contract.ts';
import { questionShape } from '../catalog/question.contract.ts';

export const checkoutRefusals = {
  GOODS_NOT_FOUND: { status: 404, zh: '没有找到这件商品。', en: 'We could not find these goods.' },
  GOODS_NOT_ON_SALE: {
    status: 409,
    zh: '这件商品现在不卖了。钱没有动。',
    en: 'These goods are not on sale now. No money moved.',
  },
  RISKY_GOODS_LIMIT: {
    status: 409,
    zh: '你的账户有一项措施，今天这类商品买到限额了。在“措施与申诉”里可以看理由、申诉。',
    en: 'A measure limits such goods for your account today. See “Measures” for the reasons and to appeal.',
  },
  GOODS_NOT_READY: {
    status: 409,
    zh: '这类商品还不能在线购买。',
    en: 'Goods of this kind cannot be bought online yet.',
  },
  OUT_OF_STOCK: {
    status: 409,
    zh: '库存不够了，没有下单，钱也没有动。',
    en: 'There is not enough stock. Nothing was ordered and no money moved.',
  },
  PRICE_CHANGED: {
    status: 409,
    zh: '价格和你看到的不一样了，请看过新价格再决定。',
    en: 'The price is not the one you saw. Please look at the new price first.',
  },
  QUANTITY_LIMIT: {
    status: 409,
    zh: '超过了这件商品每单或每人的限购数量。',
    en: 'This is more than one order or one buyer may have of these goods.',
  },
  OWN_GOODS: { status: 409, zh: '不能买自己店里的商品。', en: 'You cannot buy from your own shop.' },
  ACKNOWLEDGEMENT_MISSING: {
    status: 422,
    zh: '还有需要你确认的条款没有勾选。',
    en: 'There are terms that you have not confirmed yet.',
  },
  QUESTION_UNANSWERED: {
    status: 422,
    zh: '还有一个问题没有填，商家要靠它交付。',
    en: 'One question is not answered yet; the shop needs it to deliver.',
  },
  ANSWER_INVALID: {
    status: 422,
    zh: '有一项填得不对，请看标出的地方。',
    en: 'One answer is not right; see the one that is marked.',
  },
  ANSWERS_DIFFER: {
    status: 422,
    zh: '两次填的不一样，请再核对一遍。',
    en: 'The two entries differ. Please check them again.',
  },
  WALLET_TOO_LOW: {
    status: 409,
    zh: '钱包余额不够，没有扣款。可以先充值，或换一种付款方式。',
    en: 'The wallet does not hold enough. Nothing was charged; top up or choose another way to pay.',
  },
  RESERVATION_LIMIT: {
    status: 429,
    zh: '你有太多没付款的订单。先付掉或取消几笔，再下新单。',
    en: 'You have too many unpaid orders. Pay or cancel some of them first.',
  },
  CHANNEL_UNKNOWN: { status: 422, zh: '没有这种付款方式。', en: 'There is no such way to pay.' },
  CONTACT_REQUIRED: {
    status: 422,
    zh: '不登录购买，要留一个联系方式和查询密码。',
    en: 'To buy without an account, leave a contact and an order password.',
  },
  ORDER_PASSWORD_WRONG: {
    status: 404,
    zh: '没有找到这样的订单，订单号和查询密码请再对一遍。',
    en: 'No such order. Please check its number and its password.',
  },
  CHECKOUT_NOT_FOUND: { status: 404, zh: '没有找到这笔结算。', en: 'We could not find this checkout.' },
} as const satisfies RefusalCatalogue;
export type CheckoutRefusal = keyof typeof checkoutRefusals;

const typedIn = z
  .record(z.string().regex(/^[a-z][a-z0-9_]{0,23}$/), z.string().max(400))
  .optional()
  .describe('the key of each question to what was typed');
const itemIn = z.object({
  variantId: idIn('variant'),
  quantity: z.int().min(1).max(1000),
  answers: typedIn,
  again: typedIn.describe('the second entry of questions that are typed twice'),
});
const itemsIn = z.array(itemIn).min(1).max(20);

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const componentOut = z.object({
  kind: z.string(),
  label: wordsOut,
  amount: z
    .bigint()
    .transform((amount) => amount.toString())
    .pipe(z.string()),
});
const quoteLineOut = z.object({
  listingId: idOut('listing'),
  variantId: idOut('variant'),
  shopId: idOut('shop'),
  shopName: z.string(),
  title: z.string(),
  variantName: z.string(),
  version: z.int(),
  quantity: z.int(),
  price: fenOut,
  total: fenOut,
  components: z.array(componentOut),
  stock: z.int(),
  perOrderMax: z.int().nullable(),
  perBuyerMax: z.int().nullable(),
  mode: z.enum(orderModes),
  ready: z.boolean(),
  questions: z.array(questionShape),
  opening: openingShape.nullable(),
  promisedAt: instantOut
    .nullable()
    .describe('until when it is delivered when it is paid now; null: with the payment'),
  refundAt: instantOut.nullable().describe('from when on the money goes back by itself'),
});
const acknowledgementOut = z.object({
  name: z.string(),
  article: z.string(),
  title: wordsOut,
  text: wordsOut,
  hash: wordsOut,
});

/** Everything a buyer must see before paying: each line with its price components, the all-in total, and the texts to confirm (F172, F176). */
export const quote = endpoint({
  at: 'POST /quotes',
  who: 'anyone',
  summary: 'What these goods cost now, all in, and what must be confirmed',
  input: z.object({ items: itemsIn }),
  output: z.object({
    lines: z.array(quoteLineOut),
    total: fenOut,
    acknowledgements: z.array(acknowledgementOut),
    wallet: fenOut.nullable(),
    at: instantOut,
    rulebook: z.string(),
  }),
  refusals: checkoutRefusals,
});

export const purchaseOut = z.object({
  state: z.enum(['paid', 'open']),
  orders: z.array(z.object({ orderId: idOut('order'), shopId: idOut('shop') })),
  total: fenOut,
  paymentId: idOut('payment').nullable(),
  payUntil: instantOut.nullable(),
});

/** Buys: from the wallet at once, or opens a payment at a channel and holds the stock for 15 minutes. The same key gives the same answer. */
export const purchase = endpoint({
  at: 'POST /checkouts',
  who: 'anyone',
  keyed: true,
  summary: 'Buy from the wallet, or begin a payment',
  input: z.object({
    items: itemsIn,
    total: fenIn.describe('the total that the buyer saw, in fen; another price refuses the purchase'),
    paidBy: z.enum(['wallet', 'channel']),
    channel: z.string().max(32).optional(),
    acknowledgements: z
      .array(z.object({ name: z.string().max(64), hash: z.string().max(64), at: instantIn.optional() }))
      .max(20),
    contact: z.string().max(120).optional().describe('guests: where to reach you'),
    orderPassword: z.string().min(6).max(64).optional().describe('guests: needed to look the order up'),
  }),
  output: purchaseOut,
  refusals: checkoutRefusals,
});

/** What became of a checkout of mine: a payment names it by its key, and here are its orders. */
export const oneCheckout = endpoint({
  at: 'GET /checkouts/{checkoutKey}',
  who: 'user',
  summary: 'The orders of one of my checkouts',
  input: z.object({ checkoutKey: z.string().max(255) }),
  output: z.object({
    state: z.enum(['open', 'paid', 'expired', 'cancelled']),
    orderIds: z.array(idOut('order')),
  }),
  refusals: { CHECKOUT_NOT_FOUND: checkoutRefusals.CHECKOUT_NOT_FOUND },
});

export const checkoutContract = { quote, purchase, one: oneCheckout };
