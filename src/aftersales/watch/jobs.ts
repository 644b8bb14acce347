import { derivedId } from '../../kit/ids.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { must } from '../../kit/assert.ts';
import type { Words } from '../../kit/text.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import { cureShop, pauseShop } from '../../catalog/pause.actions.ts';
import { refundBanned } from '../../delivery/health/actions.ts';
import { staffWith } from '../../identity/people.actions.ts';
import { notify, type Notice } from '../../notifications/actions.ts';
import { noteSignals } from '../../risk/actions.ts';
import {
  effectWords,
  stepWords,
  ticketWords,
  type MeasureStep,
  type Side,
  type TicketKind,
} from '../../risk/words.contract.ts';
import { countShop, noteUnreachable, raiseAlarms, runaways, shopsToCount, watchCases } from './actions.ts';
import { ownersOf } from './views.ts';

const keysOf = (news: readonly Delivered[]) => ({
  shops: news.flatMap((one) => one.body.shops),
  ids: news.flatMap((one) => one.body.about),
});

/** Steps of a case after which it may show something about its sides. */
export const watchSteps = (db: Db, news: readonly Delivered[]): Promise<void> =>
  transaction(db, (tx) => watchCases(tx, keysOf(news)));

/** case.file: a shop that cannot be reached is looked into (F085). */
export const watchFiled = (db: Db, news: readonly Delivered[]): Promise<void> =>
  transaction(db, (tx) => noteUnreachable(tx, keysOf(news)));

/** message.lured: a shop that leads buyers to pay elsewhere (articles 4, 34). */
export const noteLures = (db: Db, news: readonly Delivered[]): Promise<void> =>
  transaction(db, async (tx) => {
    await noteSignals(
      tx,
      news.flatMap(({ body }) => {
        const { side, seq } = body.data as { side: string; seq: number };
        const [orderId] = body.about;
        const [subjectId] = body.shops;
        return side === 'merchant' && orderId && subjectId
          ? [
              {
                subjectId,
                side: 'merchant' as const,
                kind: 'lure' as const,
                ref: `${orderId}/${seq}`,
                evidence: { orderId, says: `对话第 ${seq} 条` },
              },
            ]
          : [];
      }),
    );
  });

type MeasureNews = { readonly side: Side; readonly step: MeasureStep; readonly subject: string };
const eventWords: Readonly<Record<string, Words>> = {
  'risk.confirm': { zh: '开始执行', en: 'begins' },
  'risk.appeal': { zh: '已收到申诉', en: 'your appeal is received' },
  'risk.uphold': { zh: '复核后维持', en: 'upheld on appeal' },
  'risk.overturn': { zh: '复核后撤销', en: 'lifted on appeal' },
  'risk.end': { zh: '到期结束', en: 'has ended' },
};
const nextWords = (event: string, step: MeasureStep): Words =>
  event === 'risk.confirm'
    ? {
        zh: `${effectWords[step].zh.split('。')[0]}。理由、期限和申诉都在页面上`,
        en: 'The page says why, for how long, and how to appeal.',
      }
    : event === 'risk.uphold'
      ? { zh: '你仍可以向 12315 投诉，或向法院起诉', en: '12315 and the courts stay open to you.' }
      : { zh: '详情在页面上', en: 'The page says more.' };

/** Steps of a measure: whom it is about hears of it, with the way to appeal; officers hear of what waits for them (F058). */
export async function tellMeasure(db: Db, news: readonly Delivered[]): Promise<void> {
  const on = await reader(db);
  const staff = await staffWith(on, ['risk', 'admin']);
  const shops = await ownersOf(on, { viewerShops: news.flatMap((one) => one.body.shops) });
  for (const { id, event, body } of news) {
    const { side, step, subject } = body.data as MeasureNews;
    const verb = eventWords[event];
    const shop = shops.find((one) => one.shopId === subject);
    const notices: Notice[] = [];
    if (verb) {
      const what = {
        zh: `${stepWords[step].zh}，${verb.zh}`,
        en: `${stepWords[step].en}, ${verb.en}`,
      };
      const data = { what, next: nextWords(event, step) };
      const told = side === 'buyer' ? [subject] : (shop?.owners ?? []);
      for (const userId of told)
        notices.push({
          userId,
          kind: side === 'buyer' ? 'measure.news' : 'shop.measure',
          cause: derivedId(id, userId),
          data,
        });
    }
    if (event === 'risk.propose' || event === 'risk.appeal') {
      const zh = event === 'risk.propose' ? '措施等第二人决定' : '申诉等第三人复核';
      const en = event === 'risk.propose' ? 'a measure waits for a second person' : 'an appeal waits';
      for (const userId of staff)
        notices.push({
          userId,
          kind: 'staff.risk',
          cause: derivedId(id, `staff/${userId}`),
          data: { what: { zh, en }, about: shop?.name ?? stepWords[step].zh },
        });
    }
    await transaction(db, (tx) => notify(tx, notices));
  }
}

