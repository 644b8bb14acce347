import {
  Form,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { defenceWords } from '../../src/aftersales/exhibits.data.ts';
import { Appeal, DemandFields, Fold } from '../buyer/CaseActs.tsx';
import { AddExhibit, ExhibitFields } from '../cases/AddExhibit.tsx';
import { actOnCase } from '../cases/act.server.ts';
import { Binder } from '../cases/Binder.tsx';
import { CaseAnswer, CaseTags } from '../cases/CaseHead.tsx';
import { answersOf, sumOf, timeOf, type CasePage } from '../cases/case.view.ts';
import { CaseTalk } from '../cases/CaseTalk.tsx';
import { Told } from '../cases/Told.tsx';
import { UnsealingsPart } from '../cases/Unsealings.tsx';
import { loadTalk } from '../talk/talk.server.ts';
import { Course, Decision, PaidFrom } from '../cases/Course.tsx';
import { unsealingsOf } from '../cases/exhibit.server.ts';
import { HearingLink } from '../cases/Hearing.tsx';
import { Sides } from '../cases/Sides.tsx';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { cases } from '../text/cases.ts';
import { money } from '../text/format.ts';
import { shopCases as words } from '../text/shop-cases.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { CaseDock } from './CaseDock.tsx';
import { shopOf } from './shop.server.ts';

export const handle: PageHandle = { dock: CaseDock };

export async function loader(p: LoaderFunctionArgs) {
  const { context, request, params } = p;
  await shopOf({ context, request });
  const { api } = page(context);
  const one = await found(api.cases.one({ caseId: params['caseId'] ?? '' }));
  const [evidence, talk, told, unsealings] = await Promise.all([
    found(api.evidence.readLights({ orderId: one.orderId })),
    loadTalk(p, one.orderId),
    found(api.cases.tellings({ caseId: one.caseId })),
    unsealingsOf(api, one),
  ]);
  const did = new URL(request.url).searchParams.get('did');
  return { one, evidence, talk, told, unsealings, did, title: one.title };
}

export const action = (args: ActionFunctionArgs) => actOnCase(args, paths.merchantCase);

/** The shop's page of a case: what is asked, what follows if nothing is done, and the three answers. */
export default function ShopCase() {
  const { one, evidence, talk, told, unsealings, did } = useLoaderData<typeof loader>();
  const { ofTalk, ofCase } = answersOf(useActionData<typeof action>());
  const t = useText(words);
  const c = useText(cases);
  const { now, language } = useFrame();
  const isMine = one.turn === 'merchant' && one.endedAt === null && one.state !== 'executed';
  const head = isMine ? 'm_negotiation' : one.endedAt || one.state === 'executed' ? 'm_over' : 'm_waiting';
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantCases(), label: t('m_title') }]} here={one.title} />
      <header className="mh">
        <h1>{t(head, { time: timeOf(one, now, language) })}</h1>
        <CaseTags one={one} />
      </header>
      <Answer refused={ofCase?.refusal.message} did={did && c('did')} />
      <div className="inbox">
        <div className="stack">
          <CaseAnswer one={one} whose="merchant" />
          {one.statements
            .filter((each) => ['decision', 'award', 'ruling'].includes(each.kind))
            .map((said) => (
              <Decision key={said.number} one={one} said={said} />
            ))}
          <Sides one={one} />
          <Binder one={one} evidence={evidence}>
            {one.able['exhibit']?.ok && (
              <AddExhibit kinds={one.needs.merchant} orderId={one.orderId} typed={ofCase?.typed} />
            )}
          </Binder>
          <UnsealingsPart version={one.rulebook} list={unsealings} />
          <CaseTalk talk={talk} answer={ofTalk} />
        </div>
        <aside className="stack">
          <Answers one={one} />
          <HearingLink one={one} href={paths.merchantHearing(one.caseId)} />
          <Frozen one={one} />
          <Course one={one} />
          <Told one={one} told={told} />
        </aside>
      </div>
    </>
  );
}

