import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { clock, count, day, money, weekday } from '../text/format.ts';
import { merchant } from '../text/merchant.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Kpis } from '../ui/Facts.tsx';
import { Select } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { DaysChart } from './DaysChart.tsx';
import { caseTask } from './caseTasks.ts';
import { tasksOf } from './inbox.view.ts';
import { may, shopOf } from './shop.server.ts';
import { talkTask } from './talkTasks.ts';
import { roughly, Tasks } from './Tasks.tsx';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const shopId = shop.id;
  const asked = new URL(request.url).searchParams.get('variant') || undefined;
  const goods = may(shop, 'goods');
  const [stock, imports, today, cases, talks] = await Promise.all([
    goods ? found(api.inventory.readStock({ shopId })).then((answer) => answer.items) : [],
    goods ? found(api.inventory.listImports({ shopId, limit: 20 })).then((answer) => answer.items) : [],
    found(api.analytics.shopToday({ shopId })),
    may(shop, 'orders') ? found(api.cases.inbox({ shopId })).then((answer) => answer.cases) : [],
    may(shop, 'orders')
      ? found(api.messaging.ofShop({ shopId, waiting: true })).then((answer) => answer.threads)
      : [],
  ]);
  const chosen = stock.find((one) => one.variantId === asked);
  const days = chosen
    ? (await found(api.analytics.shopToday({ shopId, variantId: chosen.variantId }))).days
    : today.days;
  return {
    stock,
    imports,
    today,
    cases,
    talks,
    days,
    chosen,
    goods,
    title: textIn(merchant, language)('inbox'),
  };
}

export const meta = ({ loaderData }: { loaderData: { title: string } | undefined }) => [
  { title: loaderData?.title },
];

export default function Inbox() {
  const { stock, imports, today, cases, talks, days, chosen, goods } = useLoaderData<typeof loader>();
  const t = useText(merchant);
  const { now: made, language } = useFrame();
  const tasks = [
    ...cases.map((one) => caseTask(one, made, language)),
    ...talks.map((one) => talkTask(one, made, language)),
    ...tasksOf({ stock, imports, waiting: today.waiting }, made, language),
  ].sort((a, b) => (a.due ?? 0) - (b.due ?? 0));
  const mine = tasks.filter((task) => task.mine).length;
  const [next] = today.releases;
  const last = today.days.at(-1);
  return (
    <>
      <header className="mh">
        <h1>{mine > 0 ? t('todoTitle', { count: mine }) : t('todoNone')}</h1>
        <p className="mute">
          {t('todoOrder', { now: `${day(made, language)} ${weekday(made, language)} ${clock(made)}` })}
        </p>
      </header>
      <Kpis
        items={[
          { value: money(last?.sales ?? '0'), text: t('kpiToday', { count: last?.orders ?? 0 }) },
          { value: money(today.held), text: t('kpiHeld', { count: today.heldOrders }) },
          next
            ? {
                value: money(next.amount),
                text: t('kpiNext', { day: day(`${next.day}T12:00:00+08:00`, language) }),
              }
            : { value: '—', text: t('kpiNoNext') },
          { value: count(today.unconfirmed, language), text: t('kpiUnconfirmed') },
        ]}
      />
      <div className="inbox">
        <section className="card inb">
          <h2>{tasks.length > 0 ? t('todoList', { count: tasks.length }) : t('inbox')}</h2>
          <p className="mute">{t('todoLead')}</p>
          {tasks.length > 0 ? (
            <Tasks tasks={tasks} />
          ) : (
            <Empty title={t('todoEmpty')}>{t('todoEmptyText')}</Empty>
          )}
        </section>
        <div className="stack">
          <section className="card">
            <h2>{chosen ? `${chosen.title} ${chosen.variant}` : t('chartShop')}</h2>
            <DaysChart days={days} />
            {goods && <ChartFoot stock={stock} chosen={chosen} />}
          </section>
          {goods && <Watch stock={stock} />}
        </div>
      </div>
    </>
  );
}

type Stock = Awaited<ReturnType<typeof loader>>['stock'];

/** The words below the chart, and the way to that of another variant. */
function ChartFoot({ stock, chosen }: { stock: Stock; chosen: Stock[number] | undefined }) {
  const t = useText(merchant);
  const { language } = useFrame();
  return (
    <div className="stack mt-4">
      {chosen && (
        <p>
          {chosen.daysLeft === null ? (
            t('stockSaysStill', { count: count(chosen.onHand, language) })
          ) : (
            <Rich text={t('stockSays', { count: count(chosen.onHand, language), days: chosen.daysLeft })} />
          )}
        </p>
      )}
      <p className="row">
        <ButtonLink href={paths.merchantImport(chosen?.variantId)}>{t('import')}</ButtonLink>
        <ButtonLink href={chosen ? paths.merchantPool(chosen.variantId) : paths.merchantStock()} kind="line">
          {t('setAlarm')}
        </ButtonLink>
      </p>
      {stock.length > 0 && (
        <form method="get" className="stack">
          <Select
            label={t('chartPick')}
            name="variant"
            defaultValue={chosen?.variantId ?? ''}
            options={[
              { value: '', label: t('chartShop') },
              ...stock.map((one) => ({ value: one.variantId, label: `${one.title} ${one.variant}` })),
            ]}
          />
          <button className="btn line s" type="submit">
            {t('chartShow')}
          </button>
        </form>
      )}
    </div>
  );
}

const watched = 5;

/** The variants that run out first. */
function Watch({ stock }: { stock: Stock }) {
  const t = useText(merchant);
  const { language } = useFrame();
  const first = stock
    .filter((one) => one.daysLeft !== null && one.daysLeft < 14)
    .sort((a, b) => (a.daysLeft ?? 0) - (b.daysLeft ?? 0))
    .slice(0, watched);
  return (
    <section className="card">
      <h2>{t('watch')}</h2>
      {first.length === 0 && <p className="mute">{t('watchNone')}</p>}
      <ul className="st">
        {first.map((one) => (
          <li key={one.variantId}>
            <b>{`${one.title} ${one.variant}`}</b>
            <b className={one.low ? 'text-alarm' : 'text-hold'}>
              {t('watchLeft', { count: count(Math.max(0, one.onHand - one.reserved), language) })}
            </b>
            <span className="sub">{roughly((one.daysLeft ?? 0) * 86_400_000, t)}</span>
            <a href={paths.merchantImport(one.variantId)}>{t('restock')}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
