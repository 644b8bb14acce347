import { useEffect } from 'react';
import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  useRevalidator,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, safeNext, withQuery } from '../paths.ts';
import { count, exact, leftText, span as spanText } from '../text/format.ts';
import { operator } from '../text/operator.ts';
import { textIn, useFrame, useLanguage, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { asStaff } from './staff.server.ts';
import { whatText } from './whats.ts';

const steps = [60, 1440, 2880, 10_080] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { admin } = asStaff({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const [clocks, { kinds }, work] = await Promise.all([
    found(api.clock.read({})),
    found(api.analytics.deadlines({})),
    found(api.work.read({})),
  ]);
  return {
    clocks,
    admin,
    moved: Number(query.get('moved')) || 0,
    fired: firedIn(query.get('fired') ?? ''),
    failed: Number(query.get('failed')) || 0,
    overdue: kinds.reduce((sum, one) => sum + one.overdue, 0),
    news: work.news.waiting,
    title: textIn(operator, language)('time'),
  };
}

/** 'order.confirm:3,order.release:2' of the address after a move, so that a reload moves nothing again. */
const firedIn = (list: string): { what: string; count: number }[] =>
  list
    .split(',')
    .map((pair) => pair.split(':'))
    .map(([what = '', number]) => ({ what, count: Number(number) || 0 }))
    .filter((one) => one.count > 0);

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const minutes = steps.find((one) => String(one) === text(form, 'intent')) ?? 60;
  const outcome = await tried(keyed(context, form).clock.move({ minutes }));
  if (!outcome.ok) return again(outcome.refusal, form);
  const next = text(form, 'next');
  if (next !== '') return redirect(safeNext(next));
  const { fired, failed } = outcome.value;
  return redirect(
    withQuery(paths.operatorTime(), {
      moved: minutes,
      fired: Object.entries(fired)
        .map(([what, number]) => `${what}:${number}`)
        .join(','),
      failed: failed.reduce((sum, one) => sum + one.count, 0) || undefined,
    }),
  );
}

export default function Time() {
  const { clocks, admin, moved, overdue, news } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(operator);
  const { language } = useFrame();
  return (
    <>
      <h1>{t('timeTitle')}</h1>
      <p className="sub">{t('timeLead')}</p>
      <Answer refused={answer?.refusal.message} />
      <div className="inbox mt-4">
        <section className="card stack">
          <Facts
            facts={[
              { name: t('timeBusiness'), value: <b>{exact(clocks.business, language)}</b> },
              { name: t('timeWall'), value: exact(clocks.wall, language) },
              {
                name: t('timeAhead'),
                value: clocks.offset_ms > 0 ? leftText(clocks.offset_ms, language) : t('timeNot'),
              },
              {
                name: t('timeNext'),
                value: clocks.nextDueAt === null ? t('timeNothing') : exact(clocks.nextDueAt, language),
              },
            ]}
          />
          {clocks.movable && admin ? (
            <Moves />
          ) : (
            <Why label={t('move_60')} reason={t(clocks.movable ? 'timeWhyAdmin' : 'timeWhyDemo')} />
          )}
        </section>
        <section className="card stack" aria-live="polite">
          {moved > 0 && <Happened />}
          {overdue + news > 0 ? <Pending /> : <p className="mute">{t('settled')}</p>}
        </section>
      </div>
    </>
  );
}

function Moves() {
  const t = useText(operator);
  return (
    <Form method="post">
      <Act consequence={t('moveAfter')}>
        <div className="stack">
          {steps.map((minutes) => (
            <Submit
              key={minutes}
              kind={minutes === 1440 ? 'filled' : 'line'}
              intent={String(minutes)}
              busyText={t('moveBusy')}
            >
              {t(`move_${minutes}`)}
            </Submit>
          ))}
        </div>
      </Act>
    </Form>
  );
}

function Happened() {
  const { moved, fired, failed } = useLoaderData<typeof loader>();
  const t = useText(operator);
  const language = useLanguage();
  const span = spanText(moved / 60, language);
  if (fired.length === 0 && failed === 0) return <Note answer>{t('movedNothing', { span })}</Note>;
  return (
    <div role="status">
      <h2>{t('movedTitle', { span })}</h2>
      <ul className="lines">
        {fired.map((one) => (
          <li key={one.what}>
            {t('movedLine', { what: whatText(one.what, t), count: count(one.count, language) })}
          </li>
        ))}
      </ul>
      {failed > 0 && <Note tone="bad">{t('movedFailed', { count: failed })}</Note>}
    </div>
  );
}

/** What is due and not done yet: the page asks again until nothing is left. */
function Pending() {
  const { overdue, news } = useLoaderData<typeof loader>();
  const t = useText(operator);
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const timer = setInterval(() => void revalidate(), 1000);
    return () => clearInterval(timer);
  }, [revalidate]);
  return (
    <p className="sub" role="status">
      {t('pending', { count: overdue, news })}
    </p>
  );
}
