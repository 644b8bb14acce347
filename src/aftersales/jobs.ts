import type { Due } from '../kit/deadlines.ts';
import { derivedId } from '../kit/ids.ts';
import type { Delivered } from '../kit/outbox.ts';
import type { Words } from '../kit/text.ts';
import { reader, transaction, type Db, type Tx } from '../kit/tx.ts';
import { staffWith } from '../identity/people.actions.ts';
import { notify, type Notice } from '../notifications/actions.ts';
import { dueText } from '../rules/rules.ts';
import { applyMoves } from './actions.ts';
import { noteAdditions } from './archive/jobs.ts';
import { applyGroups, watchBatches } from './batch/actions.ts';
import { fireCases, remindCases } from './clocks.actions.ts';
import { measureShops } from './deposit/jobs.ts';
import { askAboutCases, payDeadLinks, payIssuerProved, payUnreachable } from './first-pay.actions.ts';
import { tellSeats } from './panel/tell.jobs.ts';
import { caseDeadlines } from './procedure.rules.ts';
import { reasonOf } from './rules.ts';
import type { File } from './held.actions.ts';
import type { Move } from './rules.ts';
import { emptyDocket } from './write.actions.ts';
import { casesToTell } from './views.ts';
import { caseEventWords, caseStateWords } from './words.contract.ts';

/** Deadlines of cases → what follows (lifecycles 2.3). */
export const caseDeadlineActions = {
  ...Object.fromEntries(
    caseDeadlines.map((what) => [what, (tx: Tx, due: readonly Due[]) => fireCases(tx, due)]),
  ),
  'case.remind': (tx: Tx, due: readonly Due[]): Promise<void> => remindCases(tx, due),
};

type Told = Awaited<ReturnType<typeof casesToTell>>[number];

const turnWords: Readonly<Record<string, Words>> = {
  buyer: { zh: '轮到买家', en: 'the buyer’s turn' },
  merchant: { zh: '轮到商家', en: 'the shop’s turn' },
  platform: { zh: '轮到平台', en: 'the platform’s turn' },
};

/** Whose turn it is now, until when and by which article (F136); at the end, that it is over. */
function nextWords(one: Told): Words {
  const turn = one.turn ? turnWords[one.turn] : undefined;
  const state = caseStateWords[one.state];
  if (!turn || one.dueAt === null) return { zh: `${state.zh}。`, en: `${state.en}.` };
  const at = dueText(one.dueAt);
  const by =
    one.article === null
      ? { zh: '', en: '' }
      : { zh: `〔第${one.article}条〕`, en: ` (article ${one.article})` };
  return {
    zh: `${turn.zh}，最迟 ${at}（北京时间）。${by.zh}`,
    en: `It is ${turn.en}, until ${at} Beijing time${by.en}.`,
  };
}

const extraWords: Readonly<Record<string, Words>> = {
  'case.reminder': { zh: '时间快到了', en: 'Time is running out' },
  'case.exhibit_commented': { zh: '对方对你的证据说了看法', en: 'The other side commented on evidence' },
  'case.unsealed': {
    zh: '经两人批准，办案人员看了一次卡密',
    en: 'With two people’s consent the desk looked at a key, once',
  },
  'case.objected': { zh: '商家对先行赔付提出异议', en: 'The shop objects to what was paid first' },
  'case.objection_upheld': { zh: '异议成立，平台补足商家', en: 'Objection upheld; the platform pays' },
  'case.objection_dismissed': { zh: '异议不成立', en: 'Objection dismissed' },
  'case.panel_drawn': { zh: '仲裁庭抽签完成', en: 'The panel was drawn' },
  'case.panel_recused': { zh: '一位仲裁员回避，已补抽', en: 'An arbitrator withdrew; the next was called' },
  'case.panel_doubted': { zh: '有人申请仲裁员回避', en: 'A seat of the panel is questioned' },
  'case.panel_replaced': { zh: '回避成立，已补抽', en: 'The seat went to another' },
  'case.panel_kept': { zh: '回避不成立', en: 'The seat is kept' },
  'case.jury_drawn': { zh: '评审团抽签完成', en: 'The jury was drawn' },
  'case.jury_opens': { zh: '密封票开始公开', en: 'The sealed votes are opened' },
  'case.batch_alarm': {
    zh: '同批商品多人申诉，商品已暂停销售',
    en: 'Many cases about one batch; its sale stopped',
  },
  'case.grouped': { zh: '同批问题，并案处理', en: 'It is heard together with others of its batch' },
  'case.ungrouped': { zh: '退出并案，单独处理', en: 'It left the group and goes on by itself' },
};
const wordsOf = (event: string): Words =>
  extraWords[event] ?? caseEventWords[event.slice('case.'.length) as keyof typeof caseEventWords];

