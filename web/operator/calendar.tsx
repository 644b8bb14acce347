import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, found, formKey, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { exact, fullDay } from '../text/format.ts';
import { rulebook } from '../text/rulebook.ts';
import { rulesText } from '../text/rules.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Textarea } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const calendar = await found(api.rules.calendars({}));
  const done = new URL(request.url).searchParams.get('done');
  return { calendar, done, key: formKey(context), title: textIn(rulebook, language)('calendar') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const intent = text(form, 'intent');
  const { rules } = keyed(context, form);
  const outcome = await tried<unknown>(
    intent === 'outage'
      ? rules.declareOutage({
          fromAt: `${text(form, 'fromAt')}:00+08:00`,
          toAt: `${text(form, 'toAt')}:00+08:00`,
          because: { zh: text(form, 'reasonZh'), en: text(form, 'reasonEn') },
        })
      : rules.loadCalendar({
          calendar: text(form, 'calendar'),
          year: Number(text(form, 'year')) || 0,
          source: text(form, 'source'),
          off: daysIn(text(form, 'off')).map(([from = '', to = from]): [string, string] => [from, to]),
          work: daysIn(text(form, 'work')).map(([day = '']) => day),
        }),
  );
  return outcome.ok
    ? redirect(withQuery(paths.operatorCalendar(), { done: intent }))
    : again(outcome.refusal, form);
}

/** Lines of dates, each with one or two. */
const daysIn = (lines: string): string[][] =>
  lines
    .split('\n')
    .map((line) => line.match(/\d{4}-\d{2}-\d{2}/g) ?? [])
    .filter((dates) => dates.length > 0);

export default function OperatorCalendar() {
  const { calendar, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(rulebook);
  const r = useText(rulesText);
  const { language } = useFrame();
  const { day } = (answer?.refusal.detail ?? {}) as { day?: string };
  return (
    <>
      <header className="mh">
        <h1>{t('calendar')}</h1>
        <p className="mute">{t('calendarLead')}</p>
        <p className="row">
          <b>
            {r('calendarCovers', {
              version: calendar.current,
              day: fullDay(Date.parse(calendar.coveredUntil) - 1, language),
            })}
          </b>
          <a href={paths.rulesCalendar()}>{t('publicCalendar')}</a>
        </p>
      </header>
      <Answer
        refused={
          answer && (
            <>
              {answer.refusal.message} {day}
            </>
          )
        }
        did={done && t(done === 'outage' ? 'outageDeclared' : 'loaded')}
      />
      <div className="two">
        <div className="stack">
          <Declare />
          <Declared />
        </div>
        <aside className="stack">
          <Load />
        </aside>
      </div>
    </>
  );
}

function Declared() {
  const { calendar } = useLoaderData<typeof loader>();
  const r = useText(rulesText);
  const { language } = useFrame();
  return (
    <section className="card">
      <h2>{r('outages')}</h2>
      {calendar.outages.length === 0 && <Empty title={r('outagesNone')}>{r('outagesNoneText')}</Empty>}
      <ul className="lines">
        {calendar.outages.map((one) => (
          <li key={one.from + one.to}>
            {r('outageSpan', { from: exact(one.from, language), to: exact(one.to, language) })}{' '}
            <Tag tone={one.applied ? 'ok' : 'hold'}>
              {r(one.applied ? 'outageApplied' : 'outageApplying')}
            </Tag>
            <p className="sub">{one.reason[language]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Declare() {
  const { key } = useLoaderData<typeof loader>();
  const typed = useActionData<typeof action>()?.typed ?? {};
  const t = useText(rulebook);
  return (
    <section className="card">
      <h2>{t('outage')}</h2>
      <Form method="post" className="stack">
        <IdempotencyKey value={key} />
        <Input
          label={t('outageFrom')}
          name="fromAt"
          type="datetime-local"
          required
          defaultValue={typed['fromAt']}
        />
        <Input
          label={t('outageTo')}
          name="toAt"
          type="datetime-local"
          required
          defaultValue={typed['toAt']}
        />
        <Input
          label={t('outageReasonZh')}
          name="reasonZh"
          required
          minLength={2}
          maxLength={200}
          defaultValue={typed['reasonZh']}
        />
        <Input
          label={t('outageReasonEn')}
          name="reasonEn"
          required
          minLength={2}
          maxLength={200}
          defaultValue={typed['reasonEn']}
        />
        <Act consequence={t('outageAfter')}>
          <Submit intent="outage">{t('outageButton')}</Submit>
        </Act>
      </Form>
    </section>
  );
}

function Load() {
  const typed = useActionData<typeof action>()?.typed ?? {};
  const t = useText(rulebook);
  return (
    <section className="card">
      <h2>{t('load')}</h2>
      <Form method="post" className="stack">
        <Input
          label={t('loadVersion')}
          hint={t('loadVersionHint')}
          name="calendar"
          required
          pattern="cn-\d{4}\.\d{1,3}"
          defaultValue={typed['calendar']}
        />
        <Input
          label={t('loadYear')}
          name="year"
          type="number"
          min={2025}
          max={2099}
          required
          defaultValue={typed['year']}
        />
        <Input
          label={t('loadSource')}
          name="source"
          required
          minLength={4}
          maxLength={200}
          defaultValue={typed['source']}
        />
        <Textarea
          label={t('loadOff')}
          hint={t('loadOffHint')}
          name="off"
          rows={7}
          required
          defaultValue={typed['off']}
        />
        <Textarea label={t('loadWork')} name="work" rows={5} defaultValue={typed['work']} />
        <Act consequence={t('loadAfter')}>
          <Submit kind="line" intent="calendar">
            {t('loadButton')}
          </Submit>
        </Act>
      </Form>
    </section>
  );
}
