import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { deliveryFilters } from '../../src/delivery/manual/contract.ts';
import { decodeId } from '../../src/kit/public-id.ts';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { delivery } from '../text/delivery.ts';
import { deadline, left, money, moment, msOf } from '../text/format.ts';
import { textIn, useFrame, useText, type Language, type Say } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Empty, Note } from '../ui/Blank.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Pager, Table, type Column } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';

type Row = Answers['delivery']['todo']['deliveries'][number];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const search = query.get('q')?.trim().slice(0, 60) ?? '';
  if (decodeId('order', search)) throw redirect(paths.merchantDelivery(search));
  const filter = deliveryFilters.find((one) => one === query.get('filter')) ?? 'open';
  const after = query.get('after') ?? undefined;
  const answer = await found(
    api.delivery.todo({ shopId: shop.id, filter, ...(search && { search }), ...(after && { after }) }),
  );
  const accepted = query.get('accepted');
  return {
    ...answer,
    search,
    filter,
    isFirst: after === undefined,
    accepted: accepted === null ? undefined : Number(accepted),
    title: textIn(delivery, language)('todoTitle'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const orderIds = [...new Set(form.getAll('order').map(String))];
  if (orderIds.length === 0) return redirect(withQuery(paths.merchantDeliveries(), { accepted: -1 }), 303);
  const outcome = await tried(
    keyed(context, form).delivery.acceptDeliveries({ shopId: shop.id, orderIds: orderIds.slice(0, 100) }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  return redirect(withQuery(paths.merchantDeliveries(), { accepted: outcome.value.accepted }), 303);
}

export default function Deliveries() {
  const { deliveries, counts, next, search, filter, isFirst } = useLoaderData<typeof loader>();
  const t = useText(delivery);
  const { language, now } = useFrame();
  const at = (p: { filter?: string | undefined; after?: string }) =>
    withQuery(paths.merchantDeliveries(), { q: search, ...p });
  const canAccept = deliveries.some((row) => row.state === 'waiting');
  return (
    <>
      <header className="mh">
        <h1>{t('todoTitle')}</h1>
        <p className="mute">{t('todoLead')}</p>
        <p>
          <a href={paths.merchantPromises()}>{t('toPromises')}</a>
        </p>
      </header>
      <Said />
      <form className="sift mb-4" role="search" action={paths.merchantDeliveries()}>
        <input
          className="in min-w-0 flex-1"
          name="q"
          type="search"
          defaultValue={search}
          aria-label={t('search')}
          placeholder={t('search')}
          maxLength={60}
        />
        <input type="hidden" name="filter" value={filter} />
        <Submit kind="line">{t('searchGo')}</Submit>
      </form>
      <Filters
        label={t('byFilter')}
        links={deliveryFilters.map((one) => ({
          href: at({ filter: one }),
          label: t(`filter_${one}`),
          count: counts[one],
          on: one === filter,
        }))}
      />
      <Form method="post" className="card stack">
        <Table
          caption={t('todoTitle')}
          columns={columnsOf(t, language, now, canAccept)}
          rows={deliveries}
          rowKey={(row) => `${row.orderId}.${row.line}`}
          empty={<Nothing isFiltered={search !== '' || filter !== 'open'} />}
        />
        {canAccept && (
          <div className="act">
            <Submit intent="accept">{t('acceptPicked')}</Submit>
            <p>{t('acceptAfter')}</p>
          </div>
        )}
        <Pager
          previous={isFirst ? undefined : at({ filter })}
          next={next === null ? undefined : at({ filter, after: next })}
        />
      </Form>
    </>
  );
}

/** What became of the form that was just sent. */
function Said() {
  const { accepted } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(delivery);
  return (
    <>
      <Answer refused={answer && 'refusal' in answer && answer.refusal.message} />
      {accepted !== undefined && (
        <div className="mb-4">
          <Note {...(accepted > 0 ? {} : { tone: 'hold' as const })} answer>
            {accepted > 0
              ? t('accepted', { count: accepted })
              : t(accepted < 0 ? 'pickNone' : 'acceptedNone')}
          </Note>
        </div>
      )}
    </>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const t = useText(delivery);
  return isFiltered ? (
    <Empty
      title={t('todoNone')}
      next={
        <ButtonLink href={paths.merchantDeliveries()} kind="line">
          {t('seeAll')}
        </ButtonLink>
      }
    >
      {t('todoNoneText')}
    </Empty>
  ) : (
    <Empty title={t('todoEmpty')}>{t('todoEmptyText')}</Empty>
  );
}

const tones = {
  waiting: 'hold',
  accepted: 'hold',
  delivering: 'hold',
  delivered: 'ok',
  failed: undefined,
  cancelled: undefined,
} as const;

/** '1 小时 20 分' until something, or since. */
const spanOf = (ms: number, language: Language): string =>
  left(Math.abs(ms), language)
    .slice(0, 2)
    .map((piece) => `${piece.value} ${piece.unit}`)
    .join(' ');

function columnsOf(
  t: Say<typeof delivery>,
  language: Language,
  now: number,
  canAccept: boolean,
): Column<Row>[] {
  const pick: Column<Row> = {
    key: 'pick',
    head: t('colPick'),
    cell: (row) =>
      row.state === 'waiting' ? (
        <input type="checkbox" name="order" value={row.orderId} aria-label={`${t('colPick')} ${row.title}`} />
      ) : null,
  };
  return [
    ...(canAccept ? [pick] : []),
    {
      key: 'goods',
      head: t('colGoods'),
      cell: (row) => (
        <>
          <a className="inline-block min-w-36 font-semibold" href={paths.merchantDelivery(row.orderId)}>
            {row.title}
          </a>
          <br />
          <span className="sub">
            {row.variantName} × {row.quantity}
          </span>
        </>
      ),
    },
    { key: 'left', head: t('colLeft'), cell: (row) => <Left row={row} language={language} now={now} /> },
    {
      key: 'state',
      head: t('colState'),
      cell: (row) => <Tag tone={tones[row.state]}>{t(`progress_${row.state}`)}</Tag>,
    },
    { key: 'who', head: t('colWho'), cell: (row) => row.acceptedBy ?? t('nobody') },
    { key: 'total', head: t('colTotal'), right: true, cell: (row) => <b>{money(row.total)}</b> },
  ];
}

/** How long is left of the promise, or by how much it was broken; of what is over, when that was. */
function Left({ row, language, now }: { row: Row; language: Language; now: number }) {
  const t = useText(delivery);
  if (row.endedAt !== null) return moment(row.endedAt, now, language);
  const ms = msOf(row.promisedAt) - now;
  return (
    <>
      <b className={ms <= 0 ? 'text-bad' : undefined}>
        {t(ms <= 0 ? 'lateBy' : 'leftOf', { time: spanOf(ms, language) })}
      </b>
      <br />
      <span className="sub">{deadline(row.promisedAt, now, language)}</span>
    </>
  );
}
