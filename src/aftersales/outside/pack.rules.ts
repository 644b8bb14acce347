import { yuan, type Fen } from '../../kit/money.ts';
import type { PdfBlock, PdfDocument } from '../../kit/pdf.ts';
import { encodeId } from '../../kit/public-id.ts';
import { beijingText, type Instant } from '../../kit/time.ts';
import { identityKindWords, type IdentityKind } from '../../merchants/identity.contract.ts';
import { exhibitWords, type ExhibitKind } from '../exhibits.data.ts';
import type { CaseEvent } from '../machine.ts';
import { reasons, type ReasonCode } from '../reasons.data.ts';
import { caseEventWords } from '../words.contract.ts';
import { kindIn } from './kinds.data.ts';
import { article9, lawOf12315, type Article9 } from './laws.data.ts';
import { maskedAddress, maskedName, maskedPhone } from './masking.rules.ts';
import type { Pack } from './pack.contract.ts';

export type Complainant = {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly request: string;
  readonly facts: string;
};

type Identity = {
  kind: IdentityKind;
  legalName: string;
  licenceNo: string;
  address: string;
  contactName: string;
  phone: string;
  email: string;
};
/** What a pack is made of: rows as they are stored. */
export type PackFacts = {
  readonly order: {
    id: string;
    shopId: string;
    shopName: string;
    total: Fen;
    refunded: Fen;
    placedAt: Instant;
    paidAt: Instant | null;
  };
  readonly lines: readonly { title: string; variantName: string; quantity: number; total: Fen }[];
  readonly trades: readonly { channel: string; tradeNo: string; amount: Fen; channelAt: Instant }[];
  readonly identity: Identity | undefined;
  readonly cases: readonly {
    id: string;
    reason: ReasonCode;
    asked: Fen;
    course: readonly { event: CaseEvent; article: string; at: Instant }[];
    statements: readonly { kind: string; body: Record<string, unknown> }[];
    exhibits: readonly { kind: ExhibitKind; caption: string; by: string; sha256: Buffer; at: Instant }[];
  }[];
  readonly records: readonly { kind: string; at: Instant; commitment: string; index: number | null }[];
};

const when = (at: Instant): string => beijingText(at).slice(0, 19);

/** A request and the facts ready to be sent, from what is on record; the buyer changes them at will. */
export function draftOf({ order, lines, cases }: PackFacts): { request: string; facts: string } {
  const open = cases.at(-1);
  const left = yuan((order.total - order.refunded) as Fen);
  const goods = lines.map((line) => `“${line.title}”（${line.variantName}）×${line.quantity}`).join('、');
  const claim = open?.statements.find((one) => one.kind === 'claim')?.body;
  const said = claim
    ? `问题：${reasons[(open?.reason ?? 'OTHER') as ReasonCode].words.zh}。${String(claim['symptom'] ?? '')}。已试过：${String(claim['triedSteps'] ?? '')}。`
    : '';
  return {
    request: `请求被投诉人退还货款 ${open ? yuan(open.asked) : left} 元。`,
    facts: `本人于 ${when(order.placedAt)} 在“盟约”平台向店铺“${order.shopName}”购买${goods}，实付 ${yuan(order.total)} 元。${said}`,
  };
}

const partiesSaid: Readonly<Record<string, string>> = { buyer: '买家', merchant: '商家', operator: '平台' };

/** The pack as 12315 wants it: what is on record, and the person's own words. `missing` names what article 9 asks for and is not here. */
export function packOf(facts: PackFacts, who: Complainant, at: Instant): Pack {
  const { order, identity } = facts;
  const open = facts.cases.at(-1);
  const pack: Pack = {
    format: 'mengyue-12315@v1',
    law: lawOf12315.zh,
    madeAt: when(at),
    complainant: { name: who.name, phone: who.phone, address: who.address },
    respondent: {
      name: identity?.legalName ?? '',
      address: identity?.address ?? '',
      licenceNo: identity?.licenceNo ?? '',
      kind: identity ? identityKindWords[identity.kind].zh : '',
      // The contact is a person, not a party: the line of the shop is enough to reach it.
      contact: identity ? maskedName(identity.contactName) : '',
      phone: identity?.phone ?? '',
      email: identity?.email ?? '',
      shopName: order.shopName,
      shopId: encodeId('shop', order.shopId),
    },
    claim: {
      request: who.request,
      facts: who.facts === '' ? draftOf(facts).facts : who.facts,
      amount: yuan(open?.asked ?? ((order.total - order.refunded) as Fen)),
    },
    order: orderPart(facts),
    course: facts.cases.flatMap((one) =>
      one.course.map((step) => ({
        at: when(step.at),
        what: caseEventWords[step.event].zh,
        article: step.article,
      })),
    ),
    evidence: evidencePart(facts),
    missing: [],
  };
  return { ...pack, missing: missingIn(pack) };
}

const orderPart = ({ order, lines, trades }: PackFacts): Pack['order'] => ({
  orderId: encodeId('order', order.id),
  placedAt: when(order.placedAt),
  paidAt: order.paidAt === null ? null : when(order.paidAt),
  total: yuan(order.total),
  refunded: yuan(order.refunded),
  lines: lines.map((line) => ({
    title: line.title,
    variant: line.variantName,
    quantity: line.quantity,
    total: yuan(line.total),
  })),
  trades: trades.map((one) => ({
    channel: one.channel,
    tradeNo: one.tradeNo,
    amount: yuan(one.amount),
    at: when(one.channelAt),
  })),
});

