import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { moment } from '../text/format.ts';
import { licences as words } from '../text/licences.ts';
import { textIn, useFrame, useText, type Language, type Say } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Pager, Table, type Column } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';

type Licence = Answers['licences']['ofShop']['licences'][number];
const states = ['active', 'suspended', 'expired', 'unused'] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const search = query.get('q')?.trim().slice(0, 80) ?? '';
  const state = states.find((one) => one === query.get('state'));
  const before = query.get('before') ?? undefined;
  const answer = await found(
    api.licences.ofShop({
      shopId: shop.id,
      limit: 30,
      ...(search && { q: search }),
      ...(state && { state }),
      ...(before && { before }),
    }),
  );
  return {
    ...answer,
    search,
    state,
    isFirst: before === undefined,
    title: textIn(words, language)('shopTitle'),
  };
}

/** What the shop sold as licences; found by the end of a key, an order, the goods or a device. */
export default function ShopLicences() {
  const { licences, next, search, state, isFirst } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { language, now } = useFrame();
  const at = (p: { state?: string | undefined; before?: string }) =>
    withQuery(paths.merchantLicences(), { q: search, ...p });
  return (
    <>
      <header className="mh">
        <h1>{t('shopTitle')}</h1>
        <p className="mute">{t('shopLead')}</p>
        <p>
          <ButtonLink href={paths.merchantLicenceGuide()} kind="line" small icon="key">
            {t('developer')}
          </ButtonLink>
        </p>
      </header>
      <form className="sift mb-4" role="search" action={paths.merchantLicences()}>
        <input
          className="in min-w-0 flex-1"
          name="q"
          type="search"
          defaultValue={search}
          aria-label={t('search')}
          placeholder={t('search')}
          maxLength={80}
        />
        {state && <input type="hidden" name="state" value={state} />}
        <button className="btn line" type="submit">
          {t('find')}
        </button>
      </form>
      <Filters
        label={t('colState')}
        links={[
          { href: at({}), label: t('filterAll'), on: state === undefined },
          ...states.map((one) => ({
            href: at({ state: one }),
            label: t(`filter_${one}`),
            on: one === state,
          })),
        ]}
      />
      <section className="card">
        <Table
          caption={t('shopTitle')}
          columns={columnsOf(t, language, now)}
          rows={licences}
          rowKey={(licence) => licence.licenceId}
          empty={<None isFiltered={search !== '' || state !== undefined} />}
        />
        <Pager
          previous={isFirst ? undefined : at({ state })}
          next={next === null ? undefined : at({ state, before: next })}
        />
      </section>
    </>
  );
}

function None({ isFiltered }: { isFiltered: boolean }) {
  const t = useText(words);
  return isFiltered ? (
    <Empty
      title={t('shopNothing')}
      next={
        <ButtonLink href={paths.merchantLicences()} kind="line">
          {t('filterAll')}
        </ButtonLink>
      }
    >
      {t('shopNothingText')}
    </Empty>
  ) : (
    <Empty
      title={t('shopNone')}
      next={<ButtonLink href={paths.merchantLicenceGuide()}>{t('developer')}</ButtonLink>}
    >
      {t('shopNoneText')}
    </Empty>
  );
}

const tone = { active: 'ok', suspended: 'bad', expired: 'hold' } as const;

const columnsOf = (t: Say<typeof words>, language: Language, now: number): Column<Licence>[] => [
  {
    key: 'goods',
    head: t('colGoods'),
    cell: (one) => (
      <>
        <a className="inline-block min-w-36 font-semibold" href={paths.merchantLicence(one.licenceId)}>
          {one.title}
        </a>
        <br />
        <span className="sub">{one.variantName}</span>
      </>
    ),
  },
  { key: 'key', head: t('colKey'), cell: (one) => <span className="mono">{one.masked}</span> },
  {
    key: 'state',
    head: t('colState'),
    cell: (one) => <Tag tone={tone[one.state]}>{t(`state_${one.state}`)}</Tag>,
  },
  {
    key: 'seats',
    head: t('colSeats'),
    right: true,
    cell: (one) => (one.seats === null ? t('any', { used: one.used }) : `${one.used} / ${one.seats}`),
  },
  {
    key: 'checks',
    head: t('colChecks'),
    right: true,
    cell: (one) => t('checks', { count: one.validations }),
  },
  { key: 'issued', head: t('colIssued'), right: true, cell: (one) => moment(one.issuedAt, now, language) },
];
