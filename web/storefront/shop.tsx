import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { tierTexts } from '../../src/merchants/contract.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { count, fullDay } from '../text/format.ts';
import { deposit } from '../text/deposit.ts';
import { ShopRecord } from '../risk/ShopRecord.tsx';
import { storefront } from '../text/storefront.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';
import { listQuery } from './list.query.ts';
import { Listings } from './Listings.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const { q: _, ...asked } = listQuery(request);
  const answer = await found(api.catalog.shopPage({ shopId: params['shopId'] ?? '', ...asked }));
  const record = await found(api.risk.record({ shopId: params['shopId'] ?? '' }));
  return {
    ...answer,
    record,
    sort: asked.sort,
    title: `${answer.shop.name} · ${textIn(common, language)('brand')}`,
  };
}

export default function Shop() {
  const { shop, listings, next, sort, record } = useLoaderData<typeof loader>();
  const t = useText(storefront);
  const d = useText(deposit);
  const c = useText(common);
  const language = useLanguage();
  const empty = (
    <Empty
      title={t('shopEmpty')}
      next={
        <ButtonLink href={paths.search()} kind="line">
          {t('allGoods')}
        </ButtonLink>
      }
    >
      {t('shopEmptyText')}
    </Empty>
  );
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.home(), label: c('home') }]} here={shop.name} />
      <div className="two">
        <div>
          <header className="list-h">
            <h1>{shop.name}</h1>
            {shop.intro && <p className="sub">{shop.intro}</p>}
          </header>
          <Listings cards={listings} path={paths.shop(shop.shopId)} sort={sort} next={next} empty={empty} />
        </div>
        <aside className="stack">
          <section className="card">
            <p className="row mb-4">
              <Tag tone={shop.tier === 'probation' ? undefined : 'ok'}>{tierTexts[shop.tier][language]}</Tag>
              {shop.deposit && <Tag tone="ok">{d('badge')}</Tag>}
              {shop.verified && <Tag>{t('tagVerified')}</Tag>}
              <Tag>{t('tagSince', { day: fullDay(shop.openedAt, language) })}</Tag>
            </p>
            <ShopRecord record={record} />
            <div className="fact2 mt-4">
              <p>
                <b>{t('factOnSale', { count: count(shop.listings, language) })}</b>
                <span>{t('shopGoods')}</span>
              </p>
              <p>
                <b>{t('factSettle', { days: shop.settle_days })}</b>
                <span>{t('factSettleText')}</span>
              </p>
            </div>
            <p className="mute mt-4">
              <Rich text={t('sellerNote', { shop: shop.name })} />
            </p>
          </section>
        </aside>
      </div>
    </>
  );
}
