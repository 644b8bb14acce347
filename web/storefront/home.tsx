import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { clock, count, day, money } from '../text/format.ts';
import { storefront } from '../text/storefront.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Fix4 } from '../ui/Fix4.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Search } from '../ui/Search.tsx';
import { Seam } from '../ui/Seam.tsx';
import { CategoryLinks } from './CategoryLinks.tsx';
import { ListingCard } from './ListingCard.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true, main: 'home' };

export async function loader({ context }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const [home, figures] = await Promise.all([found(api.catalog.home({})), found(api.analytics.figures({}))]);
  return { home, figures, title: textIn(storefront, language)('homeTitle') };
}

export default function Home() {
  const { home, figures } = useLoaderData<typeof loader>();
  const t = useText(storefront);
  return (
    <>
      <section className="hero">
        <div>
          <h1>
            <span>{t('heroA')}</span>
            <span>{t('heroB')}</span>
          </h1>
          <p className="lead">{t('heroLead')}</p>
          <Search large hint={t('heroSearch')} />
          {home.hot.length > 0 && (
            <p className="hot">
              {home.hot.map((q) => (
                <a key={q} href={paths.search(q)}>
                  {q}
                </a>
              ))}
            </p>
          )}
        </div>
        <Books figures={figures} />
      </section>
      <CategoryLinks categories={home.categories} />
      <section className="sec">
        <div className="sec-h">
          <h2>{t('sellingWell')}</h2>
          <a href={paths.search()}>{t('allGoods')}</a>
        </div>
        <div className="goods">
          {home.listings.map((card) => (
            <ListingCard key={card.listingId} card={card} />
          ))}
        </div>
        <p className="mute mt-4">
          <Rich text={t('factsNote')} />
        </p>
      </section>
      <AfterPayment />
      <section className="sec open solo">
        <Trust />
      </section>
    </>
  );
}

type Figures = ReturnType<typeof useLoaderData<typeof loader>>['figures'];

function Books({ figures }: { figures: Figures }) {
  const t = useText(storefront);
  const c = useText(common);
  const { language } = useFrame();
  const { asOf, median_ms } = figures;
  const many = (value: number): string => count(value, language);
  const rows = [
    [t('ledgerKeys'), t('ledgerKeysValue', { count: many(figures.keysToday) })],
    ...(median_ms === null
      ? []
      : [
          [
            t('ledgerSpeed'),
            median_ms < 1000
              ? t('ledgerAtOnce')
              : t('ledgerSeconds', { count: many(Math.round(median_ms / 100) / 10) }),
          ],
        ]),
    [t('ledgerBack'), t('ledgerBackValue', { count: many(figures.backOrders), amount: money(figures.back) })],
    [t('ledgerPaid'), money(figures.paidOut)],
  ];
  return (
    <aside className="ledger" aria-label={t('ledgerLabel')}>
      <div className="ledger-in">
        <p className="sub">{t('ledgerHeld')}</p>
        <p className="big">{money(figures.held)}</p>
        <Seam />
        <dl>
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="mute mt-3.5">
          {c('asOf', { time: `${day(asOf, language)} ${clock(asOf)}` })}{' '}
          <a href={paths.verify()}>{t('ledgerVerify')}</a>
        </p>
      </div>
    </aside>
  );
}

function AfterPayment() {
  const t = useText(storefront);
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{t('afterTitle')}</h2>
        <a href={paths.rules()}>{t('afterAll')}</a>
      </div>
      <ol className="steps">
        {(['one', 'two', 'three'] as const).map((step) => (
          <li key={step}>
            <p className="n">
              {t(`${step}Number`)}
              <i className="seam" />
            </p>
            <b className="big">{t(`${step}Big`)}</b>
            <h3>{t(`${step}Title`)}</h3>
            <p>
              <Rich text={t(`${step}Text`)} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Trust() {
  const t = useText(storefront);
  return (
    <div className="card">
      <div className="stack">
        <h2>{t('trustTitle')}</h2>
        <p className="sub">{t('trustText')}</p>
        <p className="row">
          <ButtonLink kind="line" icon="code" href={paths.verify()}>
            {t('trustButton')}
          </ButtonLink>
        </p>
      </div>
      <Fix4
        seals={{
          trade: { state: 'on', text: t('trustTrade') },
          listing: { state: 'on', text: t('trustListing') },
          talk: { state: 'on', text: t('trustTalk') },
          delivery: { state: 'on', text: t('trustDelivery') },
        }}
      />
    </div>
  );
}
