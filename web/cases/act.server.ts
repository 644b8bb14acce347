import { data, redirect, type ActionFunctionArgs } from 'react-router';
import type { DefenceCode } from '../../src/aftersales/exhibits.data.ts';
import { remedies, type Remedy } from '../../src/aftersales/reasons.data.ts';
import { parseYuan } from '../../src/kit/money.ts';
import type { Api } from '../api.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { withQuery } from '../paths.ts';
import { exhibitOf, keepFiles } from './exhibit.server.ts';
import { actOnTalk, isTooLong, refusedAsTooLarge, talkIntents } from '../talk/talk.server.ts';

const remedyOf = (form: FormData): Remedy => remedies.find((one) => one === text(form, 'remedy')) ?? 'refund';
/** '97.50' as fen; nothing where nothing was written. */
export const amountOf = (form: FormData): { amount?: string } => {
  const amount = parseYuan(text(form, 'amount'));
  return amount === undefined ? {} : { amount: amount.toString() };
};
/** One button of a case's page. */
function done(api: Api, intent: string, caseId: string, form: FormData): Promise<unknown> {
  const said = text(form, 'text');
  switch (intent) {
    case 'accept':
      return api.cases.accept({ caseId });
    case 'counter':
      return api.cases.counter({ caseId, remedy: remedyOf(form), ...amountOf(form), text: said });
    case 'withdraw':
      return api.cases.withdraw({ caseId, text: said });
    case 'escalate':
      return api.cases.escalate({ caseId, text: said });
    case 'exhibit':
      return api.cases.exhibit({ caseId, exhibit: exhibitOf(form) });
    case 'appeal':
      return api.cases.appeal({ caseId, ground: groundOf(form), text: said });
    case 'agree':
      return api.cases.agree({ caseId });
    case 'offer':
      return api.cases.offer({ caseId, remedy: remedyOf(form), ...amountOf(form), text: said });
    case 'refuse':
      return api.cases.refuse({
        caseId,
        defence: text(form, 'defence') as DefenceCode,
        text: said,
        ...(showsSomething(form) ? { exhibit: exhibitOf(form) } : {}),
      });
    case 'perform':
      return api.cases.perform({ caseId, text: said });
    case 'survey': {
      const mark = (name: string): number => Number(text(form, name));
      const [result, speed, clarity] = [mark('result'), mark('speed'), mark('clarity')];
      return api.cases.answerSurvey({ caseId, result, speed, clarity, words: text(form, 'words') });
    }
    case 'object':
      return api.cases.object({ caseId, text: said });
    default:
      throw data({ code: 'NOT_FOUND', message: '' }, { status: 404 });
  }
}

const showsSomething = (form: FormData): boolean =>
  ['exhibit', 'code', 'fileId', 'recording'].some((name) => text(form, name) !== '');

const groundOf = (form: FormData) => {
  const grounds = ['new_evidence', 'procedure', 'wrong_article', 'conflict'] as const;
  return grounds.find((one) => one === text(form, 'ground')) ?? 'wrong_article';
};

/** The action of both pages of a case: does what the button says and shows the page again, or says why not. */
export async function actOnCase(
  { context, request, params }: ActionFunctionArgs,
  pageOf: (caseId: string) => string,
) {
  if (isTooLong(request)) return refusedAsTooLarge(context);
  const form = await request.formData();
  const intent = text(form, 'intent');
  const caseId = params['caseId'] ?? '';
  if (talkIntents.includes(intent)) {
    const { orderId } = await found(page(context).api.cases.one({ caseId }));
    return actOnTalk({ context, form, orderId }, pageOf(caseId));
  }
  const { api } = page(context);
  const act = async (): Promise<unknown> => {
    await keepFiles(api, text(form, 'orderId'), form);
    return done(api, intent, caseId, form);
  };
  const outcome = await tried(act());
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(pageOf(caseId), { did: intent }), 303);
}
