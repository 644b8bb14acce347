import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { remedies, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import type { Api } from '../api.ts';
import { liabilities, type LiabilityName } from '../operator/liabilities.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { withQuery } from '../paths.ts';
import { court as words } from '../text/court.ts';
import { textIn } from '../text/use.ts';
import { amountOf } from './act.server.ts';

/** What the hearing of a case shows, whoever looks. */
export async function loadHearing({ context, request, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const caseId = params['caseId'] ?? '';
  const [one, hearing, group] = await Promise.all([
    found(api.cases.one({ caseId })),
    found(api.panel.tribunals({ caseId })),
    found(api.groups.ofCase({ caseId })),
  ]);
  const did = new URL(request.url).searchParams.get('did');
  return { one, hearing, group, did, title: textIn(words, language)('title') };
}
export type Hearing = Awaited<ReturnType<typeof loadHearing>>;

/** What a form of a decision, a vote or a finding says. */
export function judgedIn(form: FormData) {
  const remedy = remedies.find((one) => one === text(form, 'remedy')) ?? ('none' as const);
  const reason = text(form, 'reason');
  return {
    facts: text(form, 'facts'),
    weighing: text(form, 'weighing'),
    reasons: text(form, 'reasons'),
    articles: [
      ...new Set([
        ...form.getAll('article').map(String),
        ...text(form, 'articles')
          .split(/[,，、\s]+/)
          .filter(Boolean),
      ]),
    ],
    remedy,
    ...amountOf(form),
    liability: liabilities[text(form, 'liability') as LiabilityName] ?? liabilities.merchant,
    ...(reason === '' ? {} : { reason: reason as ReasonCode }),
  };
}

const grounds = ['new_evidence', 'procedure', 'wrong_article', 'conflict'] as const;

function act(api: Api, intent: string, caseId: string, form: FormData): Promise<unknown> {
  const said = text(form, 'text');
  const ground = grounds.find((one) => one === text(form, 'ground')) ?? 'wrong_article';
  const seat = text(form, 'seat');
  switch (intent) {
    case 'arbitrate':
      return api.panel.arbitrate({ caseId, ground, text: said });
    case 'ask_jury':
      return api.panel.askJury({ caseId, ground, text: said });
    case 'consent':
    case 'prefer':
      return api.panel.consent({ caseId, agrees: intent === 'consent' });
    case 'doubt':
      return api.panel.doubt({ caseId, seat, text: said });
    case 'vote':
      return api.panel.vote({ caseId, ...judgedIn(form) });
    case 'recuse':
      return api.panel.recuse({ caseId, text: said });
    case 'grant':
    case 'dismiss':
      return api.panel.decideDoubt({ caseId, seat, grants: intent === 'grant', reasons: said });
    case 'leave_group':
      return api.groups.leave({ caseId });
    case 'speak':
      return api.groups.speak({ caseId, text: said });
    default:
      throw data({ code: 'NOT_FOUND', message: '' }, { status: 404 });
  }
}

/** The action of the three pages of a hearing. */
export async function actOnHearing(
  { context, request, params }: ActionFunctionArgs,
  pageOf: (caseId: string) => string,
) {
  const form = await request.formData();
  const caseId = params['caseId'] ?? '';
  const intent = text(form, 'intent');
  const outcome = await tried(act(page(context).api, intent, caseId, form));
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(pageOf(caseId), { did: intent }), 303);
}
