import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { count } from '../text/format.ts';
import { storefront } from '../text/storefront.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import type { PageHandle } from './frame.tsx';
import { listQuery } from './list.query.ts';
import { Listings } from './Listings.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const { q: _, ...asked } = listQuery(request);
  const answer = await found(api.catalog.category({ slug: params['category'] ?? '', ...asked }));
  return {
    ...answer,
    sort: asked.sort,
    title: `${answer.category.name} · ${textIn(common, language)('brand')}`,
  };
}

export default function Category() {
  const { category, listings, next, sort } = useLoaderData<typeof loader>();
  const t = useText(storefront);
  const c = useText(common);
  const language = useLanguage();
  const empty = (
    <Empty
      title={t('emptyCategory')}
      next={
        <ButtonLink href={paths.search()} kind="line">
          {t('allGoods')}
        </ButtonLink>
      }
    >
      {t('emptyCategoryText')}
    </Empty>
  );
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.home(), label: c('home') }]} here={category.name} />
      <header className="list-h">
        <h1>{category.name}</h1>
        <p className="sub">{t('onSale', { count: count(category.listings, language) })}</p>
      </header>
      <Listings cards={listings} path={paths.category(category.slug)} sort={sort} next={next} empty={empty} />
    </>
  );
}
