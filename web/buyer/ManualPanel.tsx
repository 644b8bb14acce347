import { Form } from 'react-router';
import { common } from '../text/common.ts';
import { delivery } from '../text/delivery.ts';
import { moment } from '../text/format.ts';
import { order as words } from '../text/order.ts';
import { useFrame, useText } from '../text/use.ts';
import { Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Copy, RevealedKey } from '../ui/KeyCard.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { Manual, ManualLine, ShownContent } from './manual.view.ts';
import type { Order } from './order.view.ts';

type Wrong = { unit: string; said: string } | undefined;

/** What somebody delivers by hand: how far it is, the sealed contents, what the buyer gave, and how to check it (F012, F030). */
export function ManualPanel({
  order,
  manual,
  shown,
  wrong,
}: {
  order: Order;
  manual: Manual;
  shown: ShownContent | undefined;
  wrong: Wrong;
}) {
  return manual.lines.map((line) => (
    <OneLine key={line.line} order={order} line={line} shown={shown} wrong={wrong} />
  ));
}

const ended = ['failed', 'cancelled'];

function OneLine({
  order,
  line,
  shown,
  wrong,
}: {
  order: Order;
  line: ManualLine;
  shown: ShownContent | undefined;
  wrong: Wrong;
}) {
  const t = useText(delivery);
  const isDelivered = line.state === 'delivered';
  const isEnded = ended.includes(line.state);
  return (
    <section className="card stack">
      <div className="between">
        <h2 className="m-0">{t('content')}</h2>
        <Tag tone={isDelivered ? 'ok' : isEnded ? undefined : 'hold'}>{t(`progress_${line.state}`)}</Tag>
      </div>
      {line.units.length === 0 && (
        <p className="mute">
          <Rich text={t(isEnded ? 'contentEnded' : 'contentWait')} version={order.rulebook} />
        </p>
      )}
      {line.units.map((unit) => (
        <OneUnit key={unit.place} order={order} line={line} unit={unit} shown={shown} wrong={wrong} />
      ))}
      {line.answers.length > 0 && (
        <div>
          <h3>{t('given')}</h3>
          <Facts wide facts={line.answers.map((one) => ({ name: one.label, value: one.shown }))} />
        </div>
      )}
      {line.verification !== '' && !isEnded && (
        <div>
          <h3>{t('howToCheck')}</h3>
          <p>{line.verification}</p>
          <p className="mute">
            <Icon name="lock" size={16} /> {t('checkNote')}
          </p>
        </div>
      )}
    </section>
  );
}

/** One unit: sealed, or opened this once. */
function OneUnit({
  order,
  line,
  unit,
  shown,
  wrong,
}: {
  order: Order;
  line: ManualLine;
  unit: ManualLine['units'][number];
  shown: ShownContent | undefined;
  wrong: Wrong;
}) {
  const t = useText(delivery);
  const { now, language } = useFrame();
  const name = `${line.line}-${unit.place}`;
  const isShown = shown?.line === line.line && shown.place === unit.place;
  const isWrong = wrong?.unit === name;
  const notes = [
    line.units.length > 1 ? t('unit', { place: unit.place }) : '',
    unit.revealedAt === null
      ? t('unitSealed')
      : t('unitSeen', { time: moment(unit.revealedAt, now, language), count: unit.reveals }),
    unit.version > 1 ? t('unitVersion', { version: unit.version }) : '',
  ];
  return (
    <div className="key">
      <div className="key-h">
        <b>{line.title}</b>
        <span className="mute">{notes.filter(Boolean).join(' · ')}</span>
      </div>
      {isShown ? (
        <Shown shown={shown} />
      ) : (
        order.role === 'buyer' && (
          <Form method="post" className="key-b stack">
            <input type="hidden" name="unit" value={name} />
            <Look
              again={unit.revealedAt !== null}
              asks={line.needsPassword || isWrong}
              wrong={isWrong ? wrong.said : undefined}
            />
          </Form>
        )
      )}
    </div>
  );
}

/** The button that opens it, with the password where it is asked for; a plain form, so that it works without JavaScript. */
function Look({ again, asks, wrong }: { again: boolean; asks: boolean; wrong: string | undefined }) {
  const t = useText(delivery);
  const w = useText(words);
  const c = useText(common);
  return (
    <>
      {asks && (
        <Input
          label={w('stepUp')}
          hint={w('stepUpHint')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={200}
          error={wrong}
        />
      )}
      <div className="row">
        <Submit
          intent="revealContent"
          icon="key"
          busyText={c('keyRevealing')}
          kind={again ? 'line' : 'filled'}
        >
          {t(again ? 'showAgain' : 'show')}
        </Submit>
      </div>
      <p className="mute">{t('showNote')}</p>
    </>
  );
}

/** Opened: secrets as parts that are hidden again after a minute, links and notes beside them. */
function Shown({ shown }: { shown: ShownContent }) {
  const t = useText(delivery);
  const parts = shown.fields
    .filter((field) => field.type !== 'note' && field.type !== 'link')
    .map(({ label, value }) => ({ label, value }));
  const others = shown.fields.filter((field) => field.type === 'note' || field.type === 'link');
  return (
    <RevealedKey key={`${shown.reveals}`} parts={parts}>
      {others.map(({ key, label, type, value }) => (
        <div key={key} className="mt-3">
          <b>{label}</b>
          {type === 'link' ? (
            <p className="row">
              <a className="break-all" href={value} rel="noreferrer noopener nofollow" target="_blank">
                {value}
              </a>
              <Copy what={label} text={value} />
            </p>
          ) : (
            <p className="whitespace-pre-line">{value}</p>
          )}
        </div>
      ))}
      <p className="mute mt-2" role="status">
        {t('showNote')}
      </p>
    </RevealedKey>
  );
}
