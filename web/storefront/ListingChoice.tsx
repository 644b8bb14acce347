import { paths } from '../paths.ts';
import { count, money } from '../text/format.ts';
import { storefront } from '../text/storefront.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Why } from '../ui/Act.tsx';
import type { Chosen, Product, ProductVariant } from './listing.view.ts';

/**
 * What exactly to buy, without JavaScript: variants are links, minus and plus send the form to this page again, and the
 * filled button takes the same form on to the checkout.
 */
export function ListingChoice({
  product,
  chosen,
  formId,
}: {
  product: Product;
  chosen: Chosen;
  formId: string;
}) {
  const t = useText(storefront);
  return (
    <>
      {product.variants.length > 1 && (
        <nav className="opt" aria-label={t('choose')}>
          <p className="font-semibold mb-2">{t('choose')}</p>
          <div className="chips">
            {product.variants.map((variant) => (
              <Chip
                key={variant.variantId}
                listingId={product.listingId}
                variant={variant}
                on={variant === chosen.variant}
              />
            ))}
          </div>
        </nav>
      )}
      <form id={formId} action={paths.listing(product.listingId)} method="get" className="stack">
        {/* First, so that Enter in the box updates the page instead of pressing minus. */}
        <button className="sr-only" type="submit" tabIndex={-1}>
          {t('update')}
        </button>
        <input type="hidden" name="variant" value={chosen.variant.variantId} />
        {!chosen.block && <Quantity product={product} chosen={chosen} />}
        <div className={chosen.block ? undefined : 'buy'}>
          <Buy chosen={chosen} />
        </div>
      </form>
    </>
  );
}

function Quantity({ product, chosen }: { product: Product; chosen: Chosen }) {
  const t = useText(storefront);
  const language = useLanguage();
  const { perOrder, perBuyer } = product.limits;
  const lines = [
    ...chosen.variant.tiers.map((tier) => t('tierFrom', { from: tier.from, price: money(tier.price_fen) })),
    ...(perOrder === null ? [] : [t('limitOrder', { count: count(perOrder, language) })]),
    ...(perBuyer === null ? [] : [t('limitBuyer', { count: count(perBuyer, language) })]),
  ];
  return (
    <div className="between items-center">
      <div>
        <b>{t('quantity')}</b>
        {lines.map((line) => (
          <p key={line} className="mute">
            {line}
          </p>
        ))}
      </div>
      <div className="qty">
        <button type="submit" name="step" value="-1" aria-label={t('less')}>
          −
        </button>
        <input
          key={chosen.quantity}
          name="quantity"
          type="number"
          inputMode="numeric"
          min={1}
          max={chosen.max}
          defaultValue={chosen.quantity}
          aria-label={t('quantity')}
        />
        <button type="submit" name="step" value="1" aria-label={t('more')}>
          ＋
        </button>
      </div>
    </div>
  );
}

function Chip({ listingId, variant, on }: { listingId: string; variant: ProductVariant; on: boolean }) {
  const t = useText(storefront);
  const gone = variant.stock === 0 || !variant.on;
  return (
    <a
      className={gone && !on ? 'out' : undefined}
      href={paths.listing(listingId, variant.variantId)}
      aria-current={on ? 'true' : undefined}
    >
      {variant.name}
      <small>{gone ? t('stockNone') : money(variant.price_fen)}</small>
    </a>
  );
}

const whyNot = { 'sold-out': 'soldOut', 'not-live': 'notLive', 'not-ready': 'notReady' } as const;

/** The filled button with its consequence; when it cannot be bought, the button that says why. `short` is the one of the phone's bar. */
export function Buy({ chosen, short, formId }: { chosen: Chosen; short?: boolean; formId?: string }) {
  const t = useText(storefront);
  if (chosen.block) return <Why kind="filled" label={t('cannotBuy')} reason={t(whyNot[chosen.block])} />;
  const button = (
    <button className="btn" type="submit" form={formId} formAction={paths.checkout(chosen.variant.variantId)}>
      {short ? t('buyShort') : t('buy', { count: chosen.quantity, total: money(chosen.total_fen) })}
    </button>
  );
  if (short) return button;
  return (
    <>
      {button}
      <p className="mute">{t('buyNote')}</p>
    </>
  );
}
