import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { count } from '../text/format.ts';
import { stock as words } from '../text/stock.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Pager, Table, type Column } from '../ui/Table.tsx';
import { shopOf } from './shop.server.ts';

type Item = Answers['inventory']['readStock']['items'][number];

const shown = 30;
const kinds = ['all', 'low', 'out'] as const;
const isOf = {
  all: () => true,
  low: (one: Item) => one.low,
  out: (one: Item) => one.onHand - one.reserved <= 0,
} as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const q = query.get('q')?.trim().slice(0, 60) ?? '';
  const kind = kinds.find((one) => one === query.get('show')) ?? 'all';
  const at = Math.max(1, Math.trunc(Number(query.get('page')) || 1));
  const { items } = await found(api.inventory.readStock({ shopId: shop.id }));
  const named = items.filter((one) => `${one.title} ${one.variant}`.toLowerCase().includes(q.toLowerCase()));
  const list = named.filter(isOf[kind]);
  return {
    items: list.slice((at - 1) * shown, at * shown),
    counts: { all: named.length, low: named.filter(isOf.low).length, out: named.filter(isOf.out).length },
    more: list.length > at * shown,
    none: items.length === 0,
    q,
    kind,
    at,
    title: textIn(words, language)('title'),
  };
}

export default function Stock() {
  const { items, counts, more, none, q, kind, at } = useLoaderData<typeof loader>();
  const t = useText(words);
  const columns = useColumns();
  const address = (p: { show?: string; page?: number }) =>
    withQuery(paths.merchantStock(), {
      q,
      show: p.show === 'all' ? undefined : p.show,
      page: p.page === 1 ? undefined : p.page,
    });
  if (none)
    return (
      <>
        <h1>{t('title')}</h1>
        <Empty
          title={t('emptyTitle')}
          next={<ButtonLink href={paths.merchantNewListing()}>{t('emptyNext')}</ButtonLink>}
        >
          {t('emptyText')}
        </Empty>
      </>
    );
  return (
    <>
      <header className="mh">
        <div>
          <h1>{t('title')}</h1>
          <p className="mute">{t('lead')}</p>
        </div>
        <ButtonLink href={paths.merchantImport()}>{t('import')}</ButtonLink>
      </header>
      <Search q={q} kind={kind} />
      <Filters
        label={t('filter')}
        links={kinds.map((one) => ({
          href: address({ show: one }),
          label: t(one),
          count: counts[one],
          on: one === kind,
        }))}
      />
      <section className="card">
        <Table
          caption={t('caption')}
          columns={columns}
          rows={items}
          rowKey={(one) => one.variantId}
          empty={
            <Empty
              title={t('noneTitle')}
              next={
                <ButtonLink href={paths.merchantStock()} kind="line">
                  {t('seeAll')}
                </ButtonLink>
              }
            >
              {t('noneText')}
            </Empty>
          }
        />
        <Pager
          previous={at > 1 ? address({ show: kind, page: at - 1 }) : undefined}
          next={more ? address({ show: kind, page: at + 1 }) : undefined}
        />
      </section>
    </>
  );
}

function Search({ q, kind }: { q: string | undefined; kind: string }) {
  const t = useText(words);
  return (
    <form className="sift mb-4" role="search" action={paths.merchantStock()}>
      <input
        className="in min-w-0 flex-1"
        name="q"
        type="search"
        defaultValue={q}
        aria-label={t('search')}
        placeholder={t('search')}
        maxLength={60}
      />
      {kind !== 'all' && <input type="hidden" name="show" value={kind} />}
      <button className="btn line" type="submit">
        {t('searchButton')}
      </button>
    </form>
  );
}

function useColumns(): Column<Item>[] {
  const t = useText(words);
  const language = useLanguage();
  const number = (value: number) => count(value, language);
  return [
    {
      key: 'goods',
      head: t('colGoods'),
      cell: (one) => (
        <>
          <a className="inline-block min-w-36 font-semibold" href={paths.merchantPool(one.variantId)}>
            {one.title}
          </a>
          <br />
          <span className="sub">{one.variant}</span>
        </>
      ),
    },
    {
      key: 'hand',
      head: t('colHand'),
      right: true,
      cell: (one) => (
        <b className={isOf.out(one) || one.low ? 'text-alarm' : undefined}>{number(one.onHand)}</b>
      ),
    },
    { key: 'reserved', head: t('colReserved'), right: true, cell: (one) => number(one.reserved) },
    { key: 'sold', head: t('colSold'), right: true, cell: (one) => number(one.sold) },
    { key: 'week', head: t('colWeek'), right: true, cell: (one) => number(one.soldWeek) },
    {
      key: 'days',
      head: t('colDays'),
      right: true,
      cell: (one) => (one.daysLeft === null ? t('unknown') : t('days', { days: one.daysLeft })),
    },
    {
      key: 'alarm',
      head: t('colAlarm'),
      right: true,
      cell: (one) => (
        <a href={paths.merchantPool(one.variantId)}>{one.alarmAt === 0 ? t('never') : number(one.alarmAt)}</a>
      ),
    },
    {
      key: 'act',
      head: '',
      right: true,
      cell: (one) => (
        <ButtonLink href={paths.merchantImport(one.variantId)} kind="line" small>
          {t('import')}
        </ButtonLink>
      ),
    },
  ];
}
