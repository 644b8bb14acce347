import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { listingStates } from '../../src/catalog/contract.ts';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { money, moment } from '../text/format.ts';
import { listings as words } from '../text/listings.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Pager, Table, type Column } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';

type Row = Answers['catalog']['myListings']['listings'][number];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const q = query.get('q')?.trim().slice(0, 60) ?? '';
  const state = listingStates.find((one) => one === query.get('state'));
  const cursor = query.get('cursor') ?? undefined;
  const answer = await found(
    api.catalog.myListings({
      shopId: shop.id,
      limit: 30,
      ...(q && { q }),
      ...(state && { state }),
      ...(cursor && { cursor }),
    }),
  );
  return { ...answer, q, state, isFirst: cursor === undefined, title: textIn(words, language)('title') };
}

export default function Listings() {
  const { listings, counts, next, q, state, isFirst } = useLoaderData<typeof loader>();
  const t = useText(words);
  const at = (p: { state?: string | undefined; cursor?: string }) =>
    withQuery(paths.merchantListings(), { q, ...p });
  const all = listingStates.reduce((sum, one) => sum + counts[one], 0);
  return (
    <>
      <header className="mh">
        <div>
          <h1>{t('title')}</h1>
          <p className="mute">{t('lead')}</p>
        </div>
        <ButtonLink href={paths.merchantNewListing()}>{t('fresh')}</ButtonLink>
      </header>
      <form className="sift mb-4" role="search" action={paths.merchantListings()}>
        <input
          className="in min-w-0 flex-1"
          name="q"
          type="search"
          defaultValue={q}
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
        label={t('byState')}
        links={[
          { href: at({}), label: t('all'), count: all, on: state === undefined },
          ...listingStates.map((one) => ({
            href: at({ state: one }),
            label: t(`state_${one}`),
            count: counts[one],
            on: one === state,
          })),
        ]}
      />
      <section className="card">
        <Table
          caption={t('title')}
          columns={useColumns()}
          rows={listings}
          rowKey={(one) => one.id}
          empty={<None isFiltered={q !== '' || state !== undefined} />}
        />
        <Pager
          previous={isFirst ? undefined : at({ state })}
          next={next === null ? undefined : at({ state, cursor: next })}
        />
      </section>
    </>
  );
}

function None({ isFiltered }: { isFiltered: boolean }) {
  const t = useText(words);
  return isFiltered ? (
    <Empty
      title={t('noneTitle')}
      next={
        <ButtonLink href={paths.merchantListings()} kind="line">
          {t('seeAll')}
        </ButtonLink>
      }
    >
      {t('noneText')}
    </Empty>
  ) : (
    <Empty
      title={t('emptyTitle')}
      next={<ButtonLink href={paths.merchantNewListing()}>{t('fresh')}</ButtonLink>}
    >
      {t('emptyText')}
    </Empty>
  );
}

const tone = { draft: undefined, live: 'ok', suspended: 'hold', delisted: 'bad' } as const;

function useColumns(): Column<Row>[] {
  const t = useText(words);
  const { now, language } = useFrame();
  return [
    {
      key: 'title',
      head: t('colTitle'),
      cell: (one) => (
        <a className="inline-block min-w-36 font-semibold" href={paths.merchantListing(one.id)}>
          {one.title}
        </a>
      ),
    },
    {
      key: 'state',
      head: t('colState'),
      cell: (one) => <Tag tone={tone[one.state]}>{t(`state_${one.state}`)}</Tag>,
    },
    { key: 'price', head: t('colPrice'), right: true, cell: (one) => <b>{money(one.price_fen)}</b> },
    { key: 'variants', head: t('colVariants'), right: true, cell: (one) => one.variantIds.length },
    { key: 'version', head: t('colVersion'), right: true, cell: (one) => one.version },
    { key: 'at', head: t('colAt'), right: true, cell: (one) => moment(one.at, now, language) },
  ];
}
