import {
  data,
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { movementWords } from '../../src/ledger/contract.ts';
import { paymentStateWords } from '../../src/payments/contract.ts';
import type { Answers } from '../api.ts';
import { again, formKey, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { moment, money } from '../text/format.ts';
import { wallet as words } from '../text/wallet.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Empty, Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Choices, Input } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Pager } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { loggedIn } from './loggedIn.server.ts';
import { fenOf } from './wallet.view.ts';

export const handle: PageHandle = { static: true };

type Movement = Answers['ledger']['wallet']['movements'][number];
type Payment = Answers['payments']['list']['payments'][number];

export async function loader({ context, request }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, viewer, language } = page(context);
  const query = new URL(request.url).searchParams;
  const [cursor, before] = [query.get('cursor'), query.get('before')];
  const [statement, payments, { channels }] = await Promise.all([
    found(api.ledger.wallet(cursor ? { cursor } : {})),
    found(api.payments.list(before ? { before, limit: 10 } : { limit: 10 })),
    api.payments.channels({}),
  ]);
  return {
    statement,
    payments,
    channels,
    isGuest: viewer.guest,
    isFirst: cursor === null && before === null,
    formKey: formKey(context),
    title: textIn(words, language)('title'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const { language } = page(context);
  const amount = fenOf(text(form, 'amount'));
  const typed = { amount: text(form, 'amount') };
  if (amount === undefined)
    return data(
      { refusal: undefined, wrong: textIn(words, language)('amountWrong'), typed },
      { status: 422 },
    );
  const outcome = await tried(
    keyed(context, form).payments.topUp({ amount, channel: text(form, 'channel') }),
  );
  return outcome.ok ? redirect(paths.payment(outcome.value.paymentId), 303) : again(outcome.refusal, form);
}

export default function Wallet() {
  const { statement, payments, isGuest, isFirst } = useLoaderData<typeof loader>();
  const t = useText(words);
  return (
    <>
      <header className="list-h">
        <h1>{t('head', { balance: money(statement.balance) })}</h1>
        <p className="sub">{t('lead')}</p>
      </header>
      <div className="two">
        <div className="stack">
          <Statement movements={statement.movements} />
          <Pager
            previous={isFirst ? undefined : paths.wallet()}
            next={statement.next === null ? undefined : withQuery(paths.wallet(), { cursor: statement.next })}
          />
          <Payments payments={payments.payments} />
          <Pager
            next={payments.next === null ? undefined : withQuery(paths.wallet(), { before: payments.next })}
          />
        </div>
        <aside className="stack">{isGuest ? <Note>{t('guest')}</Note> : <TopUp />}</aside>
      </div>
    </>
  );
}

function TopUp() {
  const { channels, formKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { language } = useFrame();
  if (channels.length === 0) return <Note tone="hold">{t('none')}</Note>;
  const wrong = answer && 'wrong' in answer ? answer.wrong : answer?.refusal?.fields['amount'];
  return (
    <section className="card">
      <h2 className="text-lg mb-2">{t('topUp')}</h2>
      <Form method="post" className="stack">
        {answer?.refusal && (
          <Note tone="bad" answer>
            {answer.refusal.message}
          </Note>
        )}
        <IdempotencyKey value={formKey} />
        <Input
          label={t('amount')}
          hint={t('amountHint')}
          name="amount"
          inputMode="decimal"
          required
          maxLength={12}
          autoComplete="off"
          defaultValue={answer?.typed['amount']}
          error={wrong}
        />
        <Choices
          legend={t('how')}
          name="channel"
          chosen={channels[0]?.channel}
          options={channels.map((channel) => ({
            value: channel.channel,
            label: channel[language],
            note: channel.sandbox ? t('sandbox') : undefined,
          }))}
        />
        <Act consequence={t('goAfter')}>
          <Submit busyText={t('going')}>{t('go')}</Submit>
        </Act>
      </Form>
    </section>
  );
}

function Statement({ movements }: { movements: readonly Movement[] }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h2 className="text-lg">{t('statement')}</h2>
      <p className="mute mb-2">{t('statementNote')}</p>
      {movements.length === 0 && <Empty title={t('emptyTitle')}>{t('emptyText')}</Empty>}
      <ul className="lines">
        {movements.map((one, index) => (
          <li key={index} className="between">
            <span>
              <b>{movementWords[one.kind][language]}</b>
              <br />
              <span className="mute">
                {moment(one.at, now, language)}{' '}
                {one.orderId && <a href={paths.order(one.orderId)}>{t('toOrder')}</a>}
              </span>
            </span>
            <span className="text-right">
              <b className="num">{money(one.incoming ? one.amount : -BigInt(one.amount))}</b>
              <br />
              <span className="mute num">
                {one.after !== null && t('after', { after: money(one.after) })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Payments({ payments }: { payments: readonly Payment[] }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h2 className="text-lg">{t('payments')}</h2>
      <p className="mute mb-2">{t('paymentsNote')}</p>
      {payments.length === 0 && <Empty title={t('noPaymentsTitle')}>{t('noPaymentsText')}</Empty>}
      <ul className="lines">
        {payments.map((payment) => (
          <li key={payment.paymentId} className="between">
            <span>
              <a href={paths.payment(payment.paymentId)}>{moment(payment.createdAt, now, language)}</a>
              <br />
              <span className="mute">{t(`purpose_${payment.purpose}`)}</span>
            </span>
            <span className="text-right">
              <b className="num">{money(payment.amount)}</b>
              <br />
              <Tag tone={payment.state === 'paid' ? 'ok' : payment.state === 'failed' ? 'bad' : undefined}>
                {paymentStateWords[payment.state][language]}
              </Tag>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
