import type { ReactNode } from 'react';
import { sorts, type Sort } from '../../src/inventory/storefront.contract.ts';
import { withQuery } from '../paths.ts';
import { storefront } from '../text/storefront.ts';
import { useText } from '../text/use.ts';
import { Filters } from '../ui/Filters.tsx';
import { Pager } from '../ui/Table.tsx';
import { ListingCard, type Card } from './ListingCard.tsx';

const sortWords = { best: 'sortBest', cheap: 'sortCheap', dear: 'sortDear', new: 'sortNew' } as const;

type Props = {
  cards: readonly Card[];
  /** The address of the list without its query. */
  path: string;
  q?: string | undefined;
  sort: Sort;
  next: string | null;
  empty: ReactNode;
};

/** A page of listings: order, cards, next page. Every state is an address. */
export function Listings({ cards, path, q, sort, next, empty }: Props) {
  const t = useText(storefront);
  if (cards.length === 0) return empty;
  const at = (one: Sort, cursor?: string): string =>
    withQuery(path, { q, sort: one === 'best' ? undefined : one, cursor });
  return (
    <>
      <Filters
        label={t('sortBy')}
        links={sorts.map((one) => ({ href: at(one), label: t(sortWords[one]), on: one === sort }))}
      />
      <div className="goods many">
        {cards.map((card) => (
          <ListingCard key={card.listingId} card={card} />
        ))}
      </div>
      <Pager next={next === null ? undefined : at(sort, next)} />
    </>
  );
}
