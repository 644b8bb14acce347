import { useEffect } from 'react';
import {
  data,
  Form,
  useActionData,
  useLoaderData,
  useRevalidator,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { paymentStateWords, refundReasonWords, refundStateWords } from '../../src/payments/contract.ts';
import type { Answers, Api } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { deadline, exact, money } from '../text/format.ts';
import { pay } from '../text/pay.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { loggedIn } from './loggedIn.server.ts';

export const handle: PageHandle = { dock: () => null };

type Payment = Answers['payments']['one'];

const waits = (payment: Payment): boolean => ['opening', 'open', 'part'].includes(payment.state);

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const [payment, { channels }] = await Promise.all([
    found(api.payments.one({ paymentId: params['paymentId'] ?? '' })),
    api.payments.channels({}),
  ]);
  const orderId = payment.purpose === 'topup' ? undefined : await orderOf(api, payment);
  const channel = channels.find((one) => one.channel === payment.channel);
  return {
    payment,
    said: {
      state: paymentStateWords[payment.state][language],
      refunds: payment.refunds.map(({ reason, state }) => ({
        reason: refundReasonWords[reason][language],
        state: refundStateWords[state][language],
      })),
    },
    orderId,
    channel: channel?.[language] ?? payment.channel,
    title: textIn(pay, language)('title', { amount: money(payment.amount) }),
  };
}

/** The order that it pays; undefined when it pays several, or is not there any more. */
async function orderOf(api: Api, { checkoutKey }: Payment): Promise<string | undefined> {
  const outcome = await tried(api.checkout.one({ checkoutKey: checkoutKey ?? '' }));
  const [orderId, more] = outcome.ok ? outcome.value.orderIds : [];
  return more === undefined ? orderId : undefined;
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const { payments } = keyed(context, form);
  const paymentId = params['paymentId'] ?? '';
  if (text(form, 'intent') === 'voucher') {
    const outcome = await tried(
      payments.matchVoucher({ paymentId, channel: text(form, 'channel'), tradeNo: text(form, 'tradeNo') }),
    );
    return outcome.ok
      ? data({ refusal: undefined, said: `voucher_${outcome.value.found}` as const })
      : again(outcome.refusal, form);
  }
  const outcome = await tried(payments.verify({ paymentId }));
  return outcome.ok
    ? data({ refusal: undefined, said: `asked_${outcome.value.asked}` as const })
    : again(outcome.refusal, form);
}

const every_s = 5;

export default function Pay() {
  const { payment, said, channel, orderId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(pay);
  const isWaiting = waits(payment);
  useReload(isWaiting);
  return (
    <>
      {/* Without JavaScript the page reloads itself while it waits: a GET, which changes nothing. */}
      {isWaiting && !answer && (
        <noscript>
          <meta httpEquiv="refresh" content="15" />
        </noscript>
      )}
      <Head payment={payment} />
      <Answer refused={answer?.refusal?.message} did={answer && 'said' in answer && t(answer.said)} />
      <div className="two">
        <div className="stack">
          <Now payment={payment} orderId={orderId} />
          <Movements payment={payment} refundsSaid={said.refunds} />
        </div>
        <aside className="stack">
          <About payment={payment} channel={channel} stateSaid={said.state} />
          {payment.state !== 'paid' && (
            <Voucher payment={payment} wrong={answer?.refusal?.fields['tradeNo']} />
          )}
        </aside>
      </div>
    </>
  );
}

/** Asks the server again while the payment waits and the page is looked at. */
function useReload(isWaiting: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void revalidate();
    }, every_s * 1000);
    return () => clearInterval(timer);
  }, [isWaiting, revalidate]);
}

function headOf({ state, purpose, received }: Payment): keyof typeof pay {
  const topup = purpose === 'topup';
  if (state === 'opening') return 'headOpening';
  if (state === 'open') return topup ? 'headOpenTopup' : 'headOpen';
  if (state === 'part') return 'headPart';
  if (state === 'paid') return topup ? 'headPaidTopup' : 'headPaid';
  if (state === 'failed') return 'headFailed';
  return received === '0' ? 'headClosed' : 'headReturned';
}

function leadOf({ state, purpose }: Payment): keyof typeof pay {
  const topup = purpose === 'topup';
  if (state === 'paid') return topup ? 'leadPaidTopup' : 'leadPaid';
  if (state === 'failed') return 'leadFailed';
  if (state === 'closed') return 'leadClosed';
  return topup ? 'leadOpenTopup' : 'leadOpen';
}

/** What came in beyond what was owed and is on its way back. Refunds of the order itself are told on its page. */
const tooMuch = (payment: Payment): bigint =>
  payment.refunds
    .filter(
      ({ reason, state }) => ['double', 'over', 'late', 'under'].includes(reason) && state !== 'credited',
    )
    .reduce((sum, refund) => sum + BigInt(refund.amount), 0n);

