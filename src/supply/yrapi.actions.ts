import { z } from 'zod';
import { yuan } from '../kit/money.ts';
import type { Secret } from '../kit/secret.ts';
import type { Standing, Supplier, SupplierAnswer } from './supplier.contract.ts';
import { carrierOf, fenOf, formOf, isSigned, signed, stateOf, type Form } from './yrapi.rules.ts';

/** One POST of a form. Throws when there is no answer; the caller guards where it goes and how long it waits. */
export type Post = (path: string, form: Form) => Promise<{ status: number; body: string }>;

export type YrapiSettings = { readonly userNo: string; readonly key: Secret; readonly post: Post };

const text = z.union([z.string(), z.number()]).transform(String);
const headShape = z.looseObject({ errno: z.coerce.number().int(), errmsg: z.string().nullish() });
const rechargeShape = z.looseObject({
  data: z.looseObject({ order_number: text, total_price: z.unknown(), out_trade_num: text }),
});
const standingShape = z.looseObject({
  out_trade_num: text,
  order_number: text.nullish(),
  state: z.unknown(),
  charge_amount: z.unknown().optional(),
  charge_kami: text.nullish(),
  voucher: text.nullish(),
  remark: text.nullish(),
});
const checkShape = z.looseObject({ data: z.array(standingShape).nullish() });
const userShape = z.looseObject({ data: z.looseObject({ balance: z.unknown() }) });
const productShape = z.looseObject({
  data: z.array(
    z.looseObject({
      id: text,
      name: text,
      isp: z.unknown().optional(),
      price: z.unknown(),
      is_show: z.unknown().optional(),
    }),
  ),
});

const unknown = (why: string) => ({ kind: 'unknown', why }) as const;

/** The adapter of 大猿人 yrapi (protocols-docking 5.3): signed forms over HTTP, errno 0 for yes, money in yuan. */
export function yrapiSupplier(settings: YrapiSettings): Supplier {
  const ask = <S extends z.ZodType>(path: string, form: Form, shape: S) =>
    exchange(settings, path, form, shape);
  return {
    acknowledgement: 'success',
    async submit(p) {
      const form = {
        out_trade_num: p.number,
        product_id: p.productNo,
        mobile: p.target,
        notify_url: p.noticeUrl,
        amount: yuan(p.face),
        price: yuan(p.maxCost),
      };
      const answer = await ask('/yrapi.php/index/recharge', form, rechargeShape);
      if (answer.kind !== 'ok') return answer;
      const { order_number, total_price, out_trade_num } = answer.value.data;
      const cost = fenOf(total_price);
      if (cost === undefined || out_trade_num !== p.number) return unknown('unreadable answer');
      return { kind: 'ok', supplierNo: order_number, cost };
    },
    async query(number) {
      const answer = await ask('/yrapi.php/index/check', { out_trade_nums: number }, checkShape);
      if (answer.kind !== 'ok') return answer;
      const row = answer.value.data?.find((one) => one.out_trade_num === number);
      if (!row)
        return { kind: 'ok', state: 'absent', supplierNo: null, charged: null, voucher: null, said: '' };
      const standing = standingOf(row);
      return standing ? { kind: 'ok', ...standing } : unknown('unreadable state');
    },
    cancel: async (number) => {
      // Not in the published list, but offered by many installations; where it is not, the answer is unknown, and nothing counts as cancelled.
      const answer = await ask('/yrapi.php/index/cancel', { out_trade_num: number }, z.looseObject({}));
      return answer.kind === 'ok' ? { kind: 'ok' } : answer;
    },
    async balance() {
      const answer = await ask('/yrapi.php/index/user', {}, userShape);
      if (answer.kind !== 'ok') return answer;
      const balance = fenOf(answer.value.data.balance);
      return balance === undefined ? unknown('unreadable balance') : { kind: 'ok', balance };
    },
    async catalogue() {
      const answer = await ask('/yrapi.php/index/product', {}, productShape);
      if (answer.kind !== 'ok') return answer;
      const products = answer.value.data.flatMap((one) => {
        const price = fenOf(one.price);
        if (price === undefined) return [];
        return [
          {
            productNo: one.id,
            name: one.name.slice(0, 80),
            carrier: carrierOf(one.isp),
            price,
            onSale: one.is_show === undefined || String(one.is_show) === '1',
          },
        ];
      });
      return { kind: 'ok', products };
    },
    parseCall: (body) => parseCall(settings, body),
  };
}

function standingOf(row: z.infer<typeof standingShape>): Standing | undefined {
  const state = stateOf(row.state);
  const charged = fenOf(row.charge_amount) ?? null;
  if (!state || (state === 'partial' && (charged === null || charged === 0n))) return undefined;
  return {
    state,
    supplierNo: row.order_number ?? null,
    charged,
    voucher: row.voucher || row.charge_kami || null,
    said: (row.remark ?? '').slice(0, 200),
  };
}

/** A call of the supplier's server: for us, signed with our key, and readable. */
function parseCall({ userNo, key }: YrapiSettings, body: Buffer): ReturnType<Supplier['parseCall']> {
  const form = formOf(body.toString('utf8'));
  if (!isSigned(form, key)) return { genuine: false, why: form['sign'] ? 'forged' : 'unsigned' };
  if (form['userid'] !== userNo) return { genuine: false, why: 'not for us' };
  const row = standingShape.safeParse(form);
  const standing = row.success ? standingOf(row.data) : undefined;
  if (!row.success || !standing) return { genuine: false, why: 'unreadable' };
  return { genuine: true, number: row.data.out_trade_num, standing };
}

/** One question. Whatever is not a readable yes or no is unknown: no connection, another status than 200, an empty body, no JSON. */
async function exchange<S extends z.ZodType>(
  { userNo, key, post }: YrapiSettings,
  path: string,
  form: Form,
  shape: S,
): Promise<SupplierAnswer<{ value: z.infer<S> }>> {
  let answer: Awaited<ReturnType<Post>>;
  try {
    answer = await post(path, signed({ ...form, userid: userNo }, key));
  } catch (error) {
    return unknown(error instanceof Error ? error.message.slice(0, 100) : 'no connection');
  }
  if (answer.status !== 200) return unknown(`status ${answer.status}`);
  if (answer.body.trim() === '') return unknown('empty answer');
  const content = readJson(answer.body);
  const head = headShape.safeParse(content);
  if (!head.success) return unknown('unreadable answer');
  const { errno, errmsg } = head.data;
  if (errno !== 0) return { kind: 'refused', code: String(errno), message: (errmsg ?? '').slice(0, 200) };
  const body = shape.safeParse(content);
  return body.success ? { kind: 'ok', value: body.data } : unknown('unreadable answer');
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
