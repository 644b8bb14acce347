import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { storefront } from '../text/storefront.ts';
import { textIn, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Search } from '../ui/Search.tsx';
import { CategoryLinks } from './CategoryLinks.tsx';
import type { PageHandle } from './frame.tsx';
import { listQuery } from './list.query.ts';
import { Listings } from './Listings.tsx';

export const handle: PageHandle = { static: true, main: 'home' };

/** Without words all goods with the categories above them, which is what 分类 of the bottom bar opens. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const { q, ...asked } = listQuery(request);
  const [{ listings, next }, { categories }] = await Promise.all([
    found(api.catalog.products({ ...asked, ...(q ? { q } : {}) })),
    q ? { categories: [] } : found(api.catalog.home({})),
  ]);
  const t = textIn(storefront, language);
  const title = `${q ? t('searchFor', { q }) : t('allTitle')} · ${textIn(common, language)('brand')}`;
  return { q, sort: asked.sort, deposit: asked.deposit === 'full', listings, next, categories, title };
}

export default function SearchPage() {
  const { q, sort, deposit, listings, next, categories } = useLoaderData<typeof loader>();
  const t = useText(storefront);
  const empty = (
    <Empty title={t('noneTitle')} next={<ButtonLink href={paths.search()}>{t('searchMore')}</ButtonLink>}>
      {t('noneText')}
    </Empty>
  );
  return (
    <>
      <header className="list-h">
        <h1>{q ? t('searchFor', { q }) : t('allTitle')}</h1>
        <Search q={q} large hint={t('heroSearch')} />
      </header>
      {categories.length > 0 && <CategoryLinks categories={categories} />}
      <div className="mt-4">
        <Listings
          cards={listings}
          path={paths.search()}
          q={q || undefined}
          sort={sort}
          deposit={deposit}
          next={next}
          empty={empty}
        />
      </div>
    </>
  );
}
