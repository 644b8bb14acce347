import {
  data,
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers } from '../api.ts';
import { fenOf } from '../buyer/wallet.view.ts';
import { again, formKey, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { deposit as words } from '../text/deposit.ts';
import { deadline, fullDay, money } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Bill, Facts, Kpis } from '../ui/Facts.tsx';
import { Choices, Input } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Rich } from '../ui/Rich.tsx';
import { shopOf } from './shop.server.ts';

type Deposit = Answers['deposits']['mine'];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  return {
    one: await found(api.deposits.mine({ shopId: shop.id })),
    owner: shop.roles.includes('owner'),
    did: new URL(request.url).searchParams.has('did'),
    formKey: formKey(context),
    title: textIn(words, language)('title'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const form = await request.formData();
  if (text(form, 'intent') === 'leave') {
    const left = await tried(api.deposits.leave({ shopId: shop.id }));
    return left.ok ? redirect(paths.merchantDeposit(), 303) : again(left.refusal, form);
  }
  const amount = fenOf(text(form, 'amount'));
  const typed = { amount: text(form, 'amount'), from: text(form, 'from') };
  if (amount === undefined)
    return data(
      { refusal: undefined, wrong: textIn(words, language)('amountWrong'), typed },
      { status: 422 },
    );
  const from = text(form, 'from') === 'wallet' ? ('wallet' as const) : ('available' as const);
  const outcome = await tried(keyed(context, form).deposits.pay({ shopId: shop.id, from, amount }));
  return outcome.ok
    ? redirect(withQuery(paths.merchantDeposit(), { did: 1 }), 303)
    : again(outcome.refusal, form);
}

const shortOf = (one: Deposit): bigint => {
  const gap = BigInt(one.required) - BigInt(one.balance);
  return gap > 0n ? gap : 0n;
};

/** What a shop must keep, what is there, what happens when; paying in, and closing the shop. */
export default function DepositPage() {
  const { one, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <header className="mh">
        <h1>{t('title')}</h1>
        <p className="mute">
          <Rich text={t('lead')} version={one.rulebook} />
        </p>
      </header>
      <Answer did={did && !answer && t('paid')} />
      <Standing one={one} />
      <Kpis
        items={[
          { value: money(one.balance), text: t('kpiBalance') },
          { value: money(one.required), text: t('kpiRequired') },
          { value: money(one.owed), text: t('kpiOwed') },
        ]}
      />
      <div className="inbox">
        <div className="stack">
          {one.state !== 'leaving' && one.state !== 'returned' && <PayIn />}
          <Leave />
        </div>
        <div className="stack">
          <How one={one} />
        </div>
      </div>
    </>
  );
}

function Standing({ one }: { one: Deposit }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const state = one.state ?? 'none';
  const time =
    state === 'leaving' && one.returnFrom !== null
      ? fullDay(one.returnFrom, language)
      : one.dueAt === null
        ? ''
        : deadline(one.dueAt, now, language);
  const tone = state === 'suspended' ? 'bad' : state === 'short' ? 'hold' : undefined;
  return (
    <Note {...(tone && { tone })}>
      <b>{t(`s_${state}`, { amount: money(shortOf(one)) })}</b>
      <br />
      {t(`s_${state}Text`, { time })}
    </Note>
  );
}

function PayIn() {
  const { one, formKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const short = shortOf(one);
  const wrong = answer && 'wrong' in answer ? answer.wrong : answer?.refusal?.fields['amount'];
  return (
    <section className="card">
      <h2 className="mb-2">{t('pay')}</h2>
      <Form method="post" className="stack" key={formKey}>
        {answer?.refusal && (
          <Note tone="bad" answer>
            {answer.refusal.message}
          </Note>
        )}
        <IdempotencyKey value={formKey} />
        <Input
          label={t('amount')}
          hint={short > 0n ? t('amountHint', { amount: money(short) }) : undefined}
          name="amount"
          inputMode="decimal"
          required
          maxLength={12}
          autoComplete="off"
          defaultValue={answer?.typed['amount'] ?? (short > 0n ? money(short).replace(/[^\d.]/g, '') : '')}
          error={wrong}
        />
        <Choices
          legend={t('from')}
          name="from"
          chosen={answer?.typed['from'] ?? 'available'}
          options={[
            { value: 'available', label: t('available'), note: money(one.available) },
            { value: 'wallet', label: t('wallet'), note: t('walletNote', { amount: money(one.wallet) }) },
          ]}
        />
        <Act consequence={t('payAfter')}>
          <Submit busyText={t('paying')}>{t('payGo')}</Submit>
        </Act>
        <p>
          <a href={paths.wallet()}>{t('topUp')}</a>
        </p>
      </Form>
    </section>
  );
}

function How({ one }: { one: Deposit }) {
  const t = useText(words);
  return (
    <>
      <section className="card">
        <h2 className="mb-2">{t('how')}</h2>
        <Bill
          caption={t('how')}
          lines={[
            { text: t('tier'), fen: one.tier },
            { text: t('volume'), fen: one.volume },
          ]}
          total={one.required}
          totalText={t('sum')}
        />
      </section>
      <section className="card">
        <h2 className="mb-2">{t('tiers')}</h2>
        <Facts
          wide
          facts={one.tiers.map(({ goods, amount }) => ({
            name: t(`g_${goods}` as 'g_card'),
            value: money(amount),
          }))}
        />
      </section>
    </>
  );
}

function Leave() {
  const { one, owner } = useLoaderData<typeof loader>();
  const t = useText(words);
  if (one.state === 'leaving' || one.state === 'returned') return null;
  return (
    <section className="card">
      <details>
        <summary>{t('leave')}</summary>
        {owner ? (
          <Form method="post" className="mt-3">
            <input type="hidden" name="intent" value="leave" />
            <Act consequence={t('leaveAfter')}>
              <Submit kind="risk" busyText={t('leaving')}>
                {t('leaveSure')}
              </Submit>
            </Act>
          </Form>
        ) : (
          <p className="mute mt-3">{t('ownerOnly')}</p>
        )}
      </details>
    </section>
  );
}
