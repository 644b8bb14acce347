import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { parseYuan, yuan } from '../../kit/money.ts';
import { hmac, Secret, type KeyObject } from '../../kit/secret.ts';
import { formOf, isSigned, signed, type Form } from '../../supply/yrapi.rules.ts';
import {
  openSupplierBooks,
  supplierMoods,
  type SupplierBooks,
  type SupplierCall,
  type SupplierMood,
  type SupplierOrder,
  type SupplierState,
} from './supplier-books.ts';

/** Who we are at the pretended supplier, and the key that both sides sign with. */
export const supplierUser = 'sandbox';
export const supplierKey = (key: KeyObject): Secret =>
  new Secret(hmac(key, 'mengyue sandbox supplier').toString('hex').slice(0, 32));

type Product = { id: string; name: string; isp: number; face: number; price: number };
const product = (id: string, name: string, isp: number, face: number, off_bps: number): Product => ({
  id,
  name,
  isp,
  face,
  price: Math.round((face * (10_000 - off_bps)) / 10_000),
});
/** What it sells: phone bills of an invented carrier, slow ones of three more, and memberships. */
export const supplierProducts: readonly Product[] = [
  ...[10, 20, 30, 50, 100, 200, 300, 500].map((y) => product(`H${y}`, `海桥话费 ${y} 元`, 4, y * 100, 180)),
  ...[100, 200, 300, 500].map((y) => product(`S${y}`, `岭北话费慢充 ${y} 元`, 2, y * 100, 450)),
  ...[30, 90, 365].map((d) =>
    product(`M${d}`, `浮光视频会员 ${d} 天`, 9, d === 30 ? 1500 : d === 90 ? 4200 : 14_800, 900),
  ),
];

// The last four digits of an account choose a mood where no test did, so that a visitor can see each of them.
const tails: Readonly<Record<string, SupplierMood>> = {
  '9001': 'slow',
  '9002': 'timeout_then_success',
  '9003': 'partial',
  '9004': 'fail',
  '9005': 'refuse',
  '9006': 'stuck',
  '9007': 'no_balance',
  '9008': 'fail_then_success',
  '9009': 'late_callback',
};

const purse_fen = 10_000_000;
const after_ms = { credit: 800, late: 20_000, again: 3000, silence: 25_000 } as const;

type Settings = { key: KeyObject; folder: string; now: () => number };
type Sim = {
  readonly books: SupplierBooks;
  readonly key: Secret;
  readonly now: () => number;
  readonly moods: Map<string, SupplierMood>;
  held: boolean;
  readonly pace: { slow_ms: number; credit_ms: number; silence_ms: number };
};

/**
 * The pretended supplier of a demo and of tests: speaks 大猿人 yrapi, misbehaves on wish, and counts what it credited, so that a test can see
 * that nobody was ever filled twice for one number.
 */
export function sandboxSupplier({ key, folder, now }: Settings): { routes: Hono; stop: () => void } {
  const sim: Sim = {
    books: openSupplierBooks(folder),
    key: supplierKey(key),
    now,
    moods: new Map(),
    held: false,
    pace: { slow_ms: 2000, credit_ms: after_ms.credit, silence_ms: after_ms.silence },
  };
  const routes = new Hono();
  routes.post('/yrapi.php/index/:what', (context) => answer(sim, context));
  drive(sim, routes);
  const timer = setInterval(() => tick(sim), 50);
  return {
    routes,
    stop: () => {
      clearInterval(timer);
      sim.books.shut();
    },
  };
}

const ok = (data: unknown) => ({ errno: 0, errmsg: 'ok', data });
const no = (errno: number, errmsg: string) => ({ errno, errmsg });
type Said = Record<string, unknown> | 'nothing';

async function answer(sim: Sim, context: Context): Promise<Response> {
  const form = formOf(await context.req.text());
  if (!isSigned(form, sim.key) || form['userid'] !== supplierUser) return context.json(no(403, '签名错误'));
  const said = await act(sim, context.req.param('what') ?? '', form);
  if (said !== 'nothing') return context.json(said);
  // Whoever waits has given up by then.
  await new Promise((wait) => setTimeout(wait, sim.pace.silence_ms).unref());
  return context.body('', 504);
}