function Answers({ one }: { one: CasePage }) {
  const t = useText(words);
  const c = useText(cases);
  const able = (name: string): boolean => one.able[name]?.ok === true;
  const agree = {
    refund: t('m_agree_refund', { amount: money(one.asked.amount) }),
    reissue: t('m_agree_reissue', { count: one.places.length }),
    perform: t('m_agree_perform', { hours: 24 }),
  }[one.asked.remedy as 'refund' | 'reissue' | 'perform'];
  return (
    <section className="card" id="acts">
      <h3 className="mb-3">{c('acts')}</h3>
      <div className="stack">
        {able('agree') && (
          <Form method="post">
            <Act consequence={t('m_agreeAfter')}>
              <Submit intent="agree">{agree}</Submit>
            </Act>
          </Form>
        )}
        {able('offer') && <Offer one={one} />}
        {able('refuse') && <Refuse one={one} />}
        {able('perform') && (
          <Fold title={t('m_performDo')} after={c('acceptAfter')} kind="filled">
            <Form method="post" className="stack">
              <Textarea label={t('m_performText')} name="text" required minLength={2} maxLength={1000} />
              <Submit intent="perform">{t('m_performDo')}</Submit>
            </Form>
          </Fold>
        )}
        {able('appeal') && <Appeal one={one} />}
        {able('object') && (
          <Fold title={t('m_object')} after={<Rich text={t('m_objectAfter')} version={one.rulebook} />}>
            <Form method="post" className="stack">
              <Textarea label={t('m_objectText')} name="text" required minLength={2} maxLength={2000} />
              <Submit intent="object">{t('m_object')}</Submit>
            </Form>
          </Fold>
        )}
        {one.objection && (
          <p>
            <b>{t('m_objection')}</b> {t(`m_objection_${one.objection.state}` as keyof typeof words)}
            <br />
            <span className="sub">{one.objection.reasons ?? one.objection.text}</span>
          </p>
        )}
        {!Object.values(one.able).some((each) => each.ok) && (
          <p className="mute">
            {t('m_waiting')} · {money(sumOf(one))}
          </p>
        )}
      </div>
    </section>
  );
}

/** What stands still because of this case, and what it has cost. */
function Frozen({ one }: { one: CasePage }) {
  const t = useText(words);
  const isOpen = one.endedAt === null && one.execution === null;
  return (
    <>
      <section className="card">
        <h3>{t(isOpen ? 'm_frozen' : 'm_paid')}</h3>
        <p className="amt">{money(isOpen ? sumOf(one) : (one.execution?.amount ?? '0'))}</p>
        <p className="mute">
          <Rich text={t('m_frozenText')} version={one.rulebook} />
        </p>
      </section>
      <PaidFrom one={one} />
    </>
  );
}

function Offer({ one }: { one: CasePage }) {
  const t = useText(words);
  const c = useText(cases);
  return (
    <Fold title={t('m_offer')} after={t('m_offerAfter')}>
      <Form method="post" className="stack">
        <DemandFields one={one} />
        <Textarea label={c('wantText')} name="text" required minLength={2} maxLength={1000} />
        <Submit intent="offer">{t('m_offerDo')}</Submit>
      </Form>
    </Fold>
  );
}

function Refuse({ one }: { one: CasePage }) {
  const t = useText(words);
  const { language } = useFrame();
  const list = Object.entries(defenceWords);
  return (
    <Fold title={t('m_refuse')} kind="risk" after={<Rich text={t('m_refuseAfter')} version={one.rulebook} />}>
      <Form method="post" encType="multipart/form-data" className="stack">
        <Select
          label={t('m_defence')}
          name="defence"
          options={list.map(([value, said]) => ({ value, label: said[language] }))}
        />
        <Textarea label={t('m_refuseText')} name="text" required minLength={2} maxLength={2000} />
        <ExhibitFields kinds={one.needs.merchant} orderId={one.orderId} />
        <Submit intent="refuse" kind="risk">
          {t('m_refuseDo')}
        </Submit>
      </Form>
    </Fold>
  );
}
