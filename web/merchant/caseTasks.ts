import { reasons } from '../../src/aftersales/reasons.data.ts';
import { remedyWords } from '../../src/aftersales/words.contract.ts';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { moment, money, msOf } from '../text/format.ts';
import { shopCases } from '../text/shop-cases.ts';
import { textIn, type Language } from '../text/use.ts';
import type { Task } from './inbox.view.ts';

export type ShopCaseRow = Answers['cases']['inbox']['cases'][number];

const titles = { evidence: 'm_produce', executing: 'm_perform', decided: 'm_appealable' } as const;

/** A case as a row of the shop's inbox: what to do, until when, and what happens if nothing is done. */
export function caseTask(one: ShopCaseRow, now: number, language: Language): Task {
  const t = textIn(shopCases, language);
  const mine = one.turn === 'merchant';
  const time = one.dueAt === null ? '' : moment(one.dueAt, now, language);
  const amount = money(one.asked);
  const whose = t(one.turn === 'buyer' ? 'm_whoBuyer' : 'm_whoPlatform');
  const title =
    titles[one.state as keyof typeof titles] ?? (one.silence === 'refund' ? 'm_answer' : 'm_solve');
  return {
    key: one.caseId,
    due: one.dueAt === null ? now : msOf(one.dueAt),
    guessed: false,
    title: mine ? t(title) : `${t('m_waits', { who: whose })} · ${reasons[one.reason].words[language]}`,
    what: t('m_what', {
      title: one.title,
      variant: one.variantName,
      units: one.units,
      remedy: remedyWords[one.remedy][language],
      amount: one.remedy === 'refund' ? amount : '',
    }),
    otherwise: t(mine ? elseOf(one) : 'm_else_wait', { time, amount }),
    href: paths.merchantCase(one.caseId),
    action: t(mine ? 'm_handle' : 'm_see'),
    mine,
    kind: mine ? 'case' : 'other',
  };
}

const elseOf = (one: ShopCaseRow) =>
  one.state === 'evidence'
    ? 'm_else_evidence'
    : one.state === 'executing'
      ? 'm_else_execute'
      : one.silence === 'refund'
        ? 'm_else_refund'
        : 'm_else_intervene';
