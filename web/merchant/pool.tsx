import {
  data,
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { decodeId, encodeId } from '../../src/kit/public-id.ts';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { clock, count, moment } from '../text/format.ts';
import { stock as words } from '../text/stock.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Kpis } from '../ui/Facts.tsx';
import { Input } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { DaysChart } from './DaysChart.tsx';
import { shopOf } from './shop.server.ts';

/** Messages name the pool, pages the variant; they share their number. */
function variantOf(id: string): string {
  const pool = decodeId('pool', id);
  return pool === undefined ? id : encodeId('variant', pool);
}

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api } = page(context);
  const variantId = variantOf(params['id'] ?? '');
  const { items } = await found(api.inventory.readStock({ shopId: shop.id }));
  const item = items.find((one) => one.variantId === variantId);
  if (!item) throw data({ code: 'POOL_NOT_FOUND', message: '' }, { status: 404 });
  const [batches, today] = await Promise.all([
    found(api.inventory.listBatches({ shopId: shop.id, variantId })),
    found(api.analytics.shopToday({ shopId: shop.id, variantId })),
  ]);
  const query = new URL(request.url).searchParams;
  return {
    item,
    batches: batches.items,
    days: today.days,
    saved: query.has('saved'),
    back: Number(query.get('back')) || 0,
    title: `${item.title} ${item.variant}`,
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const api = keyed(context, form).inventory;
  const variantId = variantOf(params['id'] ?? '');
  const here = paths.merchantPool(variantId);
  if (text(form, 'intent') === 'withdraw') {
    const outcome = await tried(api.withdrawBatch({ shopId: shop.id, batchId: text(form, 'batchId') }));
    return outcome.ok
      ? redirect(withQuery(here, { back: outcome.value.count }))
      : again(outcome.refusal, form);
  }
  const outcome = await tried(
    api.setAlarm({ shopId: shop.id, variantId, alarmAt: Number(text(form, 'alarmAt') || Number.NaN) }),
  );
  return outcome.ok ? redirect(withQuery(here, { saved: 1 })) : again(outcome.refusal, form);
}

export default function Pool() {
  const { item, batches, days, saved, back, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { language } = useFrame();
  const number = (value: number) => count(value, language);
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantStock(), label: t('title') }]} here={title} />
      <header className="mh">
        <h1>{title}</h1>
        <ButtonLink href={paths.merchantImport(item.variantId)}>{t('import')}</ButtonLink>
      </header>
      <Answer refused={answer?.refusal.message} did={saved && t('saved')} />
      <Answer did={!answer && back > 0 && t('withdrawDone', { count: number(back) })} />
      <Kpis
        items={[
          { value: number(item.onHand), text: t('colHand') },
          { value: number(item.reserved), text: t('colReserved') },
          { value: number(item.sold), text: t('colSold') },
          { value: item.daysLeft === null ? '—' : t('days', { days: item.daysLeft }), text: t('colDays') },
        ]}
      />
      <div className="inbox">
        <section className="card">
          <h2>{t('batches')}</h2>
          {batches.length === 0 && <Empty title={t('batchesNone')}>{t('batchesNoneText')}</Empty>}
          <ul className="lines">
            {batches.map((batch) => (
              <BatchRow key={batch.batchId} batch={batch} />
            ))}
          </ul>
        </section>
        <div className="stack">
          <section className="card">
            <h2>{t('lastDays')}</h2>
            <DaysChart days={days} />
          </section>
          <section className="card">
            <h2>{t('alarmTitle')}</h2>
            <Form method="post" className="stack">
              <Input
                label={t('alarm')}
                name="alarmAt"
                type="number"
                min={0}
                max={1_000_000}
                required
                inputMode="numeric"
                defaultValue={answer?.typed['alarmAt'] ?? item.alarmAt}
                hint={t('alarmHint')}
                error={answer?.refusal.fields['alarmAt']}
              />
              <Act consequence={t('alarmAfter')}>
                <Submit kind="line" intent="alarm">
                  {t('alarmButton')}
                </Submit>
              </Act>
            </Form>
          </section>
        </div>
      </div>
    </>
  );
}

type Batch = Answers['inventory']['listBatches']['items'][number];

function BatchRow({ batch }: { batch: Batch }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const size = count(batch.count, language);
  return (
    <li className="stack">
      <div>
        <b>{t('batchLine', { count: size, time: moment(batch.at, now, language) })}</b>{' '}
        {batch.withdrawn && <Tag>{t('withdrawn')}</Tag>}
        <p className="sub">
          {batch.source === '' ? t('batchNoSource') : t('batchSource', { source: batch.source })}
        </p>
        <p className="mute mono">{t('batchRoot', { root: batch.root.slice(0, 16) })}</p>
      </div>
      {batch.withdrawableUntil !== null ? (
        <Dialog kind="risk" small label={t('withdraw')} title={t('withdrawTitle', { count: size })}>
          <p>{t('withdrawText')}</p>
          <Form method="post">
            <input type="hidden" name="batchId" value={batch.batchId} />
            <Act consequence={t('withdrawAfter', { time: clock(batch.withdrawableUntil) })}>
              <Submit kind="risk" intent="withdraw">
                {t('withdrawTitle', { count: size })}
              </Submit>
            </Act>
          </Form>
        </Dialog>
      ) : (
        !batch.withdrawn && <Why small label={t('withdraw')} reason={t('withdrawWhy')} />
      )}
    </li>
  );
}
