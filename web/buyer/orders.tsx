import { redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { orderStates, orderStateWords } from '../../src/orders/contract.ts';
import { decodeId } from '../../src/kit/public-id.ts';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { moment, money } from '../text/format.ts';
import { orders as words } from '../text/orders.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Face, type FaceColour } from '../ui/Face.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Pager } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { loggedIn } from './loggedIn.server.ts';

export const handle: PageHandle = { static: true };

type Order = Answers['orders']['mine']['orders'][number];

export async function loader({ context, request }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const search = query.get('q')?.trim().slice(0, 60) ?? '';
  // An order number leads to its order, which says itself when it is not yours.
  if (decodeId('order', search)) throw redirect(paths.order(search));
  const state = orderStates.find((one) => one === query.get('state'));
  const before = query.get('before') ?? undefined;
  const answer = await found(
    api.orders.mine({
      limit: 20,
      ...(search && { search }),
      ...(state && { state }),
      ...(before && { before }),
    }),
  );
  return { ...answer, search, state, isFirst: before === undefined, title: textIn(words, language)('title') };
}

export default function Orders() {
  const { orders, next, search, state, isFirst } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { language } = useFrame();
  const at = (p: { state?: string | undefined; before?: string }) =>
    withQuery(paths.orders(), { q: search, ...p });
  return (
    <>
      <header className="list-h">
        <h1>{t('title')}</h1>
        <p className="sub">{t('lead')}</p>
      </header>
      <form className="flex gap-2 mb-4" role="search" action={paths.orders()}>
        <input
          className="in"
          name="q"
          type="search"
          defaultValue={search}
          aria-label={t('search')}
          placeholder={t('search')}
          maxLength={60}
        />
        {state && <input type="hidden" name="state" value={state} />}
        <button className="btn line" type="submit">
          {t('searchButton')}
        </button>
      </form>
      <Filters
        label={t('filter')}
        links={[
          { href: at({}), label: t('all'), on: state === undefined },
          ...orderStates.map((one) => ({
            href: at({ state: one }),
            label: orderStateWords[one][language],
            on: one === state,
          })),
        ]}
      />
      {orders.length === 0 ? (
        <None isFiltered={search !== '' || state !== undefined} />
      ) : (
        <ul className="stack">
          {orders.map((order) => (
            <OrderCard key={order.orderId} order={order} />
          ))}
        </ul>
      )}
      <Pager
        previous={isFirst ? undefined : at({ state })}
        next={next === null ? undefined : at({ state, before: next })}
      >
        <a href={paths.findOrder()}>{t('findOrder')}</a>
      </Pager>
    </>
  );
}

function None({ isFiltered }: { isFiltered: boolean }) {
  const t = useText(words);
  return isFiltered ? (
    <Empty
      title={t('noneTitle')}
      next={
        <ButtonLink href={paths.orders()} kind="line">
          {t('noneNext')}
        </ButtonLink>
      }
    >
      {t('noneText')}
    </Empty>
  ) : (
    <Empty title={t('emptyTitle')} next={<ButtonLink href={paths.search()}>{t('emptyNext')}</ButtonLink>}>
      {t('emptyText')}
    </Empty>
  );
}

const held = (order: Order): bigint =>
  order.released || !['delivered', 'completed'].includes(order.state)
    ? 0n
    : BigInt(order.total) - BigInt(order.refunded);

function OrderCard({ order }: { order: Order }) {
  const t = useText(words);
  const { language, now } = useFrame();
  const escrow = held(order);
  const { colour, title, subtitle } = order.face;
  return (
    <li className="card">
      <div className="item">
        <Face name={title} line={subtitle} colour={colour as FaceColour} mini />
        <div className="min-w-0 flex-1">
          <a className="font-semibold" href={paths.order(order.orderId)}>
            {t('line', { title: order.title, count: order.quantity })}
          </a>
          <p className="mute">
            {order.variantName} ·{' '}
            {t('placed', { shop: order.shopName, time: moment(order.placedAt, now, language) })}
          </p>
          <p className="row mt-2">
            <Tag tone={order.state === 'delivered' ? 'ok' : undefined}>
              {orderStateWords[order.state][language]}
            </Tag>
            {escrow > 0n && (
              <Tag tone="hold" icon="lock">
                {t('escrow', { amount: money(escrow) })}
              </Tag>
            )}
            {order.released && <Tag>{t('settled')}</Tag>}
            {BigInt(order.refunded) > 0n && <Tag>{t('back', { amount: money(order.refunded) })}</Tag>}
          </p>
          <p className="mute">{t(`turn_${order.state}`)}</p>
        </div>
        <b className="num">{money(order.total)}</b>
      </div>
    </li>
  );
}
