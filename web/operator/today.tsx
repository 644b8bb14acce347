import { useCallback, useMemo } from 'react';
import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { clock, count, day, money, moment, weekday } from '../text/format.ts';
import { operator } from '../text/operator.ts';
import { textIn, useFrame, useLanguage, useText } from '../text/use.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Chart, type Series } from '../ui/Chart.tsx';
import { Facts, Kpis } from '../ui/Facts.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const [today, work] = await Promise.all([found(api.analytics.operatorToday({})), found(api.work.read({}))]);
  return { today, work, title: textIn(operator, language)('todayTitle') };
}

export default function Today() {
  const { today, work } = useLoaderData<typeof loader>();
  const t = useText(operator);
  const { now, language } = useFrame();
  const last = today.days.at(-1);
  const { exceptions, overdue } = today;
  return (
    <>
      <header className="mh">
        <h1>{t('todayTitle')}</h1>
        <p className="mute">
          {t('todayAt', { now: `${day(now, language)} ${weekday(now, language)} ${clock(now)}` })}
        </p>
      </header>
      <Kpis
        items={[
          {
            value: money(last?.sales ?? '0'),
            text: t('kpiSales', { count: count(last?.orders ?? 0, language) }),
          },
          { value: money(today.held), text: t('kpiHeld', { count: count(today.heldOrders, language) }) },
          { value: money(last?.refunds ?? '0'), text: t('kpiRefunds') },
          { value: count(exceptions.open, language), text: t('kpiExceptions') },
          { value: count(overdue.count, language), text: t('kpiOverdue') },
        ]}
      />
      <div className="inbox">
        <section className="card">
          <h2>{t('chartTitle')}</h2>
          <SalesChart days={today.days} />
        </section>
        <div className="stack">
          <section className="card stack">
            <h2>{t('payments')}</h2>
            <p>
              {exceptions.oldestAt === null
                ? t('exceptionsNone')
                : t('exceptionsSome', { time: moment(exceptions.oldestAt, now, language) })}
            </p>
            {exceptions.open > 0 && <ButtonLink href={paths.operatorPayments()}>{t('decide')}</ButtonLink>}
          </section>
          <section className="card stack">
            <h2>{t('deadlines')}</h2>
            <p>
              {overdue.oldestAt === null
                ? t('overdueNone')
                : t('overdueSome', { time: moment(overdue.oldestAt, now, language) })}
            </p>
            <a href={paths.operatorDeadlines()}>{t('seeDeadlines')}</a>
          </section>
          <LogHealth log={today.log} />
          <Work work={work} />
        </div>
      </div>
    </>
  );
}

function SalesChart({ days }: { days: Answers['analytics']['operatorToday']['days'] }) {
  const t = useText(operator);
  const language = useLanguage();
  const points = useMemo(
    () =>
      days.map((one, index) =>
        index === days.length - 1 ? t('chartToday') : one.day.slice(5).replace('-', '/'),
      ),
    [days, language],
  );
  const series = useMemo<Series[]>(
    () => [
      { name: t('chartSales'), kind: 'bar', tone: 'brand', values: days.map((one) => Number(one.sales)) },
      { name: t('chartRefunds'), kind: 'bar', tone: 'hold', values: days.map((one) => Number(one.refunds)) },
    ],
    [days, language],
  );
  const show = useCallback((value: number) => money(Math.round(value)), []);
  const sum = (of: 'sales' | 'refunds') => money(days.reduce((all, one) => all + BigInt(one[of]), 0n));
  return (
    <Chart
      label={t('chartSays', { sales: sum('sales'), refunds: sum('refunds') })}
      axis={t('chartDay')}
      points={points}
      series={series}
      show={show}
    />
  );
}

/** More than this waiting means that the sequencer does not follow. */
const behind = 1000;

function LogHealth({ log }: { log: Answers['analytics']['operatorToday']['log'] }) {
  const t = useText(operator);
  const { now, language } = useFrame();
  const isGood = log.waiting < behind && (log.publishedAt !== null || log.waiting === 0);
  return (
    <section className="card">
      <div className="between">
        <h2>{t('log')}</h2>
        <Tag tone={isGood ? 'ok' : 'hold'}>{t(isGood ? 'logGood' : 'logBehind')}</Tag>
      </div>
      <Facts
        facts={[
          { name: t('logSize'), value: t('logEntries', { count: count(log.size, language) }) },
          {
            name: t('logPublished'),
            value:
              log.publishedSize === null || log.publishedAt === null
                ? t('logNever')
                : t('logPublishedAt', {
                    count: count(log.publishedSize, language),
                    time: moment(log.publishedAt, now, language),
                  }),
          },
          { name: t('logWaiting'), value: t('logEntries', { count: count(log.waiting, language) }) },
        ]}
      />
    </section>
  );
}

function Work({ work }: { work: Answers['work']['read'] }) {
  const t = useText(operator);
  const language = useLanguage();
  return (
    <section className="card">
      <h2>{t('work')}</h2>
      <Facts
        facts={[
          { name: t('workWaiting'), value: count(work.news.waiting, language) },
          { name: t('workFailed'), value: count(work.failed.length, language) },
        ]}
      />
      {work.failed.length === 0 && <p className="mute">{t('workFine')}</p>}
      <ul className="lines">
        {work.failed.map((one, index) => (
          <li key={index} className="sub">
            {t('workLine', { event: one.event, attempts: one.attempts, error: one.error })}
          </li>
        ))}
      </ul>
    </section>
  );
}
