import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import {
  carriers,
  carrierWords,
  parcelStateWords,
  type Carrier,
} from '../../src/delivery/parcel/contract.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { deadline, moment } from '../text/format.ts';
import { parcels as words } from '../text/parcels.ts';
import { textIn, useFrame, useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input, Select } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { Timeline } from '../ui/Timeline.tsx';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const orderId = params['orderId'] ?? '';
  const [order, { parcels }] = await Promise.all([
    found(api.checkout.order({ orderId })),
    found(api.parcels.parcels({ orderId })),
  ]);
  const lines = order.lines
    .filter((line) => line.later !== null)
    .map((line) => ({ ...line, parcel: parcels.find((one) => one.line === line.line) ?? null }));
  return {
    shopId: shop.id,
    orderId,
    lines,
    did: new URL(request.url).searchParams.has('did'),
    title: textIn(words, language)('m_title'),
  };
}

/** The address is shown with the answer of a POST, this once; everything else goes back to the page. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const at = { shopId: shop.id, orderId: params['orderId'] ?? '' };
  const api = keyed(context, form);
  const intent = text(form, 'intent');
  if (intent === 'see') {
    const seen = await tried(api.delivery.seeAnswers(at));
    return seen.ok ? { seen: seen.value.lines } : again(seen.refusal, form);
  }
  const line = { ...at, line: Number(text(form, 'line')) };
  const outcome = await tried<unknown>(
    intent === 'claim'
      ? api.parcels.claimCarrier({ ...line, claimNo: text(form, 'claimNo') })
      : intent === 'ship'
        ? api.parcels.ship({
            ...line,
            carrier: text(form, 'carrier') as Carrier,
            tracking: text(form, 'tracking'),
          })
        : api.parcels.answerRefusal({ ...line, refund: intent === 'refund' }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(paths.merchantParcel(at.orderId), { did: 1 }), 303);
}

export default function MerchantParcel() {
  const { orderId, lines, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const refusal = answer && 'refusal' in answer ? answer.refusal : undefined;
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.merchantParcels(), label: t('m_title') }]}
        here={<span className="mono">{orderId}</span>}
      />
      <Answer refused={refusal?.message} did={did && !answer && t('m_done')} />
      <div className="stack">
        {lines.map((line) => (
          <Line key={line.line} line={line} />
        ))}
      </div>
    </>
  );
}

type Row = Awaited<ReturnType<typeof loader>>['lines'][number];

function Line({ line }: { line: Row }) {
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { now, language } = useFrame();
  const { parcel } = line;
  const seen = answer && 'seen' in answer ? answer.seen.find((one) => one.line === line.line) : undefined;
  const open = ['waiting', 'accepted', 'delivering'].includes(line.later?.state ?? '');
  return (
    <section className="card stack">
      <div className="between">
        <h1 className="m-0">
          {line.title} × {line.quantity}
        </h1>
        <Tag tone="hold">
          {parcel
            ? parcelStateWords[parcel.state][language]
            : t('m_due', { time: deadline(line.later?.promisedAt ?? '', now, language) })}
        </Tag>
      </div>
      {seen && <Facts wide facts={seen.answers.map((one) => ({ name: one.label, value: one.shown }))} />}
      {open && !seen && (
        <Form method="post">
          <Act consequence={t('m_addressAfter')}>
            <Submit intent="see" kind="line" small>
              {t('m_address')}
            </Submit>
          </Act>
        </Form>
      )}
      {open && (!parcel || ['shipped', 'in_transit', 'still'].includes(parcel.state)) && <Ship line={line} />}
      {parcel && (parcel.state === 'refused' || parcel.state === 'returning') && <Refused line={line} />}
      {parcel && (
        <Timeline
          steps={parcel.events
            .toReversed()
            .map((event) => ({ state: 'done', text: event.said, time: moment(event.at, now, language) }))}
        />
      )}
      {parcel && (
        <Form method="post" className="stack">
          <input type="hidden" name="line" value={line.line} />
          <Input label={t('m_claimNo')} name="claimNo" required maxLength={60} />
          <Act consequence={t('m_claimAfter')}>
            <Submit intent="claim" kind="line" small>
              {t('m_claim')}
            </Submit>
          </Act>
        </Form>
      )}
    </section>
  );
}

function Ship({ line }: { line: Row }) {
  const t = useText(words);
  const language = useLanguage();
  return (
    <Form method="post" className="stack">
      <input type="hidden" name="line" value={line.line} />
      <Select
        label={t('m_carrier')}
        name="carrier"
        defaultValue={line.parcel?.carrier}
        options={carriers.map((one) => ({ value: one, label: carrierWords[one][language] }))}
      />
      <Input
        label={t('m_tracking')}
        name="tracking"
        required
        maxLength={40}
        defaultValue={line.parcel?.tracking}
        autoComplete="off"
      />
      <Act consequence={t('m_shipAfter')}>
        <Submit intent="ship">{t('m_ship')}</Submit>
      </Act>
    </Form>
  );
}

function Refused({ line }: { line: Row }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const { parcel } = line;
  if (!parcel) return null;
  return (
    <Form method="post" className="stack">
      <input type="hidden" name="line" value={line.line} />
      <Note tone="hold">{t('m_refused', { why: parcel.refusedWhy })}</Note>
      <Act
        consequence={t('m_refundAfter', {
          time: parcel.dueAt ? deadline(parcel.dueAt, now, language) : '',
        })}
      >
        <Submit intent="refund">{t('m_refund')}</Submit>{' '}
        {parcel.state === 'refused' && (
          <Submit intent="return" kind="line">
            {t('m_return')}
          </Submit>
        )}
      </Act>
    </Form>
  );
}
