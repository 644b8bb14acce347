import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { callTopics, callTopicWords, type CallTopic } from '../../src/community/callbacks.contract.ts';
import { again, formKey, found, keyed, page, signedIn, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { community } from '../text/community.ts';
import { clock, fullDay } from '../text/format.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Select } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';
import { Official } from './help.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  signedIn(context, request);
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const [{ slots }, { calls }, { orders }] = await Promise.all([
    found(api.community.slots({})),
    found(api.community.myCalls({})),
    found(api.orders.mine({ limit: 20 })),
  ]);
  return {
    slots,
    calls,
    orders: orders.map(({ orderId, title }) => ({ orderId, title })),
    order: query.get('order') ?? '',
    cancelled: query.get('did') === 'cancel',
    formKey: formKey(context),
    title: textIn(community, language)('callTitle'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const api = keyed(context, form);
  if (text(form, 'intent') === 'cancel') {
    const outcome = await tried(api.community.cancelCall({ callbackId: text(form, 'call') }));
    if (!outcome.ok) return again(outcome.refusal, form);
    throw redirect(withQuery(paths.callback(), { did: 'cancel' }), 303);
  }
  const order = text(form, 'order');
  const outcome = await tried(
    api.community.bookCall({
      slotAt: text(form, 'slot'),
      phone: text(form, 'phone'),
      topic: text(form, 'topic') as CallTopic,
      note: text(form, 'note'),
      ...(order ? { orderId: order } : {}),
    }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(paths.callback(), 303);
}

export default function Callback() {
  const { calls, cancelled } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(community);
  const open = calls.find((call) => call.outcome === null);
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.help(), label: t('helpTitle') }]} here={t('callTitle')} />
      <header className="list-h">
        <h1>{t('callTitle')}</h1>
        <p className="sub">{t('callLead')}</p>
      </header>
      <Answer refused={answer?.refusal?.message} did={cancelled && !answer && t('callCancelled')} />
      <div className="two">
        <div className="stack">{open ? <Open call={open} /> : <Book />}</div>
        <aside className="stack">
          <Earlier />
          <Official />
        </aside>
      </div>
    </>
  );
}

type Call = Awaited<ReturnType<typeof loader>>['calls'][number];

function Open({ call }: { call: Call }) {
  const { formKey: key } = useLoaderData<typeof loader>();
  const t = useText(community);
  const language = useLanguage();
  const when = `${fullDay(call.slotAt, language)} ${clock(call.slotAt)}–${clock(call.slotEnd)}`;
  return (
    <section className="card stack">
      <h2>{t('callBooked', { when })}</h2>
      <p>{t('callOn', { phone: call.phone })}</p>
      <p className="mute">{callTopicWords[call.topic][language]}</p>
      <Form method="post">
        <IdempotencyKey value={key} />
        <input type="hidden" name="call" value={call.callbackId} />
        <Act consequence={t('callCancelAfter')}>
          <Submit intent="cancel" kind="line">
            {t('callCancel')}
          </Submit>
        </Act>
      </Form>
    </section>
  );
}

function Book() {
  const { slots, orders, order, formKey: key } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(community);
  const language = useLanguage();
  const typed = answer?.typed ?? {};
  return (
    <section className="card">
      <Form method="post" className="stack">
        <IdempotencyKey value={key} />
        <Select
          label={t('callSlot')}
          name="slot"
          defaultValue={typed['slot']}
          options={slots
            .filter(({ left }) => left > 0)
            .map((slot) => ({
              value: slot.at,
              label: t('callSlotOption', {
                day: fullDay(slot.at, language),
                from: clock(slot.at),
                to: clock(slot.end),
                left: slot.left,
              }),
            }))}
        />
        <Input
          label={t('callPhone')}
          hint={t('callPhoneHint')}
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          required
          maxLength={24}
          defaultValue={typed['phone']}
          error={answer?.refusal?.code === 'PHONE_INVALID' ? answer.refusal.message : undefined}
        />
        <Select
          label={t('callTopic')}
          name="topic"
          defaultValue={typed['topic']}
          options={callTopics.map((one) => ({ value: one, label: callTopicWords[one][language] }))}
        />
        <Select
          label={t('callOrder')}
          name="order"
          defaultValue={typed['order'] ?? order}
          options={[
            { value: '', label: t('callNoOrder') },
            ...orders.map((one) => ({ value: one.orderId, label: one.title })),
          ]}
        />
        <Input label={t('callNote')} name="note" maxLength={300} defaultValue={typed['note']} />
        <Act consequence={t('callAfter')}>
          <Submit intent="book">{t('callButton')}</Submit>
        </Act>
      </Form>
    </section>
  );
}

function Earlier() {
  const { calls } = useLoaderData<typeof loader>();
  const t = useText(community);
  const language = useLanguage();
  const ended = calls.filter((call) => call.outcome !== null);
  if (ended.length === 0) return null;
  return (
    <section className="card">
      <h3>{t('callEarlier')}</h3>
      <ul className="hits">
        {ended.map((call) => (
          <li key={call.callbackId}>
            <span className="row">
              {fullDay(call.slotAt, language)} {clock(call.slotAt)}
              <Tag>{t(`outcome_${call.outcome ?? 'missed'}`)}</Tag>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
