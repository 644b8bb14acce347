import { yuan } from '../../kit/money.ts';
import type { PdfBlock, PdfDocument } from '../../kit/pdf.ts';
import { encodeId } from '../../kit/public-id.ts';
import { beijingText, iso, type Instant } from '../../kit/time.ts';
import type { BundledEvent } from '../../evidence/bundle.rules.ts';
import { cite } from '../../rules/rules.ts';
import { reasons } from '../reasons.data.ts';
import { caseEventWords, caseStateWords } from '../words.contract.ts';
import type { CaseFile, Dossier } from './dossier.actions.ts';
import { kindIn } from './kinds.data.ts';

/** For whom a bundle is: a party, or an authority that asked for it by law. */
export type Reader = {
  readonly side: 'buyer' | 'merchant' | 'staff' | 'authority';
  readonly userId: string | null;
};

/** One event in index.json, which bin/verify reads. */
export type EventEntry = {
  readonly no: number;
  readonly file: string;
  readonly about: string;
  readonly seq: number;
  readonly kind: string;
  readonly title: string;
  readonly at: string;
  readonly commitment: string;
  readonly index: number | null;
  readonly state: 'proved' | 'pending';
  /** erased: at the wish of its person; withheld: a secret of the other side, of which the leaf alone is shown. */
  readonly content: 'given' | 'erased' | 'withheld';
};

/** Where a shop got its keys is its own: the others see the leaf, which has the count and the root. */
const isWithheld = (kind: string, { side }: Reader): boolean => kind.startsWith('stock.') && side === 'buyer';

export const entryOf = (event: BundledEvent, no: number, to: Reader): EventEntry => ({
  no,
  file: `${String(no).padStart(3, '0')}-${event.kind}`,
  about: event.about,
  seq: event.seq,
  kind: event.kind,
  title: kindIn(event.kind, 'zh'),
  at: iso(event.at),
  commitment: event.commitment.toString('base64'),
  index: event.proof?.index ?? null,
  state: event.proof ? 'proved' : 'pending',
  content: event.content === null ? 'erased' : isWithheld(event.kind, to) ? 'withheld' : 'given',
});

export type FileEntry = {
  readonly file: string;
  readonly sha256: string;
  /** Of the original, where this is the copy without what the camera wrote into it. */
  readonly original: string;
  readonly name: string;
  readonly by: string;
  readonly at: string;
  readonly isOriginal: boolean;
};
type Given = Dossier['files'][number];

/**
 * What somebody gets of a file: an authority and whoever gave it the original, the other side of a picture the copy without place and
 * camera, as on the pages (F069).
 */
export function fileEntry(one: Given, reader: Reader, buyerId: string): FileEntry {
  const own = reader.side === 'authority' || reader.userId === one.byId;
  const isOriginal = own || one.view === null;
  const sha256 = (isOriginal ? one.original : (one.view ?? one.original)).toString('hex');
  const safe = one.name.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 60);
  return {
    file: `files/${sha256}-${safe}`,
    sha256,
    original: one.original.toString('hex'),
    name: one.name,
    by: one.byId === buyerId ? 'buyer' : 'shop or platform',
    at: iso(one.at),
    isOriginal,
  };
}

/** A case as the bundle tells it: what was said, shown and decided, each article with its text in the version that binds. */
export function caseText(one: CaseFile, reader: Reader): string {
  const articles = [...new Set(one.course.map((step) => step.article))];
  const isParty = reader.side === 'buyer' || reader.side === 'merchant';
  return `${JSON.stringify(
    {
      case: encodeId('case', one.id),
      state: one.state,
      stateSaid: caseStateWords[one.state],
      reason: one.reason,
      reasonSaid: reasons[one.reason].words,
      rulebook: one.rulebook,
      asked: { remedy: one.remedy, yuan: yuan(one.asked) },
      award:
        one.awardRemedy === null ? null : { remedy: one.awardRemedy, yuan: yuan(one.awardFen ?? one.asked) },
      liability: one.liability,
      filedAt: iso(one.filedAt),
      endedAt: one.endedAt === null ? null : iso(one.endedAt),
      course: one.course.map((step) => ({
        at: iso(step.at),
        by: step.by,
        event: step.event,
        said: caseEventWords[step.event],
        article: step.article,
      })),
      statements: one.statements
        .filter((said) => !isParty || said.kind !== 'draft')
        .map(({ number, kind, by, body, at }) => ({ number, kind, by, body, at: iso(at) })),
      exhibits: one.exhibits
        .filter((shown) => !isParty || shown.audience === 'parties')
        .map(({ number, by, kind, caption, text, sha256, at }) => ({
          number,
          by,
          kind,
          caption,
          text,
          sha256: sha256.toString('hex'),
          at: iso(at),
        })),
      articles: articles.map((no) => {
        const { label, title, text } = cite(one.rulebook, no);
        return { article: no, label, title, text };
      }),
    },
    null,
    2,
  )}\n`;
}

