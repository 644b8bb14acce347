import { redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { orderStates, orderStateWords } from '../../src/orders/contract.ts';
import { decodeId } from '../../src/kit/public-id.ts';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { count, money, moment } from '../text/format.ts';
import { merchant } from '../text/merchant.ts';
import { textIn, useFrame, useText, type Language, type Say } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Pager, Table, type Column } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';

type Order = Answers['orders']['ofShop']['orders'][number];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const search = query.get('q')?.trim().slice(0, 60) ?? '';
  if (decodeId('order', search)) throw redirect(paths.merchantOrder(search));
  const state = orderStates.find((one) => one === query.get('state'));
  const before = query.get('before') ?? undefined;
  const answer = await found(
    api.orders.ofShop({
      shopId: shop.id,
      limit: 30,
      ...(search && { search }),
      ...(state && { state }),
      ...(before && { before }),
    }),
  );
  return {
    ...answer,
    search,
    state,
    isFirst: before === undefined,
    title: textIn(merchant, language)('ordersTitle'),
  };
}

export default function ShopOrders() {
  const { orders, next, search, state, isFirst } = useLoaderData<typeof loader>();
  const t = useText(merchant);
  const { language, now } = useFrame();
  const at = (p: { state?: string | undefined; before?: string }) =>
    withQuery(paths.merchantOrders(), { q: search, ...p });
  const isFiltered = search !== '' || state !== undefined;
  return (
    <>
      <header className="mh">
        <h1>{t('ordersTitle')}</h1>
        <p className="mute">{t('ordersLead')}</p>
      </header>
      <form className="sift mb-4" role="search" action={paths.merchantOrders()}>
        <input
          className="in min-w-0 flex-1"
          name="q"
          type="search"
          defaultValue={search}
          aria-label={t('ordersSearch')}
          placeholder={t('ordersSearch')}
          maxLength={60}
        />
        {state && <input type="hidden" name="state" value={state} />}
        <button className="btn line" type="submit">
          {t('search')}
        </button>
      </form>
      <Filters
        label={t('byState')}
        links={[
          { href: at({}), label: t('all'), on: state === undefined },
          ...orderStates.map((one) => ({
            href: at({ state: one }),
            label: orderStateWords[one][language],
            on: one === state,
          })),
        ]}
      />
      <section className="card">
        <Table
          caption={t('ordersTitle')}
          columns={columnsOf(t, language, now)}
          rows={orders}
          rowKey={(order) => order.orderId}
          empty={<NoOrders isFiltered={isFiltered} />}
        />
        <Pager
          previous={isFirst ? undefined : at({ state })}
          next={next === null ? undefined : at({ state, before: next })}
        />
      </section>
    </>
  );
}

function NoOrders({ isFiltered }: { isFiltered: boolean }) {
  const t = useText(merchant);
  return isFiltered ? (
    <Empty
      title={t('ordersNone')}
      next={
        <ButtonLink href={paths.merchantOrders()} kind="line">
          {t('seeAll')}
        </ButtonLink>
      }
    >
      {t('ordersNoneText')}
    </Empty>
  ) : (
    <Empty
      title={t('ordersEmpty')}
      next={<ButtonLink href={paths.merchantImport()}>{t('import')}</ButtonLink>}
    >
      {t('ordersEmptyText')}
    </Empty>
  );
}

const tone = {
  created: undefined,
  awaiting: 'hold',
  delivering: 'hold',
  delivered: 'ok',
  completed: 'ok',
  cancelled: undefined,
  refunded: undefined,
} as const;

const columnsOf = (t: Say<typeof merchant>, language: Language, now: number): Column<Order>[] => [
  {
    key: 'goods',
    head: t('colGoods'),
    cell: (order) => (
      <>
        <a className="inline-block min-w-36 font-semibold" href={paths.merchantOrder(order.orderId)}>
          {order.title}
        </a>
        <br />
        <span className="sub">{order.variantName}</span>
      </>
    ),
  },
  {
    key: 'state',
    head: t('colState'),
    cell: (order) => <Tag tone={tone[order.state]}>{orderStateWords[order.state][language]}</Tag>,
  },
  { key: 'total', head: t('colTotal'), right: true, cell: (order) => <b>{money(order.total)}</b> },
  { key: 'count', head: t('colCount'), right: true, cell: (order) => count(order.quantity, language) },
  { key: 'money', head: t('colMoney'), cell: (order) => whereMoneyIs(order, t) },
  { key: 'time', head: t('colTime'), right: true, cell: (order) => moment(order.placedAt, now, language) },
];

function whereMoneyIs(order: Order, t: Say<typeof merchant>): string {
  if (order.state === 'created' || order.state === 'cancelled') return t('unpaid');
  if (order.state === 'refunded') return t('backAll');
  if (order.released) return t('settled');
  return t('inEscrow', { amount: money(BigInt(order.total) - BigInt(order.refunded)) });
}
