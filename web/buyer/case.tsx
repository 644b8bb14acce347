import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { AddExhibit } from '../cases/AddExhibit.tsx';
import { actOnCase } from '../cases/act.server.ts';
import { Binder } from '../cases/Binder.tsx';
import { Answered, CaseAnswer, CaseTags, Phrases } from '../cases/CaseHead.tsx';
import { headOf, sumOf } from '../cases/case.view.ts';
import { CaseMoney, Course, Decision } from '../cases/Course.tsx';
import { Sides } from '../cases/Sides.tsx';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { cases as words } from '../text/cases.ts';
import { common } from '../text/common.ts';
import { money } from '../text/format.ts';
import { textIn, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Rich } from '../ui/Rich.tsx';
import { CaseActs } from './CaseActs.tsx';
import { loggedIn } from './loggedIn.server.ts';

export const handle: PageHandle = { dock: () => null };

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const one = await found(api.cases.one({ caseId: params['caseId'] ?? '' }));
  if (one.role === 'merchant') throw redirect(paths.merchantCase(one.caseId));
  if (one.role === 'staff') throw redirect(paths.operatorCase(one.caseId));
  const evidence = await found(api.evidence.readEvidence({ orderId: one.orderId }));
  const did = new URL(request.url).searchParams.get('did');
  return { one, evidence, did, title: textIn(words, language)('title', { title: one.title }) };
}

export const action = (args: ActionFunctionArgs) => actOnCase(args, paths.case);

export const meta = ({ loaderData }: { loaderData: { title: string } | undefined }) => [
  { title: loaderData?.title },
];

/** A worried buyer's page: where the money is, whose turn it is, until when, and what if not. */
export default function CasePage() {
  const { one, evidence, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const c = useText(common);
  const head = headOf(one);
  const values = { amount: money(sumOf(one)) };
  const decisions = one.statements.filter(
    (each) =>
      each.kind === 'decision' ||
      each.kind === 'ruling' ||
      (each.kind === 'draft' && one.steps.some((step) => step.event === 'countersign')),
  );
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.orders(), label: c('myOrders') },
          { href: paths.order(one.orderId), label: one.title },
        ]}
        here={
          <>
            {t('crumb')} <span className="mono">{one.caseId.slice(-6)}</span>
          </>
        }
      />
      <header className="oh">
        <div>
          <h1>
            <Phrases text={t(head, values)} />
          </h1>
          <p className="sub">
            <Rich text={t(`${head}_x` as keyof typeof words, values)} version={one.rulebook} />
          </p>
        </div>
        <CaseTags one={one} />
      </header>
      <Answered refused={answer?.refusal.message} did={did && t(did === 'filed' ? 'filedDone' : 'did')} />
      <CaseAnswer one={one} whose="buyer" />
      <div className="two">
        <div className="stack">
          {decisions.map((said) => (
            <Decision key={said.number} one={one} said={said} />
          ))}
          <Sides one={one} />
          <Binder one={one} evidence={evidence}>
            {one.able['exhibit']?.ok && (
              <AddExhibit kinds={one.needs.buyer} orderId={one.orderId} typed={answer?.typed} />
            )}
          </Binder>
        </div>
        <aside className="stack">
          <CaseActs one={one} />
          <CaseMoney one={one} />
          <Course one={one} />
          <p className="mute">
            <Rich text={t('outside')} version={one.rulebook} />
          </p>
        </aside>
      </div>
    </>
  );
}
