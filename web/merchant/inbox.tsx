import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { clock, count, day, money, weekday } from '../text/format.ts';
import { merchant } from '../text/merchant.ts';
import { inbox } from '../text/shop-inbox.ts';
import { textIn, useFrame, useText, type Language } from '../text/use.ts';
import { Empty, Note } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Kpis } from '../ui/Facts.tsx';
import { Select } from '../ui/Field.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Rich } from '../ui/Rich.tsx';
import { DaysChart } from './DaysChart.tsx';
import { SearchBox } from './cases.tsx';
import { caseTask } from './caseTasks.ts';
import { taskKinds, tasksOf, type Task } from './inbox.view.ts';
import { loadSources } from './inbox.server.ts';
import { may, shopOf } from './shop.server.ts';
import { talkTask } from './talkTasks.ts';
import { roughly, Tasks } from './Tasks.tsx';
import { correctionTask, deliveryTask, topupTasks } from './workTasks.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const shopId = shop.id;
  const query = new URL(request.url).searchParams;
  const asked = query.get('variant') || undefined;
  const goods = may(shop, 'goods');
  const [sources, stock, today] = await Promise.all([
    loadSources(api, shop),
    goods ? tried(api.inventory.readStock({ shopId })) : null,
    found(api.analytics.shopToday({ shopId })),
  ]);
  const items = stock?.ok ? stock.value.items : [];
  const chosen = items.find((one) => one.variantId === asked);
  const days = chosen
    ? (await found(api.analytics.shopToday({ shopId, variantId: chosen.variantId }))).days
    : today.days;
  return {
    ...sources,
    missing: [...sources.missing, ...(stock && !stock.ok ? (['stock'] as const) : [])],
    stock: items,
    today,
    days,
    chosen,
    goods,
    kind: taskKinds.find((one) => one === query.get('kind')),
    q: (query.get('q') ?? '').trim().slice(0, 64),
    title: textIn(merchant, language)('inbox'),
  };
}

export default function Inbox() {
  const data = useLoaderData<typeof loader>();
  const { today, days, chosen, goods, stock, kind, q } = data;
  const t = useText(merchant);
  const { now: made, language } = useFrame();
  const all = allTasks(data, made, language);
  const mine = all.filter((task) => task.mine).length;
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
        <Work all={all} kind={kind} q={q} missing={data.missing} more={data.more} />
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

type Loaded = Awaited<ReturnType<typeof loader>>;

/** Everything that waits, by the time that is left; what is bad now stands first. */
function allTasks(p: Loaded, now: number, language: Language): Task[] {
  return [
    ...p.cases.map((one) => caseTask(one, now, language)),
    ...p.talks.map((one) => talkTask(one, now, language)),
    ...p.deliveries.map((one) => deliveryTask(one, now, language)),
    ...p.corrections.map((one) => correctionTask(one, now, language)),
    ...(p.topups ? topupTasks(p.topups, now, language) : []),
    ...tasksOf({ stock: p.stock, imports: p.imports, waiting: p.today.waiting }, now, language),
  ].sort((a, b) => (a.due ?? 0) - (b.due ?? 0));
}

type WorkProps = Pick<Loaded, 'kind' | 'q' | 'missing' | 'more'> & { all: readonly Task[] };

/** The one list of all that waits for the shop, with its kinds and its search. */
function Work({ all, kind, q, missing, more }: WorkProps) {
  const t = useText(merchant);
  const i = useText(inbox);
  const sought = q.toLowerCase();
  const shown = all.filter(
    (task) =>
      (kind === undefined || task.kind === kind) &&
      (sought === '' || `${task.key} ${task.title} ${task.what} ${task.href}`.toLowerCase().includes(sought)),
  );
  const isNarrow = kind !== undefined || q !== '';
  const counted = taskKinds.map((one) => [one, all.filter((task) => task.kind === one).length] as const);
  return (
    <section className="card inb">
      <h2>{all.length > 0 ? t('todoList', { count: all.length }) : t('inbox')}</h2>
      <p className="mute">{t('todoLead')}</p>
      {missing.map((one) => (
        <Note key={one} tone="hold">
          {i('missing', { what: i(`kind_${one}`) })}
        </Note>
      ))}
      {(all.length > 0 || isNarrow) && (
        <div className="stack mt-3">
          <SearchBox q={q} action={paths.merchant()} kind={kind} />
          <Filters
            label={i('kinds')}
            links={[
              {
                href: paths.merchant({ q }),
                label: i('kind_all'),
                count: all.length,
                on: kind === undefined,
              },
              ...counted
                .filter(([one, many]) => many > 0 || one === kind)
                .map(([one, many]) => ({
                  href: paths.merchant({ kind: one, q }),
                  label: i(`kind_${one}`),
                  count: many,
                  on: kind === one,
                })),
            ]}
          />
        </div>
      )}
      {shown.length > 0 ? (
        <Tasks tasks={shown} />
      ) : isNarrow ? (
        <Empty title={i('noHit')} next={<a href={paths.merchant()}>{i('clear')}</a>}>
          {i('noHitText')}
        </Empty>
      ) : (
        <Empty title={t('todoEmpty')}>{t('todoEmptyText')}</Empty>
      )}
      {more && (
        <p className="mt-3">
          <a href={paths.merchantCases()}>{i('more')}</a>
        </p>
      )}
    </section>
  );
}

type Stock = Loaded['stock'];

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
