import {
  data,
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import {
  authorityKinds,
  authorityWords,
  holdEvents,
  holdScopes,
  requestScopes,
} from '../../src/aftersales/outside/lawful.contract.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { count, exact, fullDay } from '../text/format.ts';
import { outside as words } from '../text/outside.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const [{ holds, now }, { requests }] = await Promise.all([
    found(api.outside.holds({})),
    found(api.outside.requests({})),
  ]);
  const year = new Date(now).getUTCFullYear();
  const did = new URL(request.url).searchParams.has('did');
  const halves = [`${year}-H2`, `${year}-H1`, `${year - 1}-H2`];
  return { holds, requests, halves, did, title: textIn(words, language)('lawful') };
}

const dayAt = (form: FormData, name: string): string => `${text(form, name)}T00:00:00+08:00`;
const named = (form: FormData) => ({
  authority: text(form, 'authority'),
  kind: authorityKinds.find((one) => one === text(form, 'kind')) ?? ('court' as const),
  number: text(form, 'number'),
  documentHash: text(form, 'document').toLowerCase(),
});

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const { outside } = page(context).api;
  const intent = text(form, 'intent');
  const id = text(form, 'id');
  if (intent === 'grant') {
    // The code is in this answer and nowhere else: a redirect would put it into an address.
    const granted = await tried(outside.grant({ requestId: id }));
    return granted.ok
      ? data({ refusal: undefined, typed: undefined, code: granted.value.code })
      : again(granted.refusal, form);
  }
  const step = holdEvents.find((one) => one === intent);
  const outcome = await tried<unknown>(
    step
      ? outside.stepHold({ holdId: id, act: step, reason: text(form, 'reason') })
      : intent === 'hold'
        ? outside.enterHold({
            ...named(form),
            scope: holdScopes.find((one) => one === text(form, 'scope')) ?? 'order',
            subject: text(form, 'subject'),
            reason: text(form, 'reason'),
            until: dayAt(form, 'until'),
            secret: form.has('secret'),
          })
        : intent === 'request'
          ? outside.enterRequest({
              ...named(form),
              basis: text(form, 'basis'),
              asked: text(form, 'asked'),
              scope: requestScopes.find((one) => one === text(form, 'scope')) ?? 'order',
              subject: text(form, 'subject'),
              ...(text(form, 'from') ? { from: dayAt(form, 'from'), to: dayAt(form, 'to') } : {}),
              dueAt: dayAt(form, 'until'),
            })
          : outside.close({ requestId: id, answer: text(form, 'answer') }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(`${paths.operatorLawful()}?did=1`, 303);
}

/** The registers of what courts, police and regulators order. */
export default function OperatorLawful() {
  const { holds, requests, halves, did, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <header className="mh">
        <h1>{title}</h1>
        <p className="mute">{t('lawfulLead')}</p>
      </header>
      <Answer refused={answer?.refusal?.message} />
      {answer && 'code' in answer && (
        <Note tone="hold" answer>
          {t('codeOnce')} <span className="mono">{answer.code}</span>
        </Note>
      )}
      <Answer did={did && !answer && t('saved')} />
      <div className="two">
        <div className="stack">
          <section className="card">
            <h2>{t('holds')}</h2>
            {holds.length === 0 && <p className="mute">{t('holdsNone')}</p>}
            <ul className="lines">
              {holds.map((one) => (
                <HoldRow key={one.holdId} one={one} />
              ))}
            </ul>
          </section>
          <section className="card">
            <h2>{t('requestsTitle')}</h2>
            {requests.length === 0 && <p className="mute">{t('requestsNone')}</p>}
            <ul className="lines">
              {requests.map((one) => (
                <RequestRow key={one.requestId} one={one} />
              ))}
            </ul>
          </section>
        </div>
        <aside className="stack">
          <NewHold />
          <NewRequest />
          <section className="card">
            <h2>{t('reports')}</h2>
            <p className="mute">{t('reportsLead')}</p>
            <p className="row">
              {halves.map((half) => (
                <a key={half} href={paths.identityReport(half)}>
                  {t('reportCsv', { half })}
                </a>
              ))}
            </p>
          </section>
        </aside>
      </div>
    </>
  );
}

type Loaded = Awaited<ReturnType<typeof loader>>;

function HoldRow({ one }: { one: Loaded['holds'][number] }) {
  const t = useText(words);
  const { language } = useFrame();
  const steps = { asked: ['place', 'drop'], standing: ['ask_lift'], lift_asked: ['lift', 'keep'] } as const;
  const open = one.state in steps ? steps[one.state as keyof typeof steps] : [];
  const blocked = one.mine && (one.state === 'asked' || one.state === 'lift_asked');
  return (
    <li>
      <b>{one.authority}</b> {one.number}{' '}
      <Tag tone={one.state === 'standing' || one.state === 'lift_asked' ? 'hold' : undefined}>
        {t(`state_${one.state}` as keyof typeof words)}
      </Tag>{' '}
      {one.secret && <Tag tone="bad">{t('secret')}</Tag>}
      <p className="sub">
        {t(`scope_${one.scope}`)} <span className="mono">{one.subject}</span> · {one.reason} · {t('to')}{' '}
        {fullDay(one.until, language)}
      </p>
      {one.overdue && <Note tone="hold">{t('overdue')}</Note>}
      {blocked && <p className="mute">{t('otherPerson')}</p>}
      {open.length > 0 && (
        <Form method="post" className="row">
          <input type="hidden" name="id" value={one.holdId} />
          {one.state === 'standing' && <Input label={t('reason')} name="reason" maxLength={500} />}
          {open.map((event) => (
            <Submit
              key={event}
              intent={event}
              small
              kind={event === 'place' || event === 'lift' ? 'filled' : 'line'}
            >
              {t(`do_${event}`)}
            </Submit>
          ))}
        </Form>
      )}
    </li>
  );
}

function RequestRow({ one }: { one: Loaded['requests'][number] }) {
  const t = useText(words);
  const { language } = useFrame();
  return (
    <li>
      <b>{one.authority}</b> {one.number} <Tag>{t(`state_${one.state}`)}</Tag>
      <p className="sub">
        {one.asked} · {one.basis} · {t(`scope_${one.scope}`)} <span className="mono">{one.subject}</span>
      </p>
      <p className="sub">
        {t('dueBy', { when: exact(one.dueAt, language) })} · {t('looks', { count: count(one.looks) })}
      </p>
      {one.state === 'received' &&
        (one.mine ? (
          <p className="mute">{t('otherPerson')}</p>
        ) : (
          <Form method="post">
            <input type="hidden" name="id" value={one.requestId} />
            <Submit intent="grant" small>
              {t('do_grant')}
            </Submit>
          </Form>
        ))}
      {one.state === 'granted' && (
        <Form method="post" className="stack">
          <input type="hidden" name="id" value={one.requestId} />
          <Textarea label={t('answerHow')} name="answer" rows={2} required maxLength={1000} />
          <Submit intent="close" small kind="line">
            {t('do_close')}
          </Submit>
        </Form>
      )}
      {one.answer && <p>{one.answer}</p>}
    </li>
  );
}

function Named() {
  const t = useText(words);
  const { language } = useFrame();
  return (
    <>
      <Select
        label={t('authorityKind')}
        name="kind"
        options={authorityKinds.map((kind) => ({ value: kind, label: authorityWords[kind][language] }))}
      />
      <Input label={t('authority')} name="authority" required maxLength={100} />
      <Input label={t('number')} name="number" required maxLength={80} />
      <Input label={t('document')} name="document" required pattern="[0-9a-fA-F]{64}" />
    </>
  );
}

function NewHold() {
  const t = useText(words);
  return (
    <details className="card">
      <summary>{t('holdAdd')}</summary>
      <Form method="post" className="stack">
        <Named />
        <Select
          label={t('scope')}
          name="scope"
          options={holdScopes.map((scope) => ({ value: scope, label: t(`scope_${scope}`) }))}
        />
        <Input label={t('subject')} name="subject" required maxLength={64} />
        <Input label={t('reason')} name="reason" required maxLength={500} />
        <Input label={t('until')} name="until" type="date" required />
        <label className="row">
          <input type="checkbox" name="secret" value="1" /> {t('secret')}
        </label>
        <Submit intent="hold">{t('holdAdd')}</Submit>
      </Form>
    </details>
  );
}

function NewRequest() {
  const t = useText(words);
  return (
    <details className="card">
      <summary>{t('requestAdd')}</summary>
      <Form method="post" className="stack">
        <Named />
        <Input label={t('basis')} name="basis" required maxLength={200} />
        <Textarea label={t('asked')} name="asked" required rows={2} maxLength={1000} />
        <Select
          label={t('scope')}
          name="scope"
          options={requestScopes.map((scope) => ({ value: scope, label: t(`scope_${scope}`) }))}
        />
        <Input label={t('subject')} name="subject" maxLength={64} />
        <Input label={t('from')} name="from" type="date" />
        <Input label={t('to')} name="to" type="date" />
        <Input label={t('until')} name="until" type="date" required />
        <Submit intent="request">{t('requestAdd')}</Submit>
      </Form>
    </details>
  );
}
