import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { money, took } from '../text/format.ts';
import { storefront } from '../text/storefront.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Face } from '../ui/Face.tsx';

export type Card = Answers['catalog']['home']['listings'][number];

/** A listing in a list: one link, face, title, price, what can be counted, shop. */
export function ListingCard({ card }: { card: Card }) {
  const t = useText(storefront);
  const language = useLanguage();
  const stock =
    card.stock === null ? undefined : card.stock > 0 ? t('stockFew', { count: card.stock }) : t('stockNone');
  return (
    <a href={paths.listing(card.listingId)}>
      <Face name={card.face.title} line={card.face.subtitle} colour={card.face.colour} />
      <h3>{card.title}</h3>
      <p className="pr">
        {money(card.price_fen)}
        {card.from && <small>{t('priceFrom')}</small>}
      </p>
      <p className="fact">
        <span>{t('sentWithin', { time: took(card.within_seconds * 1000, language) })}</span>
        {stock && <span>{stock}</span>}
      </p>
      <p className="mute">{card.shopName}</p>
    </a>
  );
}
