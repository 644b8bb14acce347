import { paths, withQuery } from '../paths.ts';
import { count, money } from '../text/format.ts';
import { storefront } from '../text/storefront.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Why } from '../ui/Act.tsx';
import type { Variant } from './listing.view.ts';

type Props = {
  listingId: string;
  variants: readonly Variant[];
  chosen: Variant;
  quantity: number;
  totalFen: string;
  formId: string;
};

/**
 * What exactly to buy, without JavaScript: variants are links, minus and plus send the form to this page again, and the
 * filled button takes the same form on to the checkout.
 */
export function ListingChoice({ listingId, variants, chosen, quantity, totalFen, formId }: Props) {
  const t = useText(storefront);
  return (
    <>
      {variants.length > 1 && (
        <nav className="opt" aria-label={t('choose')}>
          <p className="font-semibold mb-2">{t('choose')}</p>
          <div className="chips">
            {variants.map((variant) => (
              <Chip key={variant.variantId} listingId={listingId} variant={variant} on={variant === chosen} />
            ))}
          </div>
        </nav>
      )}
      <form id={formId} action={paths.listing(listingId)} method="get" className="stack">
        {/* First, so that Enter in the box updates the page instead of pressing minus. */}
        <button className="sr-only" type="submit" tabIndex={-1}>
          {t('update')}
        </button>
        <input type="hidden" name="variant" value={chosen.variantId} />
        <div className="between items-center">
          <div>
            <b>{t('quantity')}</b>
            <Limits variant={chosen} />
          </div>
          <div className="qty">
            <button type="submit" name="step" value="-1" aria-label={t('less')}>
              −
            </button>
            <input
              name="quantity"
              type="number"
              min={1}
              max={chosen.max}
              defaultValue={quantity}
              key={quantity}
              inputMode="numeric"
              aria-label={t('quantity')}
            />
            <button type="submit" name="step" value="1" aria-label={t('more')}>
              ＋
            </button>
          </div>
        </div>
        <div className={chosen.block ? undefined : 'buy'}>
          <Buy chosen={chosen} quantity={quantity} totalFen={totalFen} />
        </div>
      </form>
    </>
  );
}

function Chip({ listingId, variant, on }: { listingId: string; variant: Variant; on: boolean }) {
  const t = useText(storefront);
  if (variant.block === 'sold-out' && !on)
    return (
      <span className="out">
        {variant.name}
        <small>{t('stockNone')}</small>
      </span>
    );
  return (
    <a href={paths.listing(listingId, variant.variantId)} aria-current={on ? 'true' : undefined}>
      {variant.name}
      <small>{money(variant.price_fen)}</small>
    </a>
  );
}

function Limits({ variant }: { variant: Variant }) {
  const t = useText(storefront);
  const language = useLanguage();
  const lines = [
    ...variant.tiers.map((tier) => t('tierFrom', { from: tier.from, price: money(tier.price_fen) })),
    ...(variant.perOrder === null ? [] : [t('limitOrder', { count: count(variant.perOrder, language) })]),
    ...(variant.perBuyer === null ? [] : [t('limitBuyer', { count: count(variant.perBuyer, language) })]),
  ];
  return lines.map((line) => (
    <p key={line} className="mute">
      {line}
    </p>
  ));
}

/** The filled button with its consequence; when it cannot be bought, the button that says why. */
export function Buy({
  chosen,
  quantity,
  totalFen,
  short,
  formId,
}: {
  chosen: Variant;
  quantity: number;
  totalFen: string;
  short?: boolean;
  formId?: string;
}) {
  const t = useText(storefront);
  if (chosen.block)
    return (
      <Why
        kind="filled"
        label={t('cannotBuy')}
        reason={t(chosen.block === 'sold-out' ? 'soldOut' : 'notLive')}
      />
    );
  const button = (
    <button
      className="btn"
      type="submit"
      form={formId}
      formAction={withQuery(paths.checkout(chosen.variantId), {})}
    >
      {short ? t('buyShort') : t('buy', { count: quantity, total: money(totalFen) })}
    </button>
  );
  return short ? (
    button
  ) : (
    <>
      {button}
      <p className="mute">{t('buyNote')}</p>
    </>
  );
}
