import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { depositStateWords } from '../../src/aftersales/deposit/contract.ts';
import type { Answers } from '../api.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { deposit as words } from '../text/deposit.ts';
import { deadline, fullDay, money } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

type One = Answers['deposits']['all']['shops'][number];

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  return {
    ...(await found(api.deposits.all({ limit: 100 }))),
    did: new URL(request.url).searchParams.has('did'),
    title: textIn(words, language)('title'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const { api } = page(context);
  const form = await request.formData();
  const [shopId, intent] = [text(form, 'shopId'), text(form, 'intent')];
  const outcome = await tried<unknown>(
    intent === 'ask'
      ? api.deposits.askReturn({ shopId, reasons: text(form, 'reasons') })
      : api.deposits.decideReturn({ shopId, agrees: intent === 'agree' }),
  );
  return outcome.ok
    ? redirect(withQuery(paths.operatorDeposits(), { did: 1 }), 303)
    : again(outcome.refusal, form);
}

/** The deposits of shops for the staff: what is short, and what waits for a second person. */
export default function Deposits() {
  const { shops, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <header className="mh">
        <h1>{t('title')}</h1>
        <p className="mute">
          <Rich text={t('o_lead')} />
        </p>
      </header>
      <Answer refused={answer?.refusal.message} did={did && t('o_did')} />
      {shops.length === 0 && <Empty title={t('o_none')}>{t('o_noneText')}</Empty>}
      <div className="stack">
        {shops.map((one) => (
          <Shop key={one.shopId} one={one} />
        ))}
      </div>
    </>
  );
}

function Shop({ one }: { one: One }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const state = one.state ?? 'enough';
  const tone = state === 'suspended' ? 'bad' : one.enough ? 'ok' : 'hold';
  return (
    <section className="card">
      <div className="between">
        <h2>{one.name}</h2>
        <Tag tone={tone}>{depositStateWords[state][language]}</Tag>
      </div>
      <p className="num">
        {money(one.balance)} / {money(one.required)}
        {one.owed !== '0' && <span className="mute"> · {t('o_owed', { amount: money(one.owed) })}</span>}
        {one.dueAt !== null && <span className="mute"> · {deadline(one.dueAt, now, language)}</span>}
      </p>
      {one.asked ? <Decide one={one} asked={one.asked} /> : state === 'leaving' && <Ask one={one} />}
    </section>
  );
}

function Decide({ one, asked }: { one: One; asked: NonNullable<One['asked']> }) {
  const t = useText(words);
  const amount = money(asked.amount);
  return (
    <div className="mt-3">
      <p>{t('o_asked', { amount, reason: asked.reason })}</p>
      {asked.mine ? (
        <p className="mute">{t('o_mine')}</p>
      ) : (
        <Form method="post" className="stack mt-2">
          <input type="hidden" name="shopId" value={one.shopId} />
          <Act consequence={t('o_agreeAfter', { amount })}>
            <Submit intent="agree" busyText={t('o_agree')}>
              {t('o_agree')}
            </Submit>
          </Act>
          <Act consequence={t('o_refuseAfter')}>
            <Submit intent="refuse" kind="line" busyText={t('o_refuse')}>
              {t('o_refuse')}
            </Submit>
          </Act>
        </Form>
      )}
    </div>
  );
}

function Ask({ one }: { one: One }) {
  const t = useText(words);
  const { language } = useFrame();
  return (
    <Form method="post" className="stack mt-3">
      {one.returnFrom !== null && (
        <p className="mute">{t('o_from', { time: fullDay(one.returnFrom, language) })}</p>
      )}
      <input type="hidden" name="shopId" value={one.shopId} />
      <Input label={t('o_reason')} name="reasons" required maxLength={500} autoComplete="off" />
      <Act consequence={t('o_askAfter')}>
        <Submit intent="ask" kind="line" busyText={t('o_ask')}>
          {t('o_ask')}
        </Submit>
      </Act>
    </Form>
  );
}