function Head({ payment }: { payment: Payment }) {
  const t = useText(pay);
  const returned = tooMuch(payment);
  const { now, language } = useFrame();
  const missing = BigInt(payment.amount) - BigInt(payment.received);
  const at =
    payment.state === 'paid'
      ? (payment.creditedAt ?? payment.paidAt ?? payment.expiresAt)
      : payment.expiresAt;
  return (
    <header className="list-h">
      <h1>{t(headOf(payment), { missing: money(missing < 0n ? 0n : missing) })}</h1>
      <p className="sub">
        <Rich text={t(leadOf(payment), { time: deadline(at, now, language) })} />
      </p>
      {returned > 0n && (
        <p>
          <Rich text={t('returned', { amount: money(returned) })} />
        </p>
      )}
    </header>
  );
}

/** What can be done now: pay, or ask the channel; when it is over, where to go. */
function Now({ payment, orderId }: { payment: Payment; orderId: string | undefined }) {
  const t = useText(pay);
  const topup = payment.purpose === 'topup';
  const next = (
    <ButtonLink
      href={topup ? paths.wallet() : orderId ? paths.order(orderId) : paths.orders()}
      kind={payment.state === 'paid' ? 'filled' : 'line'}
    >
      {t(topup ? 'toWallet' : orderId ? 'toOrder' : 'toOrders')}
    </ButtonLink>
  );
  if (payment.state === 'paid') return <section className="card">{next}</section>;
  return (
    <section className="card stack">
      {waits(payment) && (
        <>
          <Clock
            label={t('clockLabel')}
            who={t(topup ? 'whoTopup' : 'who')}
            due={payment.expiresAt}
            since={payment.createdAt}
          >
            <Rich text={t(topup ? 'elseTopup' : 'elseText')} />
          </Clock>
          {payment.payUrl ? (
            <Act consequence={t('goAfter')}>
              <ButtonLink href={payment.payUrl}>{t('go', { amount: money(payment.amount) })}</ButtonLink>
            </Act>
          ) : (
            <Why kind="filled" label={t('goLabel')} reason={t('goWait')} />
          )}
        </>
      )}
      <Form method="post">
        <Act consequence={t('checkAfter')}>
          <Submit intent="check" kind="line" busyText={t('checking')}>
            {t('check')}
          </Submit>
        </Act>
      </Form>
      {!waits(payment) && next}
    </section>
  );
}

function Movements({
  payment,
  refundsSaid,
}: {
  payment: Payment;
  refundsSaid: readonly { reason: string; state: string }[];
}) {
  const t = useText(pay);
  const { language } = useFrame();
  return (
    <section className="card">
      <h2 className="text-lg">{t('in')}</h2>
      {payment.trades.length === 0 && <p className="mute">{t('inNone')}</p>}
      <ul className="lines">
        {payment.trades.map((trade) => (
          <li key={trade.tradeNo} className="between">
            <span>
              <b>{exact(trade.at, language)}</b>
              <br />
              <span className="mute mono">{t('inLine', { number: trade.tradeNo })}</span>
            </span>
            <b className="num">{money(trade.amount)}</b>
          </li>
        ))}
      </ul>
      <h2 className="text-lg mt-4">{t('out')}</h2>
      {payment.refunds.length === 0 && <p className="mute">{t('outNone')}</p>}
      <ul className="lines">
        {payment.refunds.map((refund, i) => (
          <li key={refund.refundId} className="between">
            <span>
              <b>{exact(refund.doneAt ?? refund.requestedAt, language)}</b>
              <br />
              <span className="mute">{t('outLine', refundsSaid[i] ?? {})}</span>
            </span>
            <b className="num">{money(refund.amount)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

function About({ payment, channel, stateSaid }: { payment: Payment; channel: string; stateSaid: string }) {
  const t = useText(pay);
  const { language } = useFrame();
  return (
    <section className="card">
      <h2 className="text-lg mb-2">{t('facts')}</h2>
      <Facts
        facts={[
          { name: t('state'), value: stateSaid },
          { name: t('amount'), value: money(payment.amount) },
          { name: t('received'), value: money(payment.received) },
          { name: t('channel'), value: channel },
          { name: t('made'), value: exact(payment.createdAt, language) },
          { name: t('number'), value: <span className="mono">{payment.paymentId}</span> },
        ]}
      />
      {waits(payment) && <p className="mute mt-2">{t('refresh', { count: every_s })}</p>}
    </section>
  );
}

function Voucher({ payment, wrong }: { payment: Payment; wrong: string | undefined }) {
  const t = useText(pay);
  return (
    <section className="card">
      <h2 className="text-lg">{t('voucherTitle')}</h2>
      <p className="mute mb-2">{t('voucherLead')}</p>
      <Form method="post" className="stack">
        <input type="hidden" name="channel" value={payment.channel} />
        <Input
          label={t('voucher')}
          name="tradeNo"
          required
          minLength={4}
          maxLength={64}
          autoComplete="off"
          error={wrong}
        />
        <Act consequence={t('voucherAfter')}>
          <Submit intent="voucher" kind="line">
            {t('voucherButton')}
          </Submit>
        </Act>
      </Form>
    </section>
  );
}
