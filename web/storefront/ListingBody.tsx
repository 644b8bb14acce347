import { paths } from '../paths.ts';
import { clock, money } from '../text/format.ts';
import { storefront } from '../text/storefront.ts';
import { common } from '../text/common.ts';
import { useFrame, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { RightsCard } from '../ui/RightsCard.tsx';
import { Dock } from '../ui/Dock.tsx';
import { Face } from '../ui/Face.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Seam } from '../ui/Seam.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { ListingChosen, ListingView } from './listing.view.ts';
import { Buy, ListingChoice } from './ListingChoice.tsx';

const formId = 'choice';

/** The listing: what I get, by when, what if not, from whom. */
export function ListingBody({ view, chosen }: { view: ListingView; chosen: ListingChosen }) {
  const t = useText(storefront);
  const c = useText(common);
  const { now } = useFrame();
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.home(), label: c('home') },
          { href: paths.category(view.category.slug), label: view.category.name },
        ]}
        here={view.title}
      />
      <div className="pd">
        <Face name={view.face.title} line={view.face.subtitle} colour={view.face.colour} />
        <div className="stack box">
          <div>
            <h1>{view.title}</h1>
            <p className="row mt-2.5">
              {view.tags.map((tag) => (
                <Tag key={tag.text} tone={tag.tone} {...(tag.tone ? { icon: 'check' as const } : {})}>
                  {tag.text}
                </Tag>
              ))}
            </p>
          </div>
          <p className="price">
            {money(chosen.unit_fen)}
            <small>{t('price')}</small>
          </p>
          <ListingChoice
            listingId={view.listingId}
            variants={view.variants}
            chosen={chosen.variant}
            quantity={chosen.quantity}
            totalFen={chosen.total_fen}
            formId={formId}
          />
        </div>
        <div className="stack rest">
          <RightsCard rows={chosen.rights} lead={t('coverageLead', { now: clock(now) })} />
          <Description view={view} />
        </div>
        <aside className="stack">
          <Seller view={view} />
          <Asked />
        </aside>
      </div>
      {!chosen.variant.block && (
        <Dock sum={money(chosen.total_fen)} note={t('dockNote', { count: chosen.quantity })}>
          <Buy
            chosen={chosen.variant}
            quantity={chosen.quantity}
            totalFen={chosen.total_fen}
            short
            formId={formId}
          />
        </Dock>
      )}
    </>
  );
}

function Description({ view }: { view: ListingView }) {
  const t = useText(storefront);
  const page = {
    name: t('versionLabel'),
    value: t('version', { version: view.version, hash: view.hash.slice(0, 12) }),
  };
  return (
    <section className="card">
      <h2>{t('description')}</h2>
      <div className="prose">
        {view.description.split(/\n+/).map((line, index) => (
          <p key={index}>{line}</p>
        ))}
      </div>
      <Facts wide facts={[...view.facts, page]} />
    </section>
  );
}

function Seller({ view }: { view: ListingView }) {
  const t = useText(storefront);
  return (
    <section className="card">
      <div className="between">
        <h2 className="m-0">{view.shop.name}</h2>
        <a className="text-sm" href={paths.shop(view.shop.shopId)}>
          {t('visitShop')}
        </a>
      </div>
      <p className="mute mb-4">{view.shop.lines.join(' · ')}</p>
      {view.shop.facts.length > 0 && (
        <div className="fact2">
          {view.shop.facts.map((fact) => (
            <p key={fact.text}>
              <b>{fact.value}</b>
              <span>{fact.text}</span>
            </p>
          ))}
        </div>
      )}
      <Seam quiet className="my-4" />
      <p className="mute">
        <Rich text={t('sellerNote', { shop: view.shop.name })} />
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