/** Who of the staff has to look when this happens. */
const forStaff: readonly string[] = [
  'case.escalate',
  'case.reopen',
  'case.silence_intervene',
  'case.late',
  'case.overdue',
  'case.propose',
  'case.appeal',
  'case.objected',
  'case.panel_doubted',
  'case.deadlock',
  'case.batch_alarm',
];
/** The steps that change nothing for one who is not the platform. */
const inside: readonly string[] = [
  'case.unhold',
  'case.propose',
  'case.send_back',
  'case.late',
  'case.replace',
];

function noticesOf(event: string, one: Told, staff: readonly string[]): Notice[] {
  const data = {
    case: one.id,
    listing: `${one.title}`.slice(0, 60),
    what: wordsOf(event),
    next: nextWords(one),
  };
  const shop = one.owners.map((userId): Notice => ({ userId, kind: 'shop.case', data }));
  const desk = forStaff.includes(event)
    ? staff.map((userId): Notice => ({
        userId,
        kind: 'staff.case',
        data: { ...data, reason: reasonOf(one.reason).words },
      }))
    : [];
  if (inside.includes(event)) return desk;
  // A batch is the shop's and the platform's matter; its buyers hear of it when their cases are brought together.
  if (event === 'case.batch_alarm') return [...shop, ...desk];
  if (event === 'case.reminder')
    return one.turn === 'merchant'
      ? shop
      : one.turn === 'buyer'
        ? [{ userId: one.buyerId, kind: 'case.news', data }]
        : desk;
  return [{ userId: one.buyerId, kind: 'case.news', data }, ...shop, ...desk];
}

/** Every step of a case tells both sides, and the staff where it has to act; news delivered twice tells nobody twice. */
export async function tellCase(db: Db, news: readonly Delivered[]): Promise<void> {
  const on = await reader(db);
  const staff = await staffWith(on, ['support', 'arbitrator', 'admin']);
  for (const one of news) {
    const cases = await casesToTell(on, { viewerShops: one.body.shops, ids: one.body.about });
    await transaction(db, (tx) =>
      notify(
        tx,
        cases.flatMap((told) =>
          noticesOf(one.event, told, staff).map((notice) => ({
            ...notice,
            cause: derivedId(one.id, `${told.id}/${notice.kind}`),
          })),
        ),
      ),
    );
  }
}

const tellings = Object.fromEntries(
  [...Object.keys(caseEventWords).map((event) => `case.${event}`), ...Object.keys(extraWords)].map(
    (event) => [event, [tellCase, noteAdditions]],
  ),
);

const applyOne = (tx: Tx, file: File, move: Move): Promise<void> =>
  applyMoves(tx, emptyDocket(), [{ file, move }]);
/** delivery.issuer_answered: what it proves is paid first. */
export const payFirstVerified = payIssuerProved(applyOne);
/** download.dead: what the watch over addresses proves is paid first. */
export const payFirstDead = payDeadLinks(applyOne);
const payFirstUnreachable = payUnreachable(applyOne);

/** News of cases → who hears of it, and what machines verify about what was filed. */
export const caseReactions = {
  ...tellings,
  'case.file': [tellCase, askAboutCases, noteAdditions, watchBatches],
  'case.execute': [...(tellings['case.execute'] ?? []), measureShops],
  'case.repay': [...(tellings['case.repay'] ?? []), measureShops],
  'caseGroup.decided': [applyGroups],
  'case.panel_drawn': [tellCase, tellSeats, noteAdditions],
  'case.jury_drawn': [tellCase, tellSeats, noteAdditions],
  'case.jury_opens': [tellCase, tellSeats, noteAdditions],
  'case.silence_refund': [tellCase, payFirstUnreachable, noteAdditions],
  'case.silence_intervene': [tellCase, payFirstUnreachable, noteAdditions],
};
