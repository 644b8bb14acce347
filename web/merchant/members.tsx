import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { membershipStates, membershipStateWords } from '../../src/delivery/membership/contract.ts';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { count, endOfFullDay } from '../text/format.ts';
import { memberships as words } from '../text/memberships.ts';
import { textIn, useLanguage, useText, type Language, type Say } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Pager, Table, type Column } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';

type Member = Answers['memberships']['members']['members'][number];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const q = query.get('q')?.trim().slice(0, 60) ?? '';
  const state = membershipStates.find((one) => one === query.get('state'));
  const cursor = query.get('cursor') ?? undefined;
  const answer = await found(
    api.memberships.members({
      shopId: shop.id,
      limit: 30,
      ...(q && { q }),
      ...(state && { state }),
      ...(cursor && { cursor }),
    }),
  );
  return { ...answer, q, state, isFirst: cursor === undefined, title: textIn(words, language)('members') };
}

/** A shop's members: search, filter by state, days left. */
export default function Members() {
  const { members, counts, next, q, state, isFirst } = useLoaderData<typeof loader>();
  const t = useText(words);
  const language = useLanguage();
  const at = (p: { state?: string | undefined; cursor?: string }) =>
    withQuery(paths.merchantMembers(), { q, ...p });
  return (
    <>
      <header className="mh">
        <h1>{t('members')}</h1>
        <p className="mute">{t('membersLead')}</p>
      </header>
      <form className="sift mb-4" role="search" action={paths.merchantMembers()}>
        <input
          className="in min-w-0 flex-1"
          name="q"
          type="search"
          defaultValue={q}
          aria-label={t('search')}
          placeholder={t('search')}
          maxLength={60}
        />
        {state && <input type="hidden" name="state" value={state} />}
        <button className="btn line" type="submit">
          {t('searchButton')}
        </button>
      </form>
      <Filters
        label={t('byState')}
        links={[
          { href: at({}), label: t('all'), on: state === undefined },
          ...membershipStates.map((one) => ({
            href: at({ state: one }),
            label: membershipStateWords[one][language],
            count: count(counts[one] ?? 0, language),
            on: one === state,
          })),
        ]}
      />
      <section className="card">
        <Table
          caption={t('members')}
          columns={columnsOf(t, language)}
          rows={members}
          rowKey={(member) => member.membershipId}
          empty={<NoMembers isFiltered={q !== '' || state !== undefined} />}
        />
        <Pager
          previous={isFirst ? undefined : at({ state })}
          next={next === null ? undefined : at({ state, cursor: next })}
        />
      </section>
    </>
  );
}

function NoMembers({ isFiltered }: { isFiltered: boolean }) {
  const t = useText(words);
  return isFiltered ? (
    <Empty
      title={t('membersNone')}
      next={
        <ButtonLink href={paths.merchantMembers()} kind="line">
          {t('all')}
        </ButtonLink>
      }
    >
      {t('membersNoneText')}
    </Empty>
  ) : (
    <Empty
      title={t('membersEmpty')}
      next={<ButtonLink href={paths.merchantNewListing()}>{t('writeOne')}</ButtonLink>}
    >
      {t('membersEmptyText')}
    </Empty>
  );
}

const tones = {
  pending: 'hold',
  active: 'ok',
  expiring: 'hold',
  expired: undefined,
  suspended: 'hold',
  ended: undefined,
} as const;

const columnsOf = (t: Say<typeof words>, language: Language): Column<Member>[] => [
  {
    key: 'name',
    head: t('colName'),
    cell: (member) => (
      <>
        <a className="inline-block min-w-24 font-semibold" href={paths.merchantOrder(member.orderId)}>
          {member.name}
        </a>
        {member.answers.map((one) => (
          <span key={one.label} className="sub block">
            {one.label} {one.value}
          </span>
        ))}
      </>
    ),
  },
  {
    key: 'left',
    head: t('colLeft'),
    right: true,
    cell: (member) => <b>{count(member.daysLeft, language)}</b>,
  },
  {
    key: 'state',
    head: t('colState'),
    cell: (member) => <Tag tone={tones[member.state]}>{membershipStateWords[member.state][language]}</Tag>,
  },
  {
    key: 'until',
    head: t('colUntil'),
    right: true,
    cell: (member) => (member.endsAt === null ? '—' : endOfFullDay(member.endsAt, language)),
  },
  {
    key: 'goods',
    head: t('colGoods'),
    cell: (member) => (
      <>
        <span className="inline-block min-w-32">{member.title}</span>
        <br />
        <span className="sub">{member.level}</span>
      </>
    ),
  },
  {
    key: 'orders',
    head: t('colOrders'),
    right: true,
    cell: (member) => t('times', { count: member.orders }),
  },
];
