import { useCallback, useMemo } from 'react';
import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { movementWords } from '../../src/ledger/contract.ts';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { count, money, moment } from '../text/format.ts';
import { merchant } from '../text/merchant.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Why } from '../ui/Act.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Chart, type Series } from '../ui/Chart.tsx';
import { Kpis } from '../ui/Facts.tsx';
import { Tabs } from '../ui/Filters.tsx';
import { Pager, Table, type Column } from '../ui/Table.tsx';
import { shortDay } from './DaysChart.tsx';
import { shopOf } from './shop.server.ts';

const accounts = ['available', 'reserve', 'deposit'] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const account = accounts.find((one) => one === query.get('account')) ?? 'available';
  const cursor = query.get('cursor') ?? undefined;
  const [answer, today] = await Promise.all([
    found(api.ledger.shopMoney({ shopId: shop.id, account, ...(cursor && { cursor }) })),
    found(api.analytics.shopToday({ shopId: shop.id })),
  ]);
  return {
    answer,
    today,
    account,
    isFirst: cursor === undefined,
    title: textIn(merchant, language)('moneyTitle'),
  };
}

export default function Money() {
  const { answer, today, account, isFirst } = useLoaderData<typeof loader>();
  const t = useText(merchant);
  const at = (p: { account?: string; cursor?: string }) =>
    withQuery(paths.merchantMoney(), { ...p, account: p.account === 'available' ? undefined : p.account });
  return (
    <>
      <header className="mh">
        <h1>{t('moneyTitle')}</h1>
        <p className="mute">{t('moneyLead')}</p>
      </header>
      <Kpis
        items={[
          { value: money(answer.available), text: t('kpiAvailable') },
          { value: money(today.held), text: t('kpiEscrow') },
          { value: money(answer.reserve), text: t('kpiReserve') },
          { value: money(answer.deposit), text: t('kpiDeposit') },
        ]}
      />
      <div className="inbox">
        <section className="card">
          <h2>{t('movements')}</h2>
          <Tabs
            label={t('account')}
            links={accounts.map((one) => ({
              href: at({ account: one }),
              label: t(one),
              on: one === account,
            }))}
          />
          <Table
            caption={t('movements')}
            columns={useColumns()}
            rows={answer.movements}
            rowKey={(one) => `${one.kind} ${one.at} ${one.orderId} ${one.amount} ${one.after}`}
            empty={<Empty title={t('movementsNone')}>{t('movementsNoneText')}</Empty>}
          />
          <Pager
            previous={isFirst ? undefined : at({ account })}
            next={answer.next === null ? undefined : at({ account, cursor: answer.next })}
          />
        </section>
        <div className="stack">
          <Releases today={today} />
          <section className="card">
            <Why label={t('payout')} reason={t('payoutWhy')} />
          </section>
        </div>
      </div>
    </>
  );
}

type Movement = Answers['ledger']['shopMoney']['movements'][number];

function useColumns(): Column<Movement>[] {
  const t = useText(merchant);
  const { now, language } = useFrame();
  return [
    {
      key: 'what',
      head: t('colWhat'),
      cell: (one) => {
        const name = movementWords[one.kind][language];
        return one.orderId === null ? name : <a href={paths.merchantOrder(one.orderId)}>{name}</a>;
      },
    },
    {
      key: 'amount',
      head: t('colAmount'),
      right: true,
      cell: (one) => (
        <b
          className={one.incoming ? 'text-brand' : undefined}
        >{`${one.incoming ? '+' : '−'}${money(one.amount)}`}</b>
      ),
    },
    {
      key: 'after',
      head: t('colAfter'),
      right: true,
      cell: (one) => (one.after === null ? '—' : money(one.after)),
    },
    { key: 'when', head: t('colWhen'), right: true, cell: (one) => moment(one.at, now, language) },
  ];
}

/** What is released on which day: bars, because people ask how much and when. */
function Releases({ today }: { today: Answers['analytics']['shopToday'] }) {
  const t = useText(merchant);
  const { language } = useFrame();
  const { releases } = today;
  const points = useMemo(() => releases.map((one) => shortDay(one.day)), [releases]);
  const series = useMemo<Series[]>(
    () => [
      {
        name: t('releaseAmount'),
        kind: 'bar',
        tone: 'hold',
        values: releases.map((one) => Number(one.amount)),
      },
    ],
    [releases, language],
  );
  const show = useCallback((value: number) => money(Math.round(value)), []);
  const sum = releases.reduce((all, one) => all + BigInt(one.amount), 0n);
  return (
    <section className="card">
      <h2>{t('releases')}</h2>
      {releases.length === 0 ? (
        <p className="sub">{t('releasesNone')}</p>
      ) : (
        <Chart
          label={t('releasesSay', { days: count(releases.length, language), sum: money(sum) })}
          axis={t('chartDay')}
          points={points}
          series={series}
          show={show}
        />
      )}
      <p className="mute">{t('releasesNote', { count: today.unconfirmed })}</p>
    </section>
  );
}
