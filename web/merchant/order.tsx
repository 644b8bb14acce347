import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { orderStateWords } from '../../src/orders/contract.ts';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { deadline, money, moment } from '../text/format.ts';
import { merchant } from '../text/merchant.ts';
import { useFrame, useText, type Language, type Say } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Cite } from '../ui/Cite.tsx';
import { Clock } from '../ui/Clock.tsx';
import { Bill, Facts } from '../ui/Facts.tsx';
import { Tag } from '../ui/Tag.tsx';
import { Timeline } from '../ui/Timeline.tsx';
import { ShopHelp } from './ShopHelp.tsx';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  await shopOf({ context, request });
  const { api } = page(context);
  const orderId = params['orderId'] ?? '';
  const [order, help] = await Promise.all([
    found(api.checkout.order({ orderId })),
    found(api.delivery.help({ orderId })),
  ]);
  return { order, help, title: order.lines[0]?.title ?? '' };
}

type Order = Answers['checkout']['order'];

export default function ShopOrder() {
  const { order, help, title } = useLoaderData<typeof loader>();
  const t = useText(merchant);
  const { now, language } = useFrame();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantOrders(), label: t('ordersTitle') }]} here={title} />
      <header className="mh">
        <h1>{t('orderTitle', { title, count: order.lines[0]?.quantity ?? 0 })}</h1>
        <p className="row">
          <Tag tone={order.state === 'delivered' || order.state === 'completed' ? 'ok' : undefined}>
            {orderStateWords[order.state][language]}
          </Tag>
          <ButtonLink href={`${paths.merchantConversation(order.orderId)}#end`} kind="line" small>
            {t('orderTalk')}
          </ButtonLink>
        </p>
      </header>
      <div className="inbox">
        <div className="stack">
          {order.mode === 'manual' && (
            <ButtonLink href={paths.merchantDelivery(order.orderId)}>{t('toDelivery')}</ButtonLink>
          )}
          {order.mode === 'pool' && <Keys order={order} />}
          <ShopHelp help={help} />
          <section className="card">
            <h2>{t('orderHistory')}</h2>
            <Timeline
              steps={order.steps.map((step) => ({
                state: 'done',
                text: `${step.words[language]}${byOf(step.by, t)}`,
                time: moment(step.at, now, language),
              }))}
            />
          </section>
        </div>
        <aside className="stack">
          <Turn order={order} />
          <section className="card">
            <h2>{t('orderBill')}</h2>
            <Bill
              caption={t('orderBill')}
              lines={order.lines.map((line) => ({
                text: `${line.variantName} × ${line.quantity}`,
                note: line.components.map((one) => `${one.label[language]} ${money(one.amount)}`).join(' · '),
                fen: line.total,
              }))}
              total={order.total}
              totalText={t('orderTotal')}
              small
            />
            {BigInt(order.refunded) > 0n && (
              <p className="sub">{t('orderRefunded', { amount: money(order.refunded) })}</p>
            )}
          </section>
          <section className="card">
            <Facts
              facts={[
                { name: t('colOrder'), value: <span className="mono">{order.orderId}</span> },
                { name: t('colTime'), value: moment(order.placedAt, now, language) },
              ]}
            />
          </section>
        </aside>
      </div>
    </>
  );
}

const byOf = (by: string, t: Say<typeof merchant>): string =>
  by === 'buyer' || by === 'shop' || by === 'system' ? ` · ${t(`by_${by}`)}` : '';

/** Where the money is, and when it moves by itself. */
function Turn({ order }: { order: Order }) {
  const t = useText(merchant);
  const { now, language } = useFrame();
  const next = order.deadlines[0];
  const says = (
    <>
      {saysOf(order, t, now, language)}
      {next && next.article !== '' && <Cite article={next.article} version={order.rulebook} />}
    </>
  );
  if (next && (order.payUntil ?? order.confirmAt ?? order.releaseAt) !== null)
    return (
      <Clock
        who={BigInt(order.held) > 0n ? t('orderHeld', { amount: money(order.held) }) : t('waitPay')}
        due={next.dueAt}
        since={next.startAt}
      >
        {says}
      </Clock>
    );
  return (
    <section className="card">
      <p>{says}</p>
    </section>
  );
}

function saysOf(order: Order, t: Say<typeof merchant>, now: number, language: Language): string {
  if (order.releasedAt !== null) return t('orderReleased', { time: moment(order.releasedAt, now, language) });
  if (order.state === 'created' && order.payUntil !== null)
    return t('orderWaits', { time: deadline(order.payUntil, now, language) });
  if (order.releaseAt !== null)
    return t('orderReleaseAt', { time: deadline(order.releaseAt, now, language) });
  if (order.confirmAt !== null)
    return t('orderConfirmBy', { time: deadline(order.confirmAt, now, language), days: order.settleDays });
  return t('orderOver');
}

/** The keys of an order as the shop may see them: their states, never what they are. */
function Keys({ order }: { order: Order }) {
  const t = useText(merchant);
  const { now, language } = useFrame();
  const units = order.lines.flatMap((line) => line.units);
  return (
    <section className="card">
      <h2>{t('orderKeys')}</h2>
      <p className="mute">{t('orderKeysNote')}</p>
      <ul className="st mt-3">
        {units.map((unit, index) => (
          <li key={unit.unit}>
            <b>{t('unit', { number: index + 1 })}</b>
            <span>{t(`unit_${unit.state}`)}</span>
            {unit.revealedAt && (
              <span className="mute">
                {t('revealedAt', { time: moment(unit.revealedAt, now, language) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
