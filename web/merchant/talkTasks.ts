import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { chat } from '../text/chat.ts';
import { moment, msOf } from '../text/format.ts';
import { textIn, type Language } from '../text/use.ts';
import type { Task } from './inbox.view.ts';

type Row = Answers['messaging']['ofShop']['threads'][number];

/** A buyer who waits for an answer, as a row of the shop's inbox: by when, and what happens if nobody answers (article 21). */
export function talkTask(row: Row, now: number, language: Language): Task {
  const t = textIn(chat, language);
  const due = row.answerBy === null ? null : msOf(row.answerBy);
  const time = row.answerBy === null ? '' : moment(row.answerBy, now, language);
  return {
    key: `talk ${row.orderId}`,
    due,
    guessed: false,
    title: t(row.demandDueAt === null ? 'taskAsked' : 'taskDemanded'),
    what: t('taskWhat', { title: row.title, text: row.preview ?? t('noPreview') }),
    otherwise: t(row.demandDueAt === null ? 'taskAskedElse' : 'taskDemandedElse', { time }),
    href: `${paths.merchantConversation(row.orderId)}#end`,
    action: t('answer'),
    mine: true,
    kind: 'talk',
  };
}
