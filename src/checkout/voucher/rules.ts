import { canonicalJson } from '../../kit/json.ts';
import { yuan, type Fen } from '../../kit/money.ts';
import type { PdfDocument } from '../../kit/pdf.ts';
import { encodeId } from '../../kit/public-id.ts';
import { sha256 } from '../../kit/secret.ts';
import { beijingText, instant, iso, type Instant } from '../../kit/time.ts';
import { voucherBody, voucherWords, type VoucherBody, type VoucherKind } from './contract.ts';

export type VoucherFacts = {
  readonly order: {
    id: string;
    shopId: string;
    shopName: string;
    total: Fen;
    rulebook: string;
    placedAt: Instant;
    paidAt: Instant | null;
  };
  readonly legalName: string;
  readonly lines: readonly {
    number: number;
    title: string;
    variantName: string;
    quantity: number;
    total: Fen;
    listingId: string;
    version: number;
  }[];
  readonly trades: readonly { channel: string; tradeNo: string }[];
  readonly wallet: readonly { line: number; key: string }[];
};

/** F112: said on every voucher, since it is what people keep. */
export const outsideNotice =
  '只有在本平台付款的订单才有资金托管和售后保障。平台外的转账（微信、QQ、支付宝私下转账、扫私人码）不在担保范围内，也不能作为本单的付款凭证。 Payments outside this platform are not guaranteed.';

/** What was bought, paid and when, of each product with the number of its payment at the channel (F066, F067). */
export const voucherOf = (kind: VoucherKind, p: VoucherFacts): VoucherBody => ({
  format: 'mengyue-voucher@v1',
  kind,
  orderId: encodeId('order', p.order.id),
  merchantId: encodeId('shop', p.order.shopId),
  merchantName: p.order.shopName,
  legalName: p.legalName,
  placedAt: iso(p.order.placedAt),
  paidAt: p.order.paidAt === null ? null : iso(p.order.paidAt),
  amount: p.order.total.toString(),
  currency: 'CNY',
  rulebook: p.order.rulebook,
  goods: p.lines.map((line) => {
    const [trade] = p.trades;
    return {
      product: line.title,
      variant: line.variantName,
      quantity: line.quantity,
      amount: line.total.toString(),
      listing: encodeId('listing', line.listingId),
      version: line.version,
      paidAt: p.order.paidAt === null ? null : iso(p.order.paidAt),
      channel: trade?.channel ?? (p.order.paidAt === null ? '' : 'wallet'),
      channelNumber:
        p.trades.map((one) => one.tradeNo).join(' ') ||
        (p.wallet.find((one) => one.line === line.number)?.key ?? ''),
    };
  }),
  notice: outsideNotice,
});

/** The bytes that are hashed: canonical JSON, so that a voucher that was only laid out anew is the same voucher. */
export const voucherText = (body: VoucherBody): string => canonicalJson(body);
export const voucherHash = (text: string): Buffer => sha256(text);

/** The body within a file, or the hash that somebody copied from paper; null for what is neither. */
export function readVoucher(given: string): { hash: Buffer; body: VoucherBody | null } | null {
  const text = given.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(text)) return { hash: Buffer.from(text, 'hex'), body: null };
  try {
    const file = JSON.parse(given) as { voucher?: unknown };
    const body = voucherBody.strict().parse(file.voucher ?? file);
    return { hash: voucherHash(voucherText(body)), body };
  } catch {
    return null;
  }
}

const when = (at: string | null): string =>
  at === null ? '（未付款）' : beijingText(instant(at)).slice(0, 19);
const sum = (amount: string): string => `${yuan(BigInt(amount) as Fen)} 元`;

export function voucherPaper(
  body: VoucherBody,
  p: { hash: Buffer; logIndex: number | null; at: Instant },
): PdfDocument {
  const title = voucherWords[body.kind].zh;
  return {
    title,
    foot: `盟约 · ${title} · ${body.orderId}`,
    at: p.at,
    blocks: [
      { kind: 'title', text: title },
      {
        kind: 'facts',
        rows: [
          ['订单号', body.orderId],
          ['金额', sum(body.amount)],
          ['商家', `${body.merchantName}（${body.merchantId}）`],
          ['经营者', body.legalName || '（平台未核验）'],
          ['下单时间', `${when(body.placedAt)}（北京时间）`],
          ['付款时间', `${when(body.paidAt)}（北京时间）`],
          ['适用规则', `VGSR ${body.rulebook}`],
        ],
      },
      { kind: 'heading', text: '付款与商品' },
      {
        kind: 'table',
        head: ['商品', '数量', '金额', '付款时间', '渠道与流水号'],
        widths: [0.3, 0.07, 0.13, 0.2, 0.3],
        rows: body.goods.map((one) => [
          `${one.product}（${one.variant}），第 ${one.version} 版`,
          String(one.quantity),
          sum(one.amount),
          when(one.paidAt),
          `${one.channel} ${one.channelNumber}`,
        ]),
      },
      { kind: 'heading', text: '核验' },
      {
        kind: 'facts',
        rows: [
          ['摘要 SHA-256', p.hash.toString('hex')],
          ['存证序号', p.logIndex === null ? '存证中，几秒后再下载就有' : `#${p.logIndex}`],
          ['怎样核验', '打开平台的核验页，粘贴上面的摘要或凭证文件；也可以用证据包里的证明自己核验。'],
        ],
      },
      { kind: 'quiet', text: body.notice },
    ],
  };
}