async function act(sim: Sim, what: string, form: Form): Promise<Said> {
  if (what === 'recharge') return recharge(sim, form);
  if (what === 'check') return check(sim, (form['out_trade_nums'] ?? '').split(','));
  if (what === 'cancel') return cancel(sim, form['out_trade_num'] ?? '');
  if (what === 'user')
    return ok({
      id: supplierUser,
      username: supplierUser,
      balance: yuan(BigInt(moodOf(sim, '') === 'no_balance' ? 0 : purse_fen - sim.books.spent())),
    });
  if (what === 'product')
    return ok(
      supplierProducts.map((one) => ({
        id: one.id,
        name: one.name,
        isp: one.isp,
        price: yuan(BigInt(one.price)),
        y_price: yuan(BigInt(one.face)),
        max_price: yuan(BigInt(one.face)),
      })),
    );
  return no(404, '没有这个接口');
}

const moodOf = (sim: Sim, mobile: string): SupplierMood =>
  sim.moods.get(mobile) ?? sim.moods.get('') ?? tails[mobile.slice(-4)] ?? 'ok';

async function recharge(sim: Sim, form: Form): Promise<Said> {
  const { out_trade_num: number = '', mobile = '', product_id: productId = '' } = form;
  const mood = moodOf(sim, mobile);
  if (mood === 'silent' || mood === 'timeout_not_done') return 'nothing';
  if (mood === 'slow') await new Promise((wait) => setTimeout(wait, sim.pace.slow_ms));
  const known = supplierProducts.find((one) => one.id === productId);
  if (sim.books.closed.has(number)) return no(6, '单号已撤销');
  if (sim.books.orders.has(number)) return no(2, '单号已存在');
  if (!known || mood === 'refuse') return no(4, '产品维护中');
  if (mood === 'no_balance') return no(101, '余额不足');
  const cap = parseYuan(form['price'] ?? '');
  if (mood === 'too_dear' || (cap !== undefined && cap < BigInt(known.price))) return no(5, '价格高于上限');
  const face = parseYuan(form['amount'] ?? '');
  if (face !== undefined && face !== BigInt(known.face)) return no(3, '面值不符');
  const at = sim.now();
  const order: SupplierOrder = {
    number,
    orderNumber: `YR${at}${randomBytes(4).toString('hex')}`,
    mobile,
    productId,
    face: known.face,
    cost: known.price,
    notifyUrl: form['notify_url'] ?? '',
    mood,
    state: 0,
    charged: 0,
    dueAt: mood === 'stuck' ? null : at + (mood === 'late_callback' ? after_ms.late : sim.pace.credit_ms),
    at,
  };
  sim.books.keep(order);
  if (mood === 'timeout_then_success') return 'nothing';
  return ok({
    order_number: order.orderNumber,
    mobile,
    product_id: productId,
    total_price: yuan(BigInt(order.cost)),
    out_trade_num: number,
    title: known.name,
  });
}

function check(sim: Sim, numbers: readonly string[]): Said {
  const orders = numbers.flatMap((number) => sim.books.orders.get(number) ?? []);
  if (orders.some((one) => moodOf(sim, one.mobile) === 'silent')) return 'nothing';
  return ok(orders.map(standing));
}

const standing = (one: SupplierOrder): Record<string, string> => ({
  order_number: one.orderNumber,
  out_trade_num: one.number,
  otime: String(Math.floor(one.at / 1000)),
  state: String(one.state),
  mobile: one.mobile,
  remark: one.state === 2 ? '运营商返回失败' : '',
  charge_amount: yuan(BigInt(one.charged)),
  voucher: one.charged > 0 ? `V${one.orderNumber.slice(2)}` : '',
  charge_kami: '',
});

function cancel(sim: Sim, number: string): Said {
  const order = sim.books.orders.get(number);
  if (order?.mood === 'silent') return 'nothing';
  if (!order) {
    // A number that was cancelled before it arrived is never filled.
    if (!sim.books.closed.has(number)) sim.books.close(number);
    return ok({});
  }
  if (order.state === -1) return ok({});
  if (order.state !== 0) return no(7, '已经处理完，不能撤单');
  if (order.mood === 'late_callback') return no(8, '已提交运营商，不能撤单');
  sim.books.keep({
    ...order,
    state: -1,
    dueAt: order.mood === 'cancel_then_success' ? sim.now() + after_ms.again : null,
  });
  return ok({});
}