/** A ban begins or is lifted: the shop's listings pause or come back, and what it has not delivered is refunded (F166). */
export async function followPenalty(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { event, body } of news) {
    const { step, subject } = body.data as MeasureNews;
    if (step !== 'ban') continue;
    if (event === 'risk.confirm') {
      await transaction(db, (tx) => pauseShop(tx, subject, 'ban'));
      await refundBanned(db, subject);
    } else if (event === 'risk.overturn') await transaction(db, (tx) => cureShop(tx, subject, 'ban'));
  }
}

type TicketNews = {
  readonly event: string;
  readonly subject: string;
  readonly facts: Readonly<Record<string, unknown>>;
};
const frozenWords: Readonly<Record<string, { what: Words; next: Words }>> = {
  raise: {
    what: { zh: '48 小时没有答复售后，货款和提现已冻结', en: 'Silent with open cases: your money is frozen' },
    next: { zh: '先答复未结售后，再联系平台解除', en: 'Answer your cases, then ask us to lift it.' },
  },
  lift: {
    what: { zh: '冻结已经解除', en: 'The freeze is lifted' },
    next: { zh: '货款在一小时内照常结算', en: 'Money goes its way within the hour.' },
  },
};

/** A ticket about a shop: officers are called, and a silent shop's listings pause until it is lifted (F085, F109). */
export async function followTicket(db: Db, news: readonly Delivered[]): Promise<void> {
  const on = await reader(db);
  const staff = await staffWith(on, ['risk', 'admin']);
  const shops = await ownersOf(on, { viewerShops: news.flatMap((one) => one.body.shops) });
  for (const { id, event: name, body } of news) {
    const kind = name.slice('risk.'.length) as TicketKind;
    const { event, subject } = body.data as TicketNews;
    const shop = shops.find((one) => one.shopId === subject);
    const words = kind === 'runaway' ? frozenWords[event] : undefined;
    const opens = event === 'raise' || event === 'open' || event === 'propose_lift';
    await transaction(db, async (tx) => {
      if (kind === 'runaway' && event === 'raise') await pauseShop(tx, subject, 'runaway');
      if (kind === 'runaway' && event === 'lift') await cureShop(tx, subject, 'runaway');
      await notify(tx, [
        ...(words ? (shop?.owners ?? []) : []).map((userId): Notice => ({
          userId,
          kind: 'shop.frozen',
          cause: derivedId(id, userId),
          data: must(words, 'owners are told in words'),
        })),
        ...(opens ? staff : []).map((userId): Notice => ({
          userId,
          kind: 'staff.risk',
          cause: derivedId(id, `staff/${userId}`),
          data: { what: ticketWords[kind], about: shop?.name ?? '买家' },
        })),
      ]);
    });
  }
}

/** Timer: shops that fell silent (F109). Looks without a lock first; most of the time there is none. */
export async function watchShops(db: Db): Promise<number> {
  if ((await runaways(await reader(db))).length === 0) return 0;
  return transaction(db, raiseAlarms);
}

/** Timer: rates and answers of shops that had complaints (F097, F120), each shop by itself. */
export async function countShops(db: Db): Promise<number> {
  const shops = await shopsToCount(await reader(db));
  for (const shopId of shops) await transaction(db, (tx) => countShop(tx, shopId));
  return shops.length;
}

export const watchTimers = [
  { name: 'silent shops', every_ms: 60_000, afterMove: true, run: watchShops },
  { name: 'rates of shops', every_ms: 3_600_000, afterMove: true, run: countShops },
] as const;

/** News of cases → what they may show. */
export const watchReactions = {
  'case.file': [watchFiled, watchSteps],
  'case.withdraw': [watchSteps],
  'case.execute': [watchSteps],
};

const tellings = [tellMeasure, followPenalty];
export const riskReactions = {
  'risk.propose': tellings,
  'risk.confirm': tellings,
  'risk.appeal': tellings,
  'risk.uphold': tellings,
  'risk.overturn': tellings,
  'risk.end': tellings,
  'risk.runaway': [followTicket],
  'risk.unreachable': [followTicket],
  'risk.dispute_rate': [followTicket],
};
