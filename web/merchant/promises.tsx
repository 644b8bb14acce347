import { useCallback, useMemo } from 'react';
import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { delivery } from '../text/delivery.ts';
import { count, moment, took } from '../text/format.ts';
import { textIn, useFrame, useText, type Language, type Say } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Chart, type Series } from '../ui/Chart.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { shortDay } from './DaysChart.tsx';
import { shopOf } from './shop.server.ts';

type Promises = Answers['delivery']['promises'];
type Row = Promises['listings'][number];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const answer = await found(api.delivery.promises({ shopId: shop.id }));
  return { ...answer, title: textIn(delivery, language)('promisesTitle') };
}

/** Promised against reached, by day and by listing (F062, F104). */
export default function PromisesPage() {
  const { days, listings } = useLoaderData<typeof loader>();
  const t = useText(delivery);
  const { language, now } = useFrame();
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.merchantDeliveries(), label: t('todoTitle') }]}
        here={t('promisesTitle')}
      />
      <header className="mh">
        <h1>{t('promisesTitle')}</h1>
        <p className="mute">{t('promisesLead')}</p>
      </header>
      {days.length > 0 && (
        <section className="card mb-4">
          <Days days={days} />
        </section>
      )}
      <section className="card">
        <Table
          caption={t('promisesTitle')}
          columns={columnsOf(t, language, now)}
          rows={listings}
          rowKey={(row) => row.listingId}
          empty={<Empty title={t('promisesEmpty')}>{t('promisesEmptyText')}</Empty>}
        />
      </section>
    </>
  );
}

const minutes = (seconds: number | null): number => Math.round((seconds ?? 0) / 6) / 10;

function Days({ days }: { days: Promises['days'] }) {
  const t = useText(delivery);
  const points = useMemo(() => days.map((one) => shortDay(one.day)), [days]);
  const series = useMemo<Series[]>(
    () => [
      {
        name: t('chartPromised'),
        kind: 'line',
        tone: 'hold',
        values: days.map((one) => minutes(one.promised_seconds)),
      },
      {
        name: t('chartReached'),
        kind: 'bar',
        tone: 'brand',
        values: days.map((one) => minutes(one.reached_seconds)),
      },
    ],
    // The words change with the language only, and then the page is another.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [days],
  );
  const show = useCallback((value: number) => String(value), []);
  const middle = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return (
    <Chart
      label={t('chartSays', {
        days: days.length,
        promised: middle(days.map((one) => minutes(one.promised_seconds))),
        reached: middle(days.map((one) => minutes(one.reached_seconds))),
      })}
      axis={t('chartDay')}
      points={points}
      series={series}
      show={show}
    />
  );
}

const columnsOf = (t: Say<typeof delivery>, language: Language, now: number): Column<Row>[] => [
  {
    key: 'goods',
    head: t('colGoods'),
    cell: (row) => (
      <>
        <a className="inline-block min-w-36 font-semibold" href={paths.listing(row.listingId)}>
          {row.title}
        </a>
        {row.lastLateAt && (
          <>
            <br />
            <span className="sub">{t('lastLate', { time: moment(row.lastLateAt, now, language) })}</span>
          </>
        )}
      </>
    ),
  },
  {
    key: 'promised',
    head: t('colPromised'),
    right: true,
    cell: (row) => (row.promised_seconds === null ? '' : took(row.promised_seconds * 1000, language)),
  },
  {
    key: 'reached',
    head: t('colReached'),
    right: true,
    cell: (row) => (row.median_seconds === null ? '' : took(row.median_seconds * 1000, language)),
  },
  { key: 'onTime', head: t('colOnTime'), right: true, cell: (row) => count(row.onTime, language) },
  { key: 'late', head: t('colLate'), right: true, cell: (row) => count(row.late, language) },
];