/** What happens by itself: accounts are filled, or not, and we are called. */
function tick(sim: Sim): void {
  const at = sim.now();
  for (const order of sim.books.orders.values())
    if (order.dueAt !== null && order.dueAt <= at) end(sim, order);
  if (sim.held) return;
  for (const call of sim.books.calls.values()) if (!call.over && call.dueAt <= at) void tell(sim, call);
}

function end(sim: Sim, order: SupplierOrder): void {
  const failsFirst = order.mood === 'fail_then_success' && order.state === 0;
  if (order.mood === 'fail' || failsFirst) {
    const dueAt = failsFirst ? sim.now() + after_ms.again : null;
    sim.books.keep({ ...order, state: 2, dueAt });
    return callLater(sim, order.number, 2, 1);
  }
  const part = order.mood === 'partial';
  finish(sim, order, part ? Math.floor((order.face * 6) / 10) : order.face);
}

function finish(sim: Sim, order: SupplierOrder, charged: number): void {
  const state: SupplierState = charged < order.face ? 3 : 1;
  sim.books.credit(order.number, charged, sim.now());
  sim.books.keep({ ...order, state, charged, dueAt: null });
  if (order.mood !== 'silent') callLater(sim, order.number, state, order.mood === 'double_callback' ? 2 : 1);
}

function callLater(sim: Sim, number: string, state: SupplierState, times: number): void {
  for (let i = 0; i < times; i++)
    sim.books.call({
      id: randomBytes(8).toString('hex'),
      number,
      state,
      dueAt: sim.now() + i * 200,
      tries: 0,
      over: false,
    });
}

const triesMax = 5;
const underWay = new Set<string>();

/** Calls the shop; again each minute, five times, until it says success. */
async function tell(sim: Sim, call: SupplierCall): Promise<void> {
  const order = sim.books.orders.get(call.number);
  if (!order || underWay.has(call.id)) return;
  underWay.add(call.id);
  const heard = await send(sim, order, call.state);
  const over = heard || call.tries + 1 >= triesMax;
  sim.books.call({ ...call, tries: call.tries + 1, dueAt: sim.now() + 60_000, over });
  underWay.delete(call.id);
}

async function send(sim: Sim, order: SupplierOrder, state: SupplierState): Promise<boolean> {
  const form = signed({ userid: supplierUser, ...standing({ ...order, state }) }, sim.key);
  const sign = order.mood === 'wrong_signature' ? '0'.repeat(32) : (form['sign'] ?? '');
  return fetch(order.notifyUrl, {
    method: 'POST',
    body: new URLSearchParams({ ...form, sign }),
    redirect: 'error',
    signal: AbortSignal.timeout(5000),
  })
    .then(async (response) => response.status === 200 && (await response.text()) === 'success')
    .catch(() => false);
}

/** For tests and the operator's hands: moods, what was credited, and ends that come by hand. */
function drive(sim: Sim, routes: Hono): void {
  routes.get('/driver/supplier', (context) =>
    context.json({
      orders: [...sim.books.orders.values()],
      credits: [...sim.books.credits].map(([number, one]) => ({ number, ...one })),
      calls: [...sim.books.calls.values()],
    }),
  );
  routes.post('/driver/supplier/mood', async (context) => {
    const moodIn = z.object({ mood: z.enum(supplierMoods).nullable(), mobile: z.string().default('') });
    const { mood, mobile } = moodIn.parse(await context.req.json());
    if (mood === null) sim.moods.delete(mobile);
    else sim.moods.set(mobile, mood);
    return context.json({ ok: true });
  });
  routes.post('/driver/supplier/pace', async (context) => {
    const one = z.number().int().min(0);
    const paceIn = z.object({ slow_ms: one, credit_ms: one, silence_ms: one }).partial();
    Object.assign(sim.pace, paceIn.parse(await context.req.json()));
    return context.json({ ok: true });
  });
  routes.post('/driver/supplier/held', async (context) => {
    sim.held = z.object({ held: z.boolean() }).parse(await context.req.json()).held;
    return context.json({ ok: true });
  });
  routes.post('/driver/supplier/end', async (context) => {
    const { number, state } = z
      .object({ number: z.string(), state: z.enum(['success', 'failed']) })
      .parse(await context.req.json());
    const order = sim.books.orders.get(number);
    if (!order) return context.json({ ok: false }, 404);
    if (state === 'success') finish(sim, order, order.face);
    else {
      sim.books.keep({ ...order, state: 2, dueAt: null });
      callLater(sim, number, 2, 1);
    }
    return context.json({ ok: true });
  });
}
