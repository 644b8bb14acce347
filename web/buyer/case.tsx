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
import { CaseAnswer, CaseTags, Phrases } from '../cases/CaseHead.tsx';
import { answersOf, decisionsOf, headOf, sumOf, type CasePage as CaseData } from '../cases/case.view.ts';
import { CaseTalk } from '../cases/CaseTalk.tsx';
import { CaseMoney, Course, Decision } from '../cases/Course.tsx';
import { recordingsOf, unsealingsOf } from '../cases/exhibit.server.ts';
import { HearingLink, InGroup } from '../cases/Hearing.tsx';
import { LegalRight } from '../cases/LegalRight.tsx';
import { Sides } from '../cases/Sides.tsx';
import { Told } from '../cases/Told.tsx';
import { UnsealingsPart } from '../cases/Unsealings.tsx';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { loadTalk } from '../talk/talk.server.ts';
import { cases as words } from '../text/cases.ts';
import { common } from '../text/common.ts';
import { money } from '../text/format.ts';
import { outside } from '../text/outside.ts';
import { textIn, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Here } from '../ui/Here.tsx';
import { CaseActs } from './CaseActs.tsx';
import { CaseDock } from './CaseDock.tsx';
import { loggedIn } from './loggedIn.server.ts';
import { Survey } from './Survey.tsx';

export const handle: PageHandle = { dock: CaseDock };

export async function loader(p: LoaderFunctionArgs) {
  const { context, request, params } = p;
  loggedIn(context, request);
  const { api, language } = page(context);
  const one = await found(api.cases.one({ caseId: params['caseId'] ?? '' }));
  if (one.role === 'merchant') throw redirect(paths.merchantCase(one.caseId));
  if (one.role === 'staff') throw redirect(paths.operatorCase(one.caseId));
  const [group, evidence, talk, told, survey, place, unsealings, recordings] = await Promise.all([
    found(api.groups.ofCase({ caseId: one.caseId })),
    found(api.evidence.readLights({ orderId: one.orderId })),
    loadTalk(p, one.orderId),
    found(api.cases.tellings({ caseId: one.caseId })),
    found(api.cases.survey({ caseId: one.caseId })),
    found(api.community.casePlace({ caseId: one.caseId })),
    unsealingsOf(api, one),
    recordingsOf(api, one),
  ]);
  const did = new URL(request.url).searchParams.get('did');
  return {
    one,
    group,
    evidence,
    talk,
    told,
    survey,
    place,
    unsealings,
    recordings,
    did,
    title: textIn(words, language)('title', { title: one.title }),
  };
}

export const action = (args: ActionFunctionArgs) => actOnCase(args, paths.case);

/** A worried buyer's page: where the money is, whose turn it is, until when, and what if not. */
export default function CasePage() {
  const { one, group, evidence, talk, told, survey, place, unsealings, recordings, did } =
    useLoaderData<typeof loader>();
  const { ofTalk, ofCase } = answersOf(useActionData<typeof action>());
  const t = useText(words);
  const c = useText(common);
  const head = headOf(one);
  const values = { amount: money(sumOf(one)) };
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
      <Answer refused={ofCase?.refusal.message} did={did && t(did === 'filed' ? 'filedDone' : 'did')} />
      <CaseAnswer one={one} whose="buyer" />
      <div className="two">
        <div className="stack">
          <Survey survey={survey} />
          {decisionsOf(one).map((said) => (
            <Decision key={said.number} one={one} said={said} />
          ))}
          <Sides one={one} />
          <Binder one={one} evidence={evidence}>
            {one.able['exhibit']?.ok && (
              <AddExhibit
                kinds={one.needs.buyer}
                orderId={one.orderId}
                typed={ofCase?.typed}
                recordings={recordings}
              />
            )}
          </Binder>
          <UnsealingsPart version={one.rulebook} list={unsealings} />
          <CaseTalk talk={talk} answer={ofTalk} />
        </div>
        <aside className="stack">
          <CaseActs one={one} />
          <HearingLink one={one} href={paths.caseHearing(one.caseId)} />
          <InGroup one={one} group={group} to={paths.caseHearing(one.caseId)} />
          <CaseMoney one={one} />
          <LegalRight one={one} />
          <Course one={one} />
          <Told one={one} told={told} />
          <Here {...place} map={paths.rulesMap({ case: one.caseId })} />
          <Ways one={one} />
        </aside>
      </div>
    </>
  );
}

/** The ways outside, which are open whatever happens here. */
function Ways({ one }: { one: CaseData }) {
  const t = useText(words);
  const o = useText(outside);
  return (
    <p className="mute">
      <Rich text={t('outside')} version={one.rulebook} />{' '}
      <a href={paths.outside(one.orderId)}>{o('outsideLink')}</a>
    </p>
  );
}
