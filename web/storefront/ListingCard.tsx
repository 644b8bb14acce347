import { paths } from '../paths.ts';
import { money } from '../text/format.ts';
import { storefront } from '../text/storefront.ts';
import { useText } from '../text/use.ts';
import { Face, type FaceColour } from '../ui/Face.tsx';

export type Card = {
  readonly listingId: string;
  readonly shopId: string;
  readonly shopName: string;
  readonly title: string;
  readonly face: { readonly colour: FaceColour; readonly title: string; readonly subtitle: string };
  readonly priceFen: bigint | string;
  /** More than one price: the lowest is shown with 起. */
  readonly from?: boolean;
  /** Measured facts only: how fast, when it was checked, what is left. */
  readonly facts: readonly string[];
};

/** A listing in a list: one link, face, title, price, measured facts, shop. */
export function ListingCard({ card }: { card: Card }) {
  const t = useText(storefront);
  return (
    <a href={paths.listing(card.listingId)}>
      <Face name={card.face.title} line={card.face.subtitle} colour={card.face.colour} />
      <h3>{card.title}</h3>
      <p className="pr">
        {money(card.priceFen)}
        {card.from && <small>{t('priceFrom')}</small>}
      </p>
      {card.facts.length > 0 && (
        <p className="fact">
          {card.facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      )}
      <p className="mute">{card.shopName}</p>
    </a>
  );
}
