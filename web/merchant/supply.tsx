import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { attemptStateWords, heldWords } from '../../src/supply/contract.ts';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { deadline, money, moment } from '../text/format.ts';
import { supply as words } from '../text/supply.ts';
import { textIn, useFrame, useLanguage, useText } from '../text/use.ts';
import { Why } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Pager, Table, type Column } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';

export type Attempt = Answers['supply']['attempts']['attempts'][number];
const states = ['all', 'open', 'unknown', 'held', 'failed', 'late'] as const;
const deeds = ['same', 'new', 'asked', 'stopping', 'stopped'] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const q = query.get('q')?.trim().slice(0, 64) ?? '';
  const state = states.find((one) => one === query.get('state')) ?? 'all';
  const before = query.get('before') ?? undefined;
  const [list, needs] = await Promise.all([
    found(
      api.supply.attempts({
        shopId: shop.id,
        state,
        ...(q ? { search: q } : {}),
        ...(before ? { before } : {}),
        limit: 30,
      }),
    ),
    found(api.topups.shopTopups({ shopId: shop.id })),
  ]);
  return {
    ...list,
    needs,
    q,
    state,
    did: deeds.find((one) => one === query.get('did')),
    title: textIn(words, language)('title'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const api = keyed(context, form);
  const [intent, id] = [text(form, 'intent'), text(form, 'id')];
  const outcome = await tried(
    intent === 'resend'
      ? api.supply.resend({ shopId: shop.id, attemptId: id }).then((done) => done.again as string)
      : intent === 'stop'
        ? api.topups
            .stopTopup({ shopId: shop.id, orderId: id })
            .then((done) => (done.stopped ? 'stopped' : 'stopping'))
        : api.supply.ask({ shopId: shop.id, attemptId: id }).then(() => 'asked'),
  );
  return outcome.ok
    ? redirect(paths.merchantSupply({ did: outcome.value }), 303)
    : again(outcome.refusal, form);
}

/** 充值供货: every attempt with its number, and what waits for the shop. */
export default function Supply() {
  const { attempts, next, needs, q, state, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <header className="mh">
        <div>
          <h1>{t('title')}</h1>
          <p className="mute">{t('lead')}</p>
        </div>
        <ButtonLink href={paths.merchantSuppliers()} kind="line">
          {t('suppliers')}
        </ButtonLink>
      </header>
      <Answer refused={answer?.refusal.message} did={did && t(`did_${did}`)} />
      <Needs needs={needs} />
      <Search q={q} state={state} />
      <Filters
        label={t('filter')}
        links={states.map((one) => ({
          href: paths.merchantSupply({ q, state: one === 'all' ? undefined : one }),
          label: t(one),
          ...(one === 'held' && needs.held > 0 ? { count: needs.held } : {}),
          ...(one === 'unknown' && needs.unknown > 0 ? { count: needs.unknown } : {}),
          on: one === state,
        }))}
      />
      <List attempts={attempts} next={next} q={q} state={state} />
    </>
  );
}

function List({
  attempts,
  next,
  q,
  state,
}: {
  attempts: readonly Attempt[];
  next: string | null;
  q: string;
  state: (typeof states)[number];
}) {
  const t = useText(words);
  const columns = useColumns();
  const some = state === 'all' ? undefined : state;
  const nothing = (
    <Empty
      title={t('emptyTitle')}
      next={<ButtonLink href={paths.merchantSuppliers()}>{t('emptyNext')}</ButtonLink>}
    >
      {t('emptyText')}
    </Empty>
  );
  const noneFits = (
    <Empty
      title={t('noneTitle')}
      next={
        <ButtonLink href={paths.merchantSupply()} kind="line">
          {t('all')}
        </ButtonLink>
      }
    >
      {t('noneText')}
    </Empty>
  );
  return (
    <section className="card">
      <Table
        caption={t('caption')}
        columns={columns}
        rows={attempts}
        rowKey={(one) => one.attemptId}
        empty={state === 'all' && q === '' ? nothing : noneFits}
      />
      <Pager next={next ? paths.merchantSupply({ q, state: some, before: next }) : undefined} />
    </section>
  );
}

type NeedsOf = Answers['topups']['shopTopups'];

function Needs({ needs }: { needs: NeedsOf }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <>
      {needs.wrong.length > 0 && (
        <section className="card mb-4">
          <h2>{t('wrongTitle')}</h2>
          <ul className="lines">
            {needs.wrong.map((one) => (
              <li key={one.orderId} className="row">
                <a href={paths.merchantOrder(one.orderId)} className="mono">
                  {one.masked}
                </a>
                <Tag tone="hold" icon="clock">
                  {one.tried ? t('wrongTried') : t('wrongBy', { time: deadline(one.until, now, language) })}
                </Tag>
                {!one.tried && (
                  <Form method="post">
                    <input type="hidden" name="id" value={one.orderId} />
                    <Submit intent="stop" kind="line" small>
                      {t('stop')}
                    </Submit>
                  </Form>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {needs.lateArrivals.length > 0 && (
        <section className="card mb-4">
          <h2>{t('lateTitle')}</h2>
          <p className="mute">{t('lateText')}</p>
          <ul className="lines">
            {needs.lateArrivals.map((one) => (
              <li key={one.orderId} className="row">
                <a href={paths.merchantOrder(one.orderId)} className="mono">
                  {one.masked}
                </a>
                <b>{money(one.amount)}</b>
                <span className="sub">{moment(one.at, now, language)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Search({ q, state }: { q: string; state: string }) {
  const t = useText(words);
  return (
    <form className="sift mb-4" role="search" action={paths.merchantSupply()}>
      <input
        className="in min-w-0 flex-1"
        name="q"
        type="search"
        defaultValue={q}
        aria-label={t('search')}
        placeholder={t('search')}
        maxLength={64}
      />
      {state !== 'all' && <input type="hidden" name="state" value={state} />}
      <button className="btn line" type="submit">
        {t('searchButton')}
      </button>
    </form>
  );
}

export const toneOf = (state: Attempt['state']): 'ok' | 'hold' | 'bad' | undefined =>
  state === 'success'
    ? 'ok'
    : state === 'unknown' || state === 'partial'
      ? 'hold'
      : state === 'late' || state === 'failed' || state === 'refused'
        ? 'bad'
        : undefined;

/** 补单, 查询: each says why it cannot be pressed. */
export function AttemptActs({ attempt }: { attempt: Attempt }) {
  const t = useText(words);
  const language = useLanguage();
  return (
    <div className="row">
      {(['resend', 'ask'] as const).map((act) =>
        attempt.able[act].ok ? (
          <Form key={act} method="post" action={paths.merchantSupply()}>
            <input type="hidden" name="id" value={attempt.attemptId} />
            <Submit intent={act} kind="line" small>
              {t(act)}
            </Submit>
          </Form>
        ) : (
          <Why key={act} label={t(act)} reason={attempt.able[act].why?.[language] ?? ''} small />
        ),
      )}
    </div>
  );
}

function StateCell({ attempt }: { attempt: Attempt }) {
  const language = useLanguage();
  const { state, why } = attempt;
  return (
    <>
      <Tag tone={toneOf(state)}>{attemptStateWords[state][language]}</Tag>
      {why && (
        <>
          <br />
          <span className="sub">{heldWords[why as keyof typeof heldWords]?.[language] ?? why}</span>
        </>
      )}
    </>
  );
}

function useColumns(): Column<Attempt>[] {
  const t = useText(words);
  const { now, language } = useFrame();
  return [
    {
      key: 'goods',
      head: t('colGoods'),
      cell: (one) => (
        <>
          <a className="mono inline-block min-w-28 font-semibold" href={paths.merchantAttempt(one.attemptId)}>
            {one.masked}
          </a>
          <br />
          <span className="sub">{money(one.face)}</span>
        </>
      ),
    },
    {
      key: 'state',
      head: t('colState'),
      cell: (one) => <StateCell attempt={one} />,
    },
    {
      key: 'supplier',
      head: t('colSupplier'),
      cell: (one) => (
        <>
          <span className="whitespace-nowrap">{one.supplier}</span>
          <br />
          <span className="sub whitespace-nowrap">
            {one.productNo} · {t('nth', { n: one.nth })}
          </span>
        </>
      ),
    },
    {
      key: 'number',
      head: t('colNumber'),
      cell: (one) => (
        <>
          <span className="mono text-sm whitespace-nowrap">{one.number}</span>
          <br />
          <span className="sub whitespace-nowrap">{t('sends', { sends: one.sends, asks: one.asks })}</span>
        </>
      ),
    },
    {
      key: 'cost',
      head: t('colCost'),
      right: true,
      cell: (one) => (one.cost === null ? '—' : money(one.cost)),
    },
    { key: 'time', head: t('colTime'), cell: (one) => moment(one.at, now, language) },
    {
      key: 'act',
      head: t('colAct'),
      cell: (one) => (
        <div className="min-w-80">
          <AttemptActs attempt={one} />
        </div>
      ),
    },
  ];
}
