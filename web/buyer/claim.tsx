import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type ShouldRevalidateFunctionArgs,
} from 'react-router';
import type { ReasonCode } from '../../src/aftersales/reasons.data.ts';
import type { Answers } from '../api.ts';
import { amountOf } from '../cases/act.server.ts';
import { again, formKey, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { claim as words } from '../text/claim.ts';
import { common } from '../text/common.ts';
import { diagnosis } from '../text/diagnosis.ts';
import { deadline } from '../text/format.ts';
import type { Language } from '../text/language.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Rich } from '../ui/Rich.tsx';
import { claimExhibits, keepFiles } from '../cases/exhibit.server.ts';
import { showable } from '../cases/exhibit.view.ts';
import { Demand, Facts, ReasonChoice, UnitChoice } from './ClaimFields.tsx';
import { loggedIn } from './loggedIn.server.ts';

export const handle: PageHandle = { dock: () => null };

type Walk = Answers['diagnosis']['walk'];

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const form = await found(api.cases.form({ orderId: params['orderId'] ?? '' }));
  const query = new URL(request.url).searchParams;
  const [line, place] = (query.get('unit') ?? '').split('-').map(Number);
  const wanted = line || Number(query.get('line')) || 0;
  const chosen = form.lines.find((one) => one.line === wanted) ?? form.lines[0];
  const unit = { line: chosen?.line ?? 1, place: place || 1 };
  const [walk, { recordings }] = await Promise.all([
    found(api.diagnosis.walk({ orderId: form.orderId, ...unit })),
    found(api.recordings.recordings({ orderId: form.orderId })),
  ]);
  return {
    form,
    walk,
    recordings: showable(recordings, []),
    line: chosen,
    place: place ?? null,
    formKey: formKey(context),
    title: textIn(words, language)('f_title'),
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const orderId = params['orderId'] ?? '';
  const reason = text(form, 'reason') as ReasonCode;
  const { articles } = articlesOf(form, reason);
  const { api } = page(context);
  const outcome = await tried(
    keepFiles(api, orderId, form).then(() =>
      keyed(context, form).cases.file({
        orderId,
        line: Number(text(form, 'line')),
        places: form.getAll('place').map(Number),
        reason,
        occurredAt: `${text(form, 'occurredAt')}:00+08:00`,
        symptom: text(form, 'symptom'),
        triedSteps: text(form, 'triedSteps'),
        errorCode: text(form, 'errorCode'),
        articles,
        remedy: remedyOf(form),
        ...amountOf(form),
        exhibits: claimExhibits(form, reason),
      }),
    ),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(paths.case(outcome.value.caseId), { did: 'filed' }), 303);
}

/** The article of the scene and who must prove it, unless the buyer cites none. */
function articlesOf(form: FormData, reason: string): { articles: string[] } {
  if (form.get('none') !== null) return { articles: [] };
  const own = text(form, `article-${reason}`);
  return { articles: [...new Set([own, '22'])].filter((one) => one !== '') };
}

/** What the self-diagnosis found, filled in: the steps already tried, and the scene that it suggests (F043, F083). */
const fromWalk = (walk: Walk, language: Language): Record<string, string> => ({
  ...(walk.begun && walk.tried[language] !== '' ? { triedSteps: walk.tried[language] } : {}),
  ...(walk.end?.reason ? { reason: walk.end.reason } : {}),
});

const remedyOf = (form: FormData) => {
  const asked = text(form, 'remedy');
  return asked === 'reissue' || asked === 'perform' ? asked : 'refund';
};

/** A refused claim is sent again as another one: the page reads anew, so that its form has a new key. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) =>
  (actionStatus ?? 200) >= 400 || defaultShouldRevalidate;

/** What the self-diagnosis has to say: that a word to the shop may be quicker (F119), and that its steps are filled in. */
function Walked({ walk }: { walk: Walk }) {
  const t = useText(diagnosis);
  const { language, now } = useFrame();
  return (
    <>
      {walk.chatUntil && (
        <Note tone="hold">
          <Rich
            text={t('slight', { time: deadline(walk.chatUntil, now, language) })}
            version={walk.rulebook}
          />{' '}
          <a href={paths.conversation(walk.orderId)}>{t('toChat')}</a>
        </Note>
      )}
      {walk.begun && <Note>{t('prefilled', { version: walk.tree })}</Note>}
    </>
  );
}

/** 三段式: the facts, the basis, the demand. What the system knows is filled in already. */
export default function ClaimPage() {
  const { form, line, place, walk, recordings, formKey: key } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const c = useText(common);
  const { language } = useFrame();
  const typed: Readonly<Record<string, string>> = { ...fromWalk(walk, language), ...answer?.typed };
  const fields = answer?.refusal.fields ?? {};
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.orders(), label: c('myOrders') },
          { href: paths.order(form.orderId), label: line?.title ?? '' },
        ]}
        here={t('f_title')}
      />
      <header className="oh">
        <div>
          <h1>{t('f_head')}</h1>
          <p className="sub">{t('f_lead', { hours: form.answer_hours })}</p>
        </div>
      </header>
      <Answer refused={answer?.refusal.message} />
      <div className="stack claim-page">
        <Walked walk={walk} />
        <section className="card">
          <h3 className="mb-2">{t('f_not')}</h3>
          <ul className="lines">
            {(['f_not1', 'f_not2', 'f_not3'] as const).map((name) => (
              <li key={name}>
                <Rich text={t(name)} version={form.rulebook} />
              </li>
            ))}
          </ul>
        </section>
        {form.able.ok && line ? (
          <Form method="post" encType="multipart/form-data" className="stack claim">
            <IdempotencyKey value={key} />
            <input type="hidden" name="line" value={line.line} />
            <UnitChoice form={form} line={line} place={place} />
            <ReasonChoice line={line} typed={typed} />
            <Facts typed={typed} fields={fields} recordings={recordings} />
            <section className="card">
              <h2>{t('f_basis')}</h2>
              <p className="mt-2">
                <Rich text={t('f_basisText', { version: line.version })} version={form.rulebook} />
              </p>
              <label className="tick">
                <input type="checkbox" name="none" value="yes" />
                <span>{t('f_none')}</span>
              </label>
            </section>
            <Demand line={line} typed={typed} fields={fields} />
            <Act consequence={<Rich text={t('f_sendAfter')} version={form.rulebook} />}>
              <Submit wide>{t('f_send')}</Submit>
            </Act>
          </Form>
        ) : (
          <section className="card">
            <Why label={t('f_cannot')} reason={form.able.why?.[language] ?? ''} />
          </section>
        )}
      </div>
    </>
  );
}
