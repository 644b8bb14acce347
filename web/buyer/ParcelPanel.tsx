import { Form } from 'react-router';
import {
  carrierWords,
  parcelStateWords,
  signoffPoints,
  signoffWords,
} from '../../src/delivery/parcel/contract.ts';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { deadline, moment, money } from '../text/format.ts';
import { parcels as words } from '../text/parcels.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { FileInput, Input } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { Timeline } from '../ui/Timeline.tsx';
import type { Order } from './order.view.ts';

type Parcel = Answers['parcels']['parcels']['parcels'][number];
type Said = {
  readonly did: 'sign' | 'refuse' | 'give' | 'check' | undefined;
  readonly refused: string | undefined;
};

const moving = ['shipped', 'in_transit', 'still'];

/** What is sent: its tracking, what to look at before signing, refusing, unpacking (F021, F022, F023, F025, F027). */
export function ParcelPanel({
  order,
  parcels,
  said,
}: {
  order: Order;
  parcels: readonly Parcel[];
  said: Said;
}) {
  const t = useText(words);
  if (parcels.length === 0)
    return (
      <section className="card" id="parcel">
        <h2>{t('title')}</h2>
        <p>{t('wait')}</p>
        <p className="mute">{t('waitText')}</p>
      </section>
    );
  return (
    <div className="stack" id="parcel">
      {said.refused && (
        <Note tone="bad" answer>
          {said.refused}
        </Note>
      )}
      {said.did && <Note answer>{t(`did_${said.did}`)}</Note>}
      {parcels.map((parcel) => (
        <OneParcel key={parcel.line} order={order} parcel={parcel} />
      ))}
    </div>
  );
}

function OneParcel({ order, parcel }: { order: Order; parcel: Parcel }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const isBuyer = order.role === 'buyer';
  const { state, dueAt } = parcel;
  const line =
    state === 'refused'
      ? 'due_answer'
      : moving.includes(state) && state !== 'still'
        ? 'due_still'
        : undefined;
  return (
    <section className="card stack">
      <div className="between">
        <h2 className="m-0">{t('title')}</h2>
        <Tag tone={state === 'signed' ? 'ok' : 'hold'}>{parcelStateWords[state][language]}</Tag>
      </div>
      <p className="mono wrap-anywhere">
        {t('number', { carrier: carrierWords[parcel.carrier][language], tracking: parcel.tracking })}
      </p>
      {line && dueAt && (
        <p>
          <Rich text={t(line, { time: deadline(dueAt, now, language) })} version={order.rulebook} />
        </p>
      )}
      {state === 'returning' && (
        <p>
          <Rich text={t('returning')} version={order.rulebook} />
        </p>
      )}
      {moving.includes(state) && <p className="mute">{t('risk')}</p>}
      {state === 'signed' && <p className="mute">{t('keep')}</p>}
      <Timeline
        steps={parcel.events
          .toReversed()
          .map((event) => ({ state: 'done', text: event.said, time: moment(event.at, now, language) }))}
      />
      {parcel.photos.length > 0 && <p className="mute">{t('photosKept', { count: parcel.photos.length })}</p>}
      {parcel.claims.map((claim) => (
        <p className="mute" key={claim.claimNo}>
          {t('claims', { no: claim.claimNo })}
        </p>
      ))}
      {isBuyer && moving.includes(state) && <AtTheDoor order={order} parcel={parcel} />}
      {isBuyer && state === 'signed' && <Unpacking order={order} parcel={parcel} />}
    </section>
  );
}

const Photos = () => {
  const t = useText(words);
  return <FileInput label={t('photos')} hint={t('photosHint')} name="photos" accept="image/*" multiple />;
};

function AtTheDoor({ order, parcel }: { order: Order; parcel: Parcel }) {
  const t = useText(words);
  const { language } = useFrame();
  const to = {
    method: 'post',
    action: paths.orderParcel(order.orderId),
    encType: 'multipart/form-data',
  } as const;
  const line = <input type="hidden" name="line" value={parcel.line} />;
  return (
    <>
      {parcel.state === 'still' && (
        <Form {...to}>
          {line}
          <Act consequence={t('giveAfter')}>
            <Submit intent="give">{t('give')}</Submit>
          </Act>
        </Form>
      )}
      <Form {...to} className="stack">
        <h3>{t('doorTitle')}</h3>
        {line}
        <div className="qz">
          {signoffPoints.map((point) => (
            <label key={point}>
              <input type="checkbox" name={`ok.${point}`} />
              <span>{signoffWords[point][language]}</span>
            </label>
          ))}
        </div>
        <Photos />
        <Act consequence={t('doorAfter')}>
          <Submit intent="signoff" kind="line">
            {t('doorSave')}
          </Submit>
        </Act>
      </Form>
      <details className="unfold">
        <summary>{t('refuseTitle')}</summary>
        <Form {...to} className="stack">
          {line}
          <Input label={t('refuseWhy')} name="why" required minLength={2} maxLength={500} />
          <Photos />
          <Act consequence={t('refuseAfter')}>
            <Submit intent="refuse" kind="risk">
              {t('refuse')}
            </Submit>
          </Act>
        </Form>
      </details>
      <Form {...to}>
        {line}
        <Act consequence={t('gotAfter')}>
          <Submit intent="sign" kind="line">
            {t('got')}
          </Submit>
        </Act>
      </Form>
    </>
  );
}

function Unpacking({ order, parcel }: { order: Order; parcel: Parcel }) {
  const t = useText(words);
  const last = parcel.checks.findLast((one) => one.stage === 'unboxing');
  return (
    <>
      {last && (
        <p>
          {BigInt(last.suggested) > 0n ? t('missing', { amount: money(last.suggested) }) : t('complete')}{' '}
          {BigInt(last.suggested) > 0n && (
            <ButtonLink small href={paths.claim(order.orderId)}>
              {t('claim')}
            </ButtonLink>
          )}
        </p>
      )}
      <details className="unfold" open={!last}>
        <summary>{t('boxTitle')}</summary>
        <Form
          method="post"
          action={paths.orderParcel(order.orderId)}
          encType="multipart/form-data"
          className="stack"
        >
          <input type="hidden" name="line" value={parcel.line} />
          <div className="qz">
            <label>
              <input type="checkbox" name="model" defaultChecked />
              <span>{t('boxModel')}</span>
            </label>
          </div>
          <Input
            label={t('boxCount', { count: parcel.quantity })}
            name="quantity"
            type="number"
            min={0}
            max={parcel.quantity}
            defaultValue={parcel.quantity}
          />
          {parcel.parts.map((part, index) => (
            <Input
              key={part.name}
              label={t('boxPart', { name: part.name, count: part.count * parcel.quantity })}
              name={`part.${index}`}
              type="number"
              min={0}
              max={part.count * parcel.quantity}
              defaultValue={part.count * parcel.quantity}
            />
          ))}
          <Photos />
          <Act consequence={t('boxAfter')}>
            <Submit intent="unboxing" kind="line">
              {t('boxSave')}
            </Submit>
          </Act>
        </Form>
      </details>
    </>
  );
}
