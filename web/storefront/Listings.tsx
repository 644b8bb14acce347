import type { ReactNode } from 'react';
import { sorts, type Sort } from '../../src/inventory/storefront.contract.ts';
import { withQuery } from '../paths.ts';
import { deposit as depositWords } from '../text/deposit.ts';
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
  /** Whether only shops whose deposit is there in full are shown; undefined: nobody asks here. */
  deposit?: boolean | undefined;
  next: string | null;
  empty: ReactNode;
};

/** A page of listings: order, cards, next page. Every state is an address. */
export function Listings({ cards, path, q, sort, deposit, next, empty }: Props) {
  const t = useText(storefront);
  const d = useText(depositWords);
  if (cards.length === 0 && !deposit) return empty;
  const at = (one: Sort, cursor?: string, full = deposit): string =>
    withQuery(path, {
      q,
      sort: one === 'best' ? undefined : one,
      deposit: full ? 'full' : undefined,
      cursor,
    });
  return (
    <>
      <Filters
        label={t('sortBy')}
        links={sorts.map((one) => ({ href: at(one), label: t(sortWords[one]), on: one === sort }))}
      />
      {deposit !== undefined && (
        <Filters
          label={d('title')}
          links={[{ href: at(sort, undefined, !deposit), label: d('only'), on: deposit }]}
        />
      )}
      {cards.length === 0 && empty}
      <div className="goods many">
        {cards.map((card) => (
          <ListingCard key={card.listingId} card={card} />
        ))}
      </div>
      <Pager next={next === null ? undefined : at(sort, next)} />
    </>
  );
}
