import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { reasons, remedies, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import { amountOf, exhibitOf } from '../cases/act.server.ts';
import { Binder } from '../cases/Binder.tsx';
import { Answered, CaseAnswer, CaseTags } from '../cases/CaseHead.tsx';
import { Course, Decision } from '../cases/Course.tsx';
import { Sides } from '../cases/Sides.tsx';
import { again, found, page, text, tried } from '../page.server.ts';
import type { Api } from '../api.ts';
import { paths, withQuery } from '../paths.ts';
import { desk as words } from '../text/desk.ts';
import { cases } from '../text/cases.ts';
import { money } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Tag } from '../ui/Tag.tsx';
import { DeskActs, DeskDefaults } from './DeskActs.tsx';
import { liabilities, type LiabilityName } from './liabilities.ts';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, viewer } = page(context);
  const caseId = params['caseId'] ?? '';
  const one = await found(api.cases.one({ caseId }));
  const [evidence, payout, queue] = await Promise.all([
    found(api.evidence.readEvidence({ orderId: one.orderId })),
    found(api.desk.preview({ caseId })),
    found(api.desk.queue({ limit: 100 })),
  ]);
  const row = queue.cases.find((each) => each.caseId === one.caseId);
  return {
    one,
    evidence,
    payout,
    mine: row?.mine === true,
    taken: row?.taken === true,
    arbitrator: viewer.staff.some((role) => role === 'admin' || role === 'arbitrator'),
    did: new URL(request.url).searchParams.get('did'),
    title: one.title,
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = text(form, 'intent');
  const outcome = await tried(done(page(context).api, intent, params['caseId'] ?? '', form));
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(paths.operatorCase(params['caseId'] ?? ''), { did: intent }), 303);
}

function done(api: Api, intent: string, caseId: string, form: FormData): Promise<unknown> {
  const said = text(form, 'text');
  switch (intent) {
    case 'assign':
      return api.desk.assign({ caseId, declared: (form.get('declared') === 'yes') as true });
    case 'decline':
      return api.desk.decline({ caseId, code: text(form, 'code') as 'NO_CLAIM', text: said });
    case 'ask':
      return api.desk.ask({
        caseId,
        party: text(form, 'party') === 'buyer' ? 'buyer' : 'merchant',
        kinds: [exhibitOf(form).kind],
        text: said,
      });
    case 'judge':
      return api.desk.judge({ caseId, ...judgedOf(form) });
    case 'rule':
      return api.desk.rule({ caseId, ...judgedOf(form) });
    case 'sign':
    case 'send_back':
      return api.desk.sign({ caseId, agrees: intent === 'sign', text: said });
    case 'uphold':
    case 'dismiss':
      return api.desk.objection({ caseId, upholds: intent === 'uphold', reasons: said });
    default:
      throw data({ code: 'NOT_FOUND', message: '' }, { status: 404 });
  }
}

function judgedOf(form: FormData) {
  const remedy = remedies.find((one) => one === text(form, 'remedy')) ?? ('none' as const);
  const reason = text(form, 'reason');
  return {
    facts: text(form, 'facts'),
    weighing: text(form, 'weighing'),
    reasons: text(form, 'reasons'),
    articles: text(form, 'articles')
      .split(/[,，、\s]+/)
      .filter(Boolean),
    remedy,
    ...amountOf(form),
    liability: liabilities[text(form, 'liability') as LiabilityName] ?? liabilities.merchant,
    ...(reason === '' ? {} : { reason: reason as ReasonCode }),
  };
}

export const meta = ({ loaderData }: { loaderData: { title: string } | undefined }) => [
  { title: loaderData?.title },
];

/** One case on the desk: the facts, both sides, the binder, what the rules say by default, and the decision. */
export default function DeskCase() {
  const { one, evidence, payout, mine, taken, arbitrator, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const c = useText(cases);
  const { language } = useFrame();
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.operatorCases(), label: t('title') }]}
        here={<span className="mono">{one.caseId.slice(-6)}</span>}
      />
      <header className="mh">
        <div>
          <h1>
            {t('head', { reason: reasons[one.reason].words[language], amount: money(one.asked.amount) })}
          </h1>
          <p className="mute">
            {one.title} {one.variantName} ·{' '}
            {t('sub', { shop: one.shop.name, version: one.rulebook, count: one.places.join(', ') })}
          </p>
        </div>
        <div className="row">
          {mine && <Tag tone="ok">{t('noConflict')}</Tag>}
          <CaseTags one={one} />
        </div>
      </header>
      <Answered refused={answer?.refusal.message} did={did && c('did')} />
      <div className="inbox">
        <div className="stack">
          <CaseAnswer one={one} whose="staff" />
          {one.statements
            .filter((each) => ['decision', 'ruling', 'draft'].includes(each.kind))
            .map((said) => (
              <Decision key={said.number} one={one} said={said} />
            ))}
          <Sides one={one} />
          <DeskDefaults one={one} />
          <Binder one={one} evidence={evidence} />
        </div>
        <aside className="stack">
          <DeskActs
            one={one}
            payout={payout}
            mine={mine}
            taken={taken}
            arbitrator={arbitrator}
            typed={answer?.typed ?? {}}
          />
          <Course one={one} />
        </aside>
      </div>
    </>
  );
}