export type KeyEntry = {
  readonly line: number;
  readonly place: number;
  readonly revealedAt: string | null;
  readonly number: string | null;
  readonly secret: string;
  readonly whole: boolean;
  readonly leaf: string;
  readonly batch: string;
  readonly index: number;
  readonly count: number;
  readonly root: string;
  readonly path: readonly string[];
};

const filesPart = (files: readonly FileEntry[], when: (text: string) => string): PdfBlock[] => [
  { kind: 'heading', text: '二、双方提交的文件' },
  ...(files.length === 0
    ? [{ kind: 'text' as const, text: '没有。' }]
    : [
        {
          kind: 'table' as const,
          head: ['文件', '提交', '时间（北京）', '原件 SHA-256'],
          widths: [0.27, 0.12, 0.21, 0.4],
          rows: files.map((one) => [
            one.name,
            one.by === 'buyer' ? '买家' : '商家或平台',
            when(one.at),
            one.original,
          ]),
        },
      ]),
];

/** The paper that a judge reads first. */
export function listPaper(p: {
  dossier: Dossier;
  events: readonly EventEntry[];
  files: readonly FileEntry[];
  at: Instant;
  size: number;
}): PdfDocument {
  const { order, lines, cases, identity } = p.dossier;
  const when = (text: string): string => beijingText(Date.parse(text) as Instant).slice(0, 19);
  return {
    title: '证据目录',
    foot: `盟约 · 证据目录 · ${encodeId('order', order.id)}`,
    at: p.at,
    blocks: [
      { kind: 'title', text: '证据目录' },
      {
        kind: 'quiet',
        text: `生成时间 ${beijingText(p.at).slice(0, 19)}（北京时间）。全部记录的证明指向同一个日志检查点，大小 ${p.size}。核验方法见 MANUAL.zh.md，核验程序 verify.mjs 不联网。`,
      },
      {
        kind: 'facts',
        rows: [
          ['订单号', encodeId('order', order.id)],
          ['下单时间', beijingText(order.placedAt).slice(0, 19)],
          ['金额', `${yuan(order.total)} 元，已退 ${yuan(order.refunded)} 元`],
          ['店铺', `${order.shopName}（${encodeId('shop', order.shopId)}）`],
          ['经营者', identity ? `${identity.legalName}，${identity.licenceNo}` : '（平台未核验）'],
          ['商品', lines.map((one) => `${one.title}（${one.variantName}）×${one.quantity}`).join('\n')],
          [
            '售后',
            cases.map((one) => `${encodeId('case', one.id)} ${caseStateWords[one.state].zh}`).join('\n') ||
              '无',
          ],
        ],
      },
      { kind: 'heading', text: '一、平台固定的记录' },
      {
        kind: 'table',
        head: ['序', '内容', '时间（北京）', '存证序号', '承诺值 SHA-256（base64）'],
        widths: [0.06, 0.28, 0.21, 0.12, 0.33],
        rows: p.events.map((one) => [
          String(one.no),
          one.content === 'erased' ? `${one.title}（内容已按要求删除）` : one.title,
          when(one.at),
          one.index === null ? '存证中' : `#${one.index}`,
          one.commitment,
        ]),
      },
      ...filesPart(p.files, when),
      {
        kind: 'quiet',
        text: '这是可验证存证（透明日志）：证明内容在记录的时间已经存在、之后没有改过，不证明内容本身真实。',
      },
    ],
  };
}
