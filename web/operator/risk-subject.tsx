import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import {
  buyerLadder,
  measureSteps,
  merchantLadder,
  stepWords,
  type MeasureStep,
} from '../../src/risk/words.contract.ts';
import type { Answers, Api } from '../api.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { EvidenceLine, MeasureCard } from '../risk/MeasureCard.tsx';
import { risk as words } from '../text/risk.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Kpis } from '../ui/Facts.tsx';
import { Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

type Subject = Answers['risk']['subject'];
type Measure = Subject['measures'][number];
const sideOf = (text: string | undefined) =>
  text === 'merchant' ? ('merchant' as const) : ('buyer' as const);

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const asked = { side: sideOf(params['side']), subjectId: params['subjectId'] ?? '' };
  return {
    subject: await found(api.risk.subject(asked)),
    did: new URL(request.url).searchParams.has('did'),
    title: textIn(words, language)('desk'),
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const at = { side: sideOf(params['side']), subjectId: params['subjectId'] ?? '' };
  const outcome = await tried(done(page(context).api, at, form));
  return outcome.ok
    ? redirect(withQuery(paths.operatorRiskSubject(at.side, at.subjectId), { did: 1 }))
    : again(outcome.refusal, form);
}

function done(
  api: Api,
  at: { side: 'buyer' | 'merchant'; subjectId: string },
  form: FormData,
): Promise<unknown> {
  const intent = text(form, 'intent');
  const measureId = text(form, 'measureId');
  if (intent === 'confirm' || intent === 'reject')
    return api.risk.decide({ measureId, agrees: intent === 'confirm', text: text(form, 'text') });
  if (intent === 'uphold' || intent === 'overturn')
    return api.risk.hear({ measureId, upholds: intent === 'uphold', reasons: text(form, 'text') });
  const measure = measureSteps.find((one) => one === text(form, 'measure')) ?? ('notice' as MeasureStep);
  return api.risk.propose({
    ...at,
    measure,
    signals: form.getAll('signals').map(String),
    reasons: text(form, 'reasons'),
  });
}

/** One buyer or shop: what was found, what was decided, and what new evidence leads to. */
export default function RiskSubject() {
  const { subject, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { language } = useFrame();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.operatorRisk(), label: t('desk') }]} here={subject.name} />
      <header className="mh">
        <div>
          <h1>{subject.name}</h1>
          <p className="mute">
            <Rich text={t('noBar')} />
          </p>
        </div>
        <Tag>{t(`side_${subject.side}`)}</Tag>
      </header>
      <Answer refused={answer?.refusal.message} did={did && t('done')} />
      <div className="inbox">
        <div className="stack">
          <h2>{t('measures')}</h2>
          {subject.measures.length === 0 && <p className="mute">{t('measuresNone')}</p>}
          {subject.measures.map((one) => (
            <MeasureCard key={one.measureId} one={one}>
              <Decision one={one} />
            </MeasureCard>
          ))}
        </div>
        <aside className="stack">
          {subject.score !== null && (
            <section className="card">
              <Kpis items={[{ value: subject.score, text: t('score') }]} />
            </section>
          )}
          <section className="card">
            <h2 className="mb-2">{t('propose')}</h2>
            {subject.next === null ? (
              <p className="mute">{t('nextNone')}</p>
            ) : (
              <>
                <p className="mb-2">
                  {t('next')} <b>{stepWords[subject.next][language]}</b>
                </p>
                <Proposal subject={subject} typed={answer?.typed ?? {}} />
              </>
            )}
          </section>
          <section className="card">
            <h2 className="mb-2">{t('signals')}</h2>
            <p className="mute mb-2">{t('signalsFrom')}</p>
            <ul className="lines">
              {subject.signals.map((one) => (
                <li key={one.id}>
                  <EvidenceLine signal={one} /> <Tag>{t(one.fresh ? 'isNew' : 'used')}</Tag>
                </li>
              ))}
            </ul>
          </section>
        </aside>
      </div>
    </>
  );
}

function Proposal({ subject, typed }: { subject: Subject; typed: Readonly<Record<string, string>> }) {
  const t = useText(words);
  const { language } = useFrame();
  const ladder: readonly MeasureStep[] = subject.side === 'buyer' ? buyerLadder : merchantLadder;
  const able = ladder.slice(0, ladder.indexOf(subject.next ?? 'notice') + 1);
  return (
    <Form method="post" className="stack">
      <fieldset className="stack">
        <legend>{t('pick')}</legend>
        {subject.signals
          .filter((one) => one.fresh)
          .map((one) => (
            <label key={one.id} className="tick">
              <input type="checkbox" name="signals" value={one.id} defaultChecked />
              <span>
                <EvidenceLine signal={one} />
              </span>
            </label>
          ))}
      </fieldset>
      <Select
        label={t('step')}
        name="measure"
        defaultValue={typed['measure'] ?? subject.next ?? undefined}
        options={able.map((step) => ({ value: step, label: stepWords[step][language] }))}
      />
      <Textarea
        label={t('because')}
        name="reasons"
        required
        minLength={10}
        maxLength={2000}
        defaultValue={typed['reasons']}
      />
      <Act consequence={t('proposeAfter')}>
        <Submit intent="propose">{t('proposeDo')}</Submit>
      </Act>
    </Form>
  );
}

/** What a second person, or after an appeal a third, does about a measure. */
function Decision({ one }: { one: Measure }) {
  const t = useText(words);
  const hears = one.state === 'appealed';
  if (!hears && one.state !== 'proposed') return null;
  if (one.mine) return <p className="mute">{t('mine')}</p>;
  const [yes, no] = hears ? (['uphold', 'overturn'] as const) : (['confirm', 'reject'] as const);
  return (
    <Form method="post" className="stack">
      <input type="hidden" name="measureId" value={one.measureId} />
      <Textarea label={t('why')} name="text" required minLength={hears ? 10 : 2} maxLength={2000} />
      <Act consequence={<Rich text={t(hears ? 'hearAfter' : 'decideAfter')} version={one.rulebook} />}>
        <p className="row">
          <Submit intent={yes}>{t(yes)}</Submit>
          <Submit intent={no} kind="line">
            {t(no)}
          </Submit>
        </p>
      </Act>
    </Form>
  );
}
