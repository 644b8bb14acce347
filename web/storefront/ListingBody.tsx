import { tierTexts } from '../../src/merchants/contract.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { guides } from '../text/guides.ts';
import { fullDay, money, took } from '../text/format.ts';
import { deposit } from '../text/deposit.ts';
import { ShopRecord, type ShopRecordAnswer } from '../risk/ShopRecord.tsx';
import { storefront } from '../text/storefront.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { CardRights } from '../ui/CardRights.tsx';
import { Dock } from '../ui/Dock.tsx';
import { Face } from '../ui/Face.tsx';
import { Facts } from '../ui/Facts.tsx';
import { PromiseKept, type Kept } from '../ui/PromiseKept.tsx';
import { Rich } from '../ui/Rich.tsx';
import { SellerCard } from '../ui/SellerCard.tsx';
import { Seam } from '../ui/Seam.tsx';
import { UseGuide, type Guide } from '../ui/UseGuide.tsx';
import { TabBar } from '../ui/TabBar.tsx';
import { Tag } from '../ui/Tag.tsx';
import { factsOf, type Chosen, type Product } from './listing.view.ts';
import { Buy, ListingChoice } from './ListingChoice.tsx';

const formId = 'choice';

/** The listing: what I get, by when, what if not, from whom. */
export function ListingBody({
  product,
  chosen,
  kept,
  record,
}: {
  product: Product;
  chosen: Chosen;
  kept: Kept | undefined;
  record: ShopRecordAnswer;
}) {
  const t = useText(storefront);
  const c = useText(common);
  const { category, face } = product;
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.home(), label: c('home') },
          { href: paths.category(category.slug), label: category.name },
        ]}
        here={product.title}
      />
      <div className="pd">
        <Face name={face.title} line={face.subtitle} colour={face.colour} />
        <div className="stack box">
          <div>
            <h1>{product.title}</h1>
            {product.subtitle && <p className="sub">{product.subtitle}</p>}
            <Tags product={product} chosen={chosen} />
          </div>
          <p className="price">
            {money(chosen.unit_fen)}
            <small>{t(product.mode === 'pool' ? 'price' : 'priceEach')}</small>
          </p>
          <ListingChoice product={product} chosen={chosen} formId={formId} />
        </div>
        <div className="stack rest">
          <CardRights of={{ ...product.rights, quantity: chosen.quantity }} />
          <Description product={product} />
          {product.guide && <BeforeBuying product={product} guide={product.guide} />}
        </div>
        <aside className="stack">
          <Seller product={product} record={record} />
          <SellerCard seller={{ ...product.shop, legal: null }} />
          {kept && <PromiseKept kept={kept} />}
          <Asked />
        </aside>
      </div>
    </>
  );
}

/** The bar of the phone: the sum, and the button of the form above. Nothing where nothing can be bought. */
export function ListingDock({ data: { chosen, product } }: { data: { chosen: Chosen; product: Product } }) {
  const t = useText(storefront);
  if (chosen.block) return <TabBar />;
  return (
    <Dock
      sum={money(chosen.total_fen)}
      note={t(product.mode === 'pool' ? 'dockNote' : 'dockNoteEach', {
        count: chosen.quantity,
      })}
    >
      <Buy chosen={chosen} short formId={formId} />
    </Dock>
  );
}

function Tags({ product, chosen }: { product: Product; chosen: Chosen }) {
  const t = useText(storefront);
  const language = useLanguage();
  const { mode, within_seconds } = product.delivery;
  const { stock } = chosen.variant;
  return (
    <p className="row mt-2.5">
      {mode === 'automatic' && within_seconds !== null && (
        <Tag tone="ok" icon="check">
          {t('tagDelivery', { time: took(within_seconds * 1000, language) })}
        </Tag>
      )}
      {mode === 'manual' && within_seconds !== null && (
        <Tag tone="ok" icon="clock">
          {t('tagByHand', { time: took(within_seconds * 1000, language) })}
        </Tag>
      )}
      {(product.mode === 'pool' || stock !== null) && (
        <Tag tone={stock !== null && stock > 0 ? 'hold' : undefined}>
          {stock === null ? t('stockMany') : stock > 0 ? t('stockFew', { count: stock }) : t('stockNone')}
        </Tag>
      )}
    </p>
  );
}

function Description({ product }: { product: Product }) {
  const t = useText(storefront);
  const language = useLanguage();
  const version = t('version', { version: product.version, hash: product.hash.slice(0, 12) });
  return (
    <section className="card">
      <h2>{t('description')}</h2>
      <div className="prose">
        {product.description.split(/\n+/).map((line, index) => (
          <p key={index}>{line}</p>
        ))}
      </div>
      <Facts wide facts={[...factsOf(product, language), { name: t('versionLabel'), value: version }]} />
    </section>
  );
}

/** What must be known before the money moves: binding rule, devices, and how it will be used (F033). */
function BeforeBuying({ product, guide }: { product: Product; guide: Guide }) {
  const t = useText(guides);
  const s = useText(storefront);
  const facts = [
    { name: s('factBinding'), value: product.binding.rule },
    { name: s('factDevices'), value: product.devices },
  ].filter(({ value }) => value !== '');
  return (
    <section className="card stack">
      <h2 className="m-0">{t('useBefore')}</h2>
      {facts.length > 0 && <Facts wide facts={facts} />}
      <UseGuide guide={guide} />
    </section>
  );
}

function Seller({ product, record }: { product: Product; record: ShopRecordAnswer }) {
  const t = useText(storefront);
  const d = useText(deposit);
  const language = useLanguage();
  const { shop } = product;
  const lines = [
    tierTexts[shop.tier][language],
    ...(shop.deposit ? [d('badge')] : []),
    ...(shop.verified ? [t('tagVerified')] : []),
    t('tagSince', { day: fullDay(shop.openedAt, language) }),
  ];
  return (
    <section className="card">
      <div className="between">
        <h2 className="m-0">{shop.name}</h2>
        <a className="text-sm" href={paths.shop(shop.shopId)}>
          {t('visitShop')}
        </a>
      </div>
      <p className="mute">{lines.join(' · ')}</p>
      <ShopRecord record={record} />
      <Seam quiet className="my-4" />
      <p className="mute">
        <Rich text={t('sellerNote', { shop: shop.name })} />
      </p>
    </section>
  );
}

function Asked() {
  const t = useText(storefront);
  return (
    <section className="card">
      <h3>{t('askTitle')}</h3>
      <ul className="stack asked">
        <li>
          <b>{t('askSeen')}</b>
          <br />
          <Rich text={t('askSeenText')} />
        </li>
        <li>
          <b>{t('askOutside')}</b>
          <br />
          <Rich text={t('askOutsideText')} />
        </li>
      </ul>
    </section>
  );
}