function evidencePart({ records, cases }: PackFacts): Pack['evidence'] {
  const inTime = records.toSorted((a, b) => a.at - b.at);
  const fixed = inTime.map((one) => ({
    title: kindIn(one.kind, 'zh'),
    kind: one.kind,
    by: '平台存证',
    at: when(one.at),
    sha256: one.commitment,
    logIndex: one.index,
  }));
  const shown = cases.flatMap((one) =>
    one.exhibits.map((exhibit) => ({
      title: exhibit.caption || exhibitWords[exhibit.kind].zh,
      kind: exhibit.kind,
      by: partiesSaid[exhibit.by] ?? exhibit.by,
      at: when(exhibit.at),
      sha256: exhibit.sha256.toString('base64'),
      logIndex: null,
    })),
  );
  return [...fixed, ...shown].map((one, i) => ({ no: i + 1, ...one }));
}

/** What article 9 asks for and stands empty. */
export const missingIn = (pack: Pack): Article9[] =>
  article9.filter((path) => {
    const [part = '', name = ''] = path.split('.');
    const value = (pack as unknown as Record<string, Record<string, unknown>>)[part]?.[name];
    return typeof value !== 'string' || value.trim() === '';
  });

/** The same for eyes that are not the complainant's: who complains is masked, what happened is not. */
export const maskedPack = (pack: Pack): Pack => ({
  ...pack,
  complainant: {
    name: maskedName(pack.complainant.name),
    phone: maskedPhone(pack.complainant.phone),
    address: maskedAddress(pack.complainant.address),
  },
});

const missingWords: Readonly<Record<string, string>> = {
  'respondent.name': '商家的真实名称：平台还没有核验资料。平台不能提供的，由平台先行承担（消法第四十四条）。',
  'respondent.address': '商家的地址：平台还没有核验资料。',
};

/** The paper. */
export function packPaper(pack: Pack, at: Instant): PdfDocument {
  const { complainant, respondent, claim, order } = pack;
  const blocks: PdfBlock[] = [
    { kind: 'title', text: '消费者投诉材料' },
    {
      kind: 'quiet',
      text: `按${pack.law}整理，供向 12315 平台（12315.cn、12315 热线）或市场监督管理部门提交。生成时间 ${pack.madeAt}（北京时间）。`,
    },
    { kind: 'heading', text: '一、投诉人' },
    facts([
      ['姓名', complainant.name],
      ['电话号码', complainant.phone],
      ['通讯地址', complainant.address],
    ]),
    { kind: 'heading', text: '二、被投诉人' },
    facts([
      ['名称（姓名）', respondent.name || '（平台未核验）'],
      ['地址', respondent.address || '（平台未核验）'],
      ['主体类型', respondent.kind],
      ['统一社会信用代码', respondent.licenceNo],
      ['联系电话', respondent.phone],
      ['电子邮箱', respondent.email],
      ['平台内店铺', `${respondent.shopName}（${respondent.shopId}）`],
    ]),
    { kind: 'heading', text: '三、投诉请求' },
    { kind: 'text', text: claim.request },
    { kind: 'heading', text: '四、消费者权益争议事实' },
    { kind: 'text', text: claim.facts },
    facts([
      ['订单号', order.orderId],
      ['下单时间', order.placedAt],
      ['付款时间', order.paidAt ?? '（未付款）'],
      ['订单金额', `${order.total} 元，已退 ${order.refunded} 元`],
      [
        '商品',
        order.lines
          .map((one) => `${one.title}（${one.variant}）×${one.quantity}，${one.total} 元`)
          .join('\n'),
      ],
      ...order.trades.map((one): [string, string] => [
        '支付流水',
        `${one.channel} ${one.tradeNo}，${one.amount} 元，${one.at}`,
      ]),
    ]),
    ...coursePart(pack),
    ...evidencePaper(pack),
  ];
  return { title: '消费者投诉材料', foot: `盟约 · 12315 投诉材料 · ${order.orderId}`, at, blocks };
}

const facts = (rows: readonly (readonly [string, string])[]): PdfBlock => ({
  kind: 'facts',
  rows: rows.filter(([, value]) => value !== ''),
});

const coursePart = ({ course }: Pack): PdfBlock[] =>
  course.length === 0
    ? []
    : [
        { kind: 'heading', text: '五、平台处理经过' },
        {
          kind: 'table',
          head: ['时间', '经过', '依据'],
          widths: [0.28, 0.52, 0.2],
          rows: course.map((one) => [one.at, one.what, `规则第${one.article}条`]),
        },
      ];

const evidencePaper = (pack: Pack): PdfBlock[] => [
  { kind: 'heading', text: '证据目录' },
  {
    kind: 'table',
    head: ['序', '名称', '提供', '时间', '摘要（SHA-256）与存证序号'],
    widths: [0.06, 0.27, 0.12, 0.2, 0.35],
    rows: pack.evidence.map((one) => [
      String(one.no),
      one.title,
      one.by,
      one.at,
      `${one.sha256}${one.logIndex === null ? '' : `　#${one.logIndex}`}`,
    ]),
  },
  {
    kind: 'quiet',
    text: '存证是可验证的透明日志，任何人可以用公开工具核验；证据原件和核验方法在“诉讼证据包”里，从订单页下载。',
  },
  ...(pack.missing.length === 0
    ? []
    : [
        { kind: 'heading' as const, text: '还缺' },
        ...pack.missing.map((name) => ({ kind: 'text' as const, text: missingWords[name] ?? name })),
      ]),
  { kind: 'text', text: '\n投诉人（签名）：　　　　　　　　　　日期：　　　　年　　月　　日' },
];
