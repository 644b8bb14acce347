import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers } from '../api.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { exhibits as words } from '../text/exhibits.ts';
import { exact, moment } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const caseId = params['caseId'] ?? '';
  const [one, ticked, keys] = await Promise.all([
    found(api.cases.one({ caseId })),
    found(api.exhibits.acknowledged({ caseId })),
    found(api.exhibits.unsealings({ caseId })),
  ]);
  const { places, rulebook } = one;
  return {
    one: { caseId: one.caseId, places, rulebook },
    ticked,
    keys: keys.unsealings,
    title: textIn(words, language)('u_title'),
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const { api } = page(context);
  const [caseId, intent] = [params['caseId'] ?? '', text(form, 'intent')];
  const unsealingId = text(form, 'unsealingId');
  const extent = text(form, 'extent') === 'whole' ? ('whole' as const) : ('masked' as const);
  // What is shown is in this one answer and nowhere else: no redirect, nothing stored.
  if (intent === 'show') {
    const shown = await tried(api.exhibits.showKey({ unsealingId }));
    return shown.ok ? { shown: shown.value } : again(shown.refusal, form);
  }
  const outcome = await tried<unknown>(
    intent === 'ask'
      ? api.exhibits.askKey({
          caseId,
          place: Number(text(form, 'place')),
          extent,
          why: text(form, 'reason'),
        })
      : api.exhibits.decideKey({ unsealingId, grants: intent === 'grant', extent, text: text(form, 'text') }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(paths.operatorKeys(caseId), 303);
}

/** What the buyer ticked, word for word, and looking at a key with two people. */
export default function CaseKeys() {
  const { one, ticked, keys } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const refused = answer && 'refusal' in answer ? answer.refusal.message : undefined;
  const shown = answer && 'shown' in answer ? answer.shown : undefined;
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.operatorCase(one.caseId), label: t('back') }]} here={t('u_title')} />
      <header className="mh">
        <h1>{t('u_title')}</h1>
      </header>
      <Answer refused={refused} />
      <div className="inbox">
        <section className="card stack">
          <p>
            <Rich text={t('u_intro')} version={one.rulebook} />
          </p>
          {shown && <Shown shown={shown} />}
          {keys.map((each) => (
            <Row key={each.unsealingId} each={each} />
          ))}
          <Ask places={one.places} typed={answer && 'typed' in answer ? answer.typed : {}} />
        </section>
        <Ticked ticked={ticked} />
      </div>
    </>
  );
}

type Keys = Answers['exhibits']['unsealings']['unsealings'];

function Shown({ shown }: { shown: Answers['exhibits']['showKey'] }) {
  const t = useText(words);
  return (
    <Note tone="hold" answer>
      {shown.number && (
        <>
          {t('u_number')} <span className="mono">{shown.number}</span>
          <br />
        </>
      )}
      {t('u_key')} <span className="mono">{shown.secret}</span>
      <br />
      {t('u_once')}
    </Note>
  );
}

function Row({ each }: { each: Keys[number] }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const extent = t(`u_${each.granted ?? each.extent}`);
  const time = each.shownAt ?? each.until;
  return (
    <div className="stack">
      <p>
        <b>{t('u_row', { place: each.place, extent })}</b>{' '}
        {t(`u_${each.state}`, { time: time ? moment(time, now, language) : '' })}
        <br />
        {each.reason}
        {each.answer && (
          <>
            <br />
            <span className="mute">{each.answer}</span>
          </>
        )}
      </p>
      {each.state === 'asked' && !each.mine && (
        <Form method="post" className="stack">
          <input type="hidden" name="unsealingId" value={each.unsealingId} />
          <Extent />
          <Input label={t('u_answer')} name="text" maxLength={1000} />
          <p className="row">
            <Submit intent="grant">{t('u_grant')}</Submit>
            <Submit intent="deny" kind="line">
              {t('u_deny')}
            </Submit>
          </p>
        </Form>
      )}
      {each.state === 'granted' && each.mine && (
        <Form method="post">
          <input type="hidden" name="unsealingId" value={each.unsealingId} />
          <Submit intent="show" kind="risk">
            {t('u_show')}
          </Submit>
        </Form>
      )}
    </div>
  );
}

function Extent() {
  const t = useText(words);
  return (
    <Select
      label={t('u_extent')}
      name="extent"
      options={[
        { value: 'masked', label: t('u_masked') },
        { value: 'whole', label: t('u_whole') },
      ]}
    />
  );
}

function Ask({ places, typed }: { places: readonly number[]; typed: Readonly<Record<string, string>> }) {
  const t = useText(words);
  return (
    <Form method="post" className="stack">
      <Select
        label={t('u_place')}
        name="place"
        options={places.map((place) => ({ value: String(place), label: String(place) }))}
      />
      <Extent />
      <Textarea
        label={t('u_reason')}
        hint={t('u_reasonHint')}
        name="reason"
        required
        minLength={10}
        maxLength={1000}
        defaultValue={typed['reason']}
      />
      <Submit intent="ask">{t('u_ask')}</Submit>
    </Form>
  );
}

function Ticked({ ticked }: { ticked: Answers['exhibits']['acknowledged'] }) {
  const t = useText(words);
  const { language } = useFrame();
  return (
    <section className="card stack">
      <h2>{t('a_title')}</h2>
      <p className="mute">{t('a_intro', { record: ticked.record })}</p>
      {ticked.texts.map((one) => (
        <article key={one.hash}>
          <h3>{one.title}</h3>
          <p className="said">{one.text}</p>
          <p className="mute">
            {t('a_ticked', { time: exact(one.tickedAt, language) })} ·{' '}
            <span className="mono hash">{one.hash}</span>
          </p>
        </article>
      ))}
    </section>
  );
}
