import { storefront } from '../text/storefront.ts';
import { useText } from '../text/use.ts';
import { withQuery } from '../paths.ts';
import { Filters } from '../ui/Filters.tsx';
import { Pager } from '../ui/Table.tsx';
import { ListingCard, type Card } from './ListingCard.tsx';
import type { ReactNode } from 'react';

export const sorts = ['best', 'cheap', 'dear', 'new'] as const;
export type Sort = (typeof sorts)[number];
export const sortOf = (text: string | null): Sort => sorts.find((sort) => sort === text) ?? 'best';
const sortWords = { best: 'sortBest', cheap: 'sortCheap', dear: 'sortDear', new: 'sortNew' } as const;

type Props = {
  cards: readonly Card[];
  path: string;
  q?: string | undefined;
  sort: Sort;
  next: string | null;
  previous?: string | undefined;
  empty: ReactNode;
};

/** A page of listings: sort links, cards, next page. Every state is an address. */
export function Listings({ cards, path, q, sort, next, previous, empty }: Props) {
  const t = useText(storefront);
  if (cards.length === 0) return empty;
  return (
    <>
      <Filters
        label={t('sortBy')}
        links={sorts.map((one) => ({
          href: withQuery(path, { q, sort: one === 'best' ? undefined : one }),
          label: t(sortWords[one]),
          on: one === sort,
        }))}
      />
      <div className="goods many">
        {cards.map((card) => (
          <ListingCard key={card.listingId} card={card} />
        ))}
      </div>
      <Pager
        previous={previous}
        next={
          next === null
            ? undefined
            : withQuery(path, { q, sort: sort === 'best' ? undefined : sort, cursor: next })
        }
      />
    </>
  );
}
