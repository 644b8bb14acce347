import { Form } from 'react-router';
import { paths } from '../paths.ts';
import { claim } from '../text/claim.ts';
import { deadline, money } from '../text/format.ts';
import { delivery } from '../text/delivery.ts';
import { order as words } from '../text/order.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { Select } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { ClaimActs, useOpenCase } from './OrderCases.tsx';
import { isLate, nextLater, unitsOf, type NumberedUnit, type Order } from './order.view.ts';

/** What can be done now, each with its consequence; what cannot stays, says why, and when it will be. */
export function OrderActs({ order, unread }: { order: Order; unread: number }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const said = (key: keyof typeof words, values?: Record<string, string | number>) => (
    <Rich text={t(key, values)} version={order.rulebook} />
  );
  return (
    <section className="card">
      <h2 className="mb-4">{t('acts')}</h2>
      <OrderClock order={order} />
      <div className="acts">
        {order.state === 'created' && order.paymentId && order.payUntil && (
          <Act consequence={said('payAfter', { time: deadline(order.payUntil, now, language) })}>
            <ButtonLink href={paths.payment(order.paymentId)}>{t('pay')}</ButtonLink>
          </Act>
        )}
        {nextLater(order) && <CancelLate order={order} />}
        {order.state === 'delivered' && <Confirm order={order} />}
        {order.state === 'delivered' && order.mode === 'pool' && <Cancel order={order} />}
        {order.state !== 'created' && order.state !== 'cancelled' && (
          <>
            <ClaimActs />
            <Why label={t('review')} reason={said('reviewWhy')} />
          </>
        )}
        <Act consequence={said('contactAfter')}>
          <ButtonLink href={paths.conversation(order.orderId)} kind="line">
            {unread > 0 ? t('contactUnread', { count: unread }) : t('contact')}
          </ButtonLink>
        </Act>
      </div>
    </section>
  );
}

/** The one deadline that runs now: who, how long, by when, and what if not. */
function OrderClock({ order }: { order: Order }) {
  const t = useText(words);
  const find = (what: string) => order.deadlines.find((one) => one.what === what);
  const [pay, confirm, release] = [find('order.expire'), find('order.confirm'), find('order.release')];
  const later = nextLater(order);
  if (later) return <LaterClock order={order} later={later} />;
  const running =
    order.state === 'created' && pay
      ? { at: pay, who: 'payWho', otherwise: 'payElse', tone: undefined }
      : confirm
        ? {
            at: confirm,
            who: 'confirmWho',
            otherwise: order.mode === 'pool' ? 'confirmElse' : 'confirmElseLater',
            tone: 'calm' as const,
          }
        : release
          ? { at: release, who: 'releaseWho', otherwise: 'releaseElse', tone: undefined }
          : undefined;
  if (!running) return null;
  return (
    <div className="mb-4">
      <Clock
        label={t('clockLabel')}
        who={t(running.who as keyof typeof words)}
        due={running.at.dueAt}
        since={running.at.startAt}
        tone={running.tone}
      >
        <Rich
          text={t(running.otherwise as keyof typeof words, { days: order.settleDays })}
          version={order.rulebook}
        />
      </Clock>
    </div>
  );
}

/** Goods that are still to come: until when they are promised, and once that is over until when the money goes back by itself. */
function LaterClock({ order, later }: { order: Order; later: NonNullable<ReturnType<typeof nextLater>> }) {
  const t = useText(delivery);
  const { now } = useFrame();
  const late = isLate(order, now);
  return (
    <div className="mb-4">
      <Clock
        who={t(late ? 'lateWho' : 'waitWho')}
        due={late ? later.dueAt : later.promisedAt}
        since={late ? later.promisedAt : (order.paidAt ?? order.placedAt)}
        tone={late ? 'late' : undefined}
      >
        <Rich text={t(late ? 'lateElse' : 'waitElse')} version={order.rulebook} />
      </Clock>
    </div>
  );
}

/** Late: one click, and everything goes back. Before that the button says from when on. */
function CancelLate({ order }: { order: Order }) {
  const t = useText(delivery);
  const { now, language } = useFrame();
  // What is under way at a supplier is stopped there first; its own panel offers that.
  const own = order.mode === 'direct';
  const { ok, why } = order.able.cancelLate;
  const later = nextLater(order);
  if (own) return null;
  if (later?.cancelAskedAt) return <p className="note hold">{t('cancelLateAsked')}</p>;
  if (!ok)
    return (
      <Why
        label={t('cancelLate')}
        reason={
          <>
            {why?.[language]} {later && deadline(later.promisedAt, now, language)}
          </>
        }
      />
    );
  return (
    <Form method="post">
      <Act
        consequence={
          <Rich text={t('cancelLateAfter', { amount: money(order.held) })} version={order.rulebook} />
        }
      >
        <Submit intent="cancelLate">{t('cancelLate')}</Submit>
      </Act>
    </Form>
  );
}

function Confirm({ order }: { order: Order }) {
  const t = useText(words);
  const { language } = useFrame();
  const inCase = useOpenCase();
  const c = useText(claim);
  const { ok, why } = order.able.confirm;
  if (ok && inCase)
    return (
      <Why label={t('confirm')} reason={<Rich text={c('o_confirmInCase')} version={order.rulebook} />} />
    );
  if (!ok) return <Why label={t('confirm')} reason={why?.[language] ?? ''} />;
  return (
    <Form method="post">
      <Act
        consequence={<Rich text={t('confirmAfter', { days: order.settleDays })} version={order.rulebook} />}
      >
        <Submit intent="confirm">{t('confirm')}</Submit>
      </Act>
    </Form>
  );
}

function Cancel({ order }: { order: Order }) {
  const t = useText(words);
  const { language } = useFrame();
  const units = unitsOf(order).filter(({ unit }) => unit.able.cancel.ok);
  const [first] = units;
  if (!first) {
    const sealed = unitsOf(order).find(({ unit }) => unit.state === 'sealed');
    const why = sealed?.unit.able.cancel.why?.[language];
    return (
      <Why label={t('cancelLabel')} reason={why ?? <Rich text={t('cancelWhy')} version={order.rulebook} />} />
    );
  }
  const prices = [...new Set(units.map(({ line }) => line.price))];
  const amount = prices.map((price) => money(price)).join(' / ');
  return (
    <Form method="post" className="stack">
      <Which units={units} />
      <Act consequence={<Rich text={t('cancelAfter', { amount })} version={order.rulebook} />}>
        <Submit intent="cancel" kind="line">
          {units.length === 1 ? t('cancel', { number: first.number }) : t('cancelMany')}
        </Submit>
      </Act>
    </Form>
  );
}

function Which({ units }: { units: readonly NumberedUnit[] }) {
  const t = useText(words);
  const [only, more] = units;
  if (only && !more) return <input type="hidden" name="unit" value={only.unit.unit} />;
  return (
    <Select
      label={t('cancelWhich')}
      name="unit"
      options={units.map(({ unit, number }) => ({ value: unit.unit, label: t('fileKey', { number }) }))}
    />
  );
}
