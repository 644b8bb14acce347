import type { ReactNode } from 'react';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { clock, day, deadline, exact, moment, money } from '../text/format.ts';
import { order as words } from '../text/order.ts';
import { recordOf } from '../text/records.ts';
import { useFrame, useText } from '../text/use.ts';
import { Bill } from '../ui/Facts.tsx';
import { Fix4, Fix4Count } from '../ui/Fix4.tsx';
import { MoneyPath } from '../ui/MoneyPath.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Timeline, type Step } from '../ui/Timeline.tsx';
import { placeOf, sealsOf, tallyOf, unitsOf, type Evidence, type Order } from './order.view.ts';

/** Beside the keys: where the money is, what is fixed, what happened and will happen, and the bill. */
export function OrderAside({
  order,
  evidence,
  children,
}: {
  order: Order;
  evidence: Evidence;
  children: ReactNode;
}) {
  const t = useText(words);
  const c = useText(common);
  const { viewer } = useFrame();
  const [first] = order.lines;
  return (
    <aside className="stack">
      <Money order={order} />
      <Lights order={order} evidence={evidence} />
      <History order={order} />
      <Paid order={order} />
      {children}
      <p className="mute">
        <Rich
          text={t('foot', { version: order.rulebook, listing: first?.version ?? 1, shop: order.shop.name })}
          version={order.rulebook}
        />{' '}
        {first && first.newest > first.version && t('newer')}
      </p>
      {order.role === 'buyer' && !viewer.signedIn && (
        <p className="mute">
          {t('guest')} <a href={paths.findOrder()}>{c('findOrder')}</a>
        </p>
      )}
    </aside>
  );
}

function Money({ order }: { order: Order }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const at = placeOf(order);
  const brief = (time: string): string => moment(time, now, language);
  const isBack = order.state === 'refunded';
  const lines = {
    you: isBack
      ? t('moneyBack')
      : order.paidAt
        ? t('moneyPaid', { time: brief(order.paidAt) })
        : t('moneyNotPaid'),
    escrow: at === 'escrow' ? t('moneyHeld') : at === 'shop' ? t('moneyOut') : t('moneyNothing'),
    shop: order.releasedAt
      ? t('moneyShopGot', { time: brief(order.releasedAt) })
      : order.releaseAt
        ? t('moneyShopAt', { time: day(order.releaseAt, language) })
        : at === 'you' && order.state !== 'created'
          ? t('moneyShopNever')
          : t('moneyShopLater', { days: order.settleDays }),
  };
  const fen =
    at === 'escrow'
      ? order.held
      : isBack
        ? order.refunded
        : String(BigInt(order.total) - BigInt(order.refunded));
  return (
    <MoneyPath title={t(`money_${at}`)} fen={fen} at={at} lines={lines}>
      <Rich
        text={
          at === 'shop'
            ? t('moneyTextShop')
            : isBack
              ? t('moneyTextBack')
              : t('moneyText', { days: order.settleDays })
        }
        version={order.rulebook}
      />
    </MoneyPath>
  );
}

function Lights({ order, evidence }: { order: Order; evidence: Evidence }) {
  const t = useText(words);
  const { language } = useFrame();
  const seals = sealsOf(evidence, {
    pending: t('lightPending'),
    fixed: (at, count) => (count > 1 ? t('lightCount', { time: clock(at, true), count }) : clock(at, true)),
  });
  return (
    <section className="card stack">
      <div className="between">
        <h2 className="text-lg">{t('evidence')}</h2>
        <Fix4Count seals={seals} />
      </div>
      <Fix4 seals={seals} />
      <p className="mute">
        {t('noScreens')}
        <a href={paths.verify()}>{t('toVerify')}</a>
      </p>
      {evidence.records.length > 0 && (
        <details className="fold">
          <summary>
            <span className="text-brand">{t('receipts', { count: evidence.records.length })}</span>
          </summary>
          <ul className="lines text-sm">
            {evidence.records.map((record) => (
              <li key={record.seq} className="between">
                <span>
                  {recordOf(record.kind, language)}
                  <br />
                  <span className="mute">{exact(record.at, language)}</span>
                </span>
                {record.state === 'fixed' ? (
                  <a href={paths.receipt(order.orderId, record.seq)} download>
                    {t('receipt', { number: record.seq })}
                  </a>
                ) : (
                  <span className="mute">{t('receiptPending')}</span>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function History({ order }: { order: Order }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const done = order.steps.map((step): Step => ({
    state: 'done',
    text: <b>{step.words[language]}</b>,
    time: exact(step.at, language),
  }));
  const tally = tallyOf(unitsOf(order));
  const coming: Step[] = [];
  if (order.state === 'created' && order.payUntil)
    coming.push(
      {
        state: 'now',
        text: <b>{t('stepPay')}</b>,
        time: t('atLatest', { time: deadline(order.payUntil, now, language) }),
      },
      { state: 'todo', text: t('todoPay') },
    );
  if (order.state === 'delivered')
    coming.push({
      state: 'now',
      text: (
        <b>
          {order.mode === 'pool'
            ? t('stepNow', { seen: tally.open + tally.verified, sealed: tally.sealed })
            : t('stepNowLater')}
        </b>
      ),
    });
  if (order.state === 'created' || order.state === 'delivered')
    coming.push({
      state: 'todo',
      text: t('todoDone'),
      ...(order.confirmAt ? { time: t('atLatest', { time: deadline(order.confirmAt, now, language) }) } : {}),
    });
  if (order.releasedAt === null && ['created', 'delivered', 'completed'].includes(order.state))
    coming.push({
      state: order.state === 'completed' ? 'now' : 'todo',
      text: t('todoRelease', { days: order.settleDays }),
      ...(order.releaseAt ? { time: t('atAbout', { time: deadline(order.releaseAt, now, language) }) } : {}),
    });
  return (
    <section className="card">
      <h2 className="text-lg mb-2">{t('history')}</h2>
      <Timeline steps={[...done, ...coming]} />
    </section>
  );
}

function Paid({ order }: { order: Order }) {
  const t = useText(words);
  const { language } = useFrame();
  const lines = order.lines.flatMap((line) =>
    line.components.map((one) => ({
      text:
        one.kind === 'base'
          ? t('billBase', { name: line.variantName, count: line.quantity })
          : one.label[language],
      fen: one.amount,
    })),
  );
  return (
    <section className="card">
      <h2 className="text-lg mb-2">{t('bill')}</h2>
      <Bill
        small
        caption={t('bill')}
        lines={[...lines, { text: t('billFee'), fen: '0' }]}
        total={order.total}
        totalText={t(order.paidAt ? 'billTotal' : 'billTotalOpen')}
      />
      <p className="mute mt-2">
        {BigInt(order.refunded) > 0n && <>{t('billBack', { amount: money(order.refunded) })} </>}
        {order.paidBy === 'wallet' ? t('byWallet') : t('byChannel')}
        {order.paymentId && <a href={paths.payment(order.paymentId)}>{t('toPayment')}</a>}
      </p>
    </section>
  );
}
