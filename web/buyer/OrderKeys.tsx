import { useEffect, useId, useState, type FormEvent } from 'react';
import { Form, useRevalidator } from 'react-router';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { order as words } from '../text/order.ts';
import { clock, deadline, endOfDay, moment, money } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Note } from '../ui/Blank.tsx';
import { Button, Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { KeyCard, KeyEndTag, RevealedKey, SealedKey, VerifyClock, type KeyPart } from '../ui/KeyCard.tsx';
import { Rich } from '../ui/Rich.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { FailsLink, ProvenanceLink } from './OrderCases.tsx';
import { look } from './look.ts';
import {
  keyFile,
  unitsOf,
  type Help,
  type NumberedUnit,
  type Order,
  type OrderUnit,
  type Revealed,
} from './order.view.ts';

/** The keys of an order. What is on the screen lives in this page's memory only, and not longer than a minute. */
export function OrderKeys({
  order,
  help,
  asked,
  shown,
  refused,
}: {
  order: Order;
  help: Help;
  /** The key that was just compared or asked about, and why that was refused. */
  asked: { unit: string; refused: string | undefined } | undefined;
  /** The key that the server showed with this page, because the browser runs no script. */ shown:
    | Revealed
    | undefined;
  /** The key whose password was wrong. */ refused: { unit: string; said: string } | undefined;
}) {
  const t = useText(words);
  const units = unitsOf(order);
  return (
    <section className="card">
      <h2 className="mb-2">{t('keys')}</h2>
      {units.length === 0 && <p className="sub">{t(order.state === 'created' ? 'keysWait' : 'keysNone')}</p>}
      {units.map((one) => (
        <OneKey
          key={one.unit.unit}
          order={order}
          one={one}
          help={help}
          asked={asked?.unit === one.unit.unit ? asked : undefined}
          served={shown?.unit === one.unit.unit ? shown : undefined}
          wrong={refused?.unit === one.unit.unit ? refused.said : undefined}
        />
      ))}
    </section>
  );
}

const shownFor_ms = 60_000;

type Screen = {
  readonly key?: Revealed | undefined;
  readonly said?: string | undefined;
  readonly asks?: boolean;
};

/** What one key shows now: with JavaScript it appears in place and is taken away again after a minute and on leaving. */
function useScreen(order: Order, unit: OrderUnit, served: Revealed | undefined) {
  const t = useText(words);
  const { language } = useFrame();
  const { revalidate } = useRevalidator();
  const [screen, setScreen] = useState<Screen>({ key: served });
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    if (!screen.key) return undefined;
    const hide = (): void => setScreen({});
    const timer = setTimeout(() => setScreen({ said: t('hiddenNow') }), shownFor_ms);
    addEventListener('pagehide', hide);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', hide);
    };
    // The words do not matter for when it is hidden.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [screen.key]);
  const reveal = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    // The file is a document of its own, which the browser fetches by itself.
    if ((event.nativeEvent as SubmitEvent).submitter?.hasAttribute('formaction')) return;
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const password = new FormData(event.currentTarget).get('password');
    const answer = await look({
      orderId: order.orderId,
      unit: unit.unit,
      password: typeof password === 'string' ? password : '',
      language,
    });
    setBusy(false);
    setScreen(answer.ok ? { key: answer.key } : { said: answer.said ?? t('offline'), asks: answer.asks });
    if (answer.ok) await revalidate();
  };
  return { screen, isBusy, reveal };
}

function OneKey({
  order,
  one,
  help,
  asked,
  served,
  wrong,
}: {
  order: Order;
  one: NumberedUnit;
  help: Help;
  asked: { refused: string | undefined } | undefined;
  served: Revealed | undefined;
  wrong: string | undefined;
}) {
  const t = useText(words);
  const c = useText(common);
  const { now, language } = useFrame();
  const { unit, number } = one;
  const { screen, isBusy, reveal } = useScreen(order, unit, served);
  const needsPassword = unit.needsPassword || screen.asks === true;
  const note =
    unit.state === 'withdrawn'
      ? t('withdrawnText')
      : unit.revealedAt === null
        ? c('keySealed')
        : [
            c('keyFirstSeen', { time: moment(unit.revealedAt, now, language) }),
            t('reads', { count: unit.reveals }),
          ].join(' · ');
  return (
    <KeyCard number={number} note={note}>
      {screen.key ? (
        <Shown order={order} one={one} shown={screen.key} isServed={served !== undefined} />
      ) : unit.state === 'withdrawn' ? (
        <div className="key-b">
          <KeyEndTag end="returned" />
        </div>
      ) : (
        <form method="post" onSubmit={(event) => void reveal(event)}>
          <input type="hidden" name="unit" value={unit.unit} />
          {unit.state === 'sealed' ? (
            <SealedKey
              action={<Look isBusy={isBusy} asks={needsPassword} said={screen.said} wrong={wrong} />}
            >
              <Consequence order={order} one={one} />
            </SealedKey>
          ) : (
            <div className="key-b stack">
              <p className="mute">{t('masked')}</p>
              <Look
                isBusy={isBusy}
                asks={needsPassword}
                said={screen.said}
                wrong={wrong}
                fileFrom={paths.keyFile(order.orderId)}
              />
            </div>
          )}
        </form>
      )}
      {unit.state !== 'sealed' && unit.state !== 'withdrawn' && <Verdict order={order} unit={unit} />}
      <HelpOf order={order} one={one} help={help} asked={asked} />
    </KeyCard>
  );
}

type HelpProps = {
  order: Order;
  one: NumberedUnit;
  help: Help;
  asked: { refused: string | undefined } | undefined;
};

/** What helps with a key that was seen; a sealed one needs none. */
function HelpOf({ order, one: { unit, line }, help, asked }: HelpProps) {
  const helped = help.lines.find((each) => each.line === line.line);
  const own = helped?.units.find((each) => each.unit === unit.unit);
  if (!helped || !own || unit.revealedAt === null) return null;
  return (
    <KeyHelp
      line={helped}
      unit={own}
      version={order.rulebook}
      open={asked !== undefined}
      refused={asked?.refused}
    />
  );
}

type LookProps = {
  isBusy: boolean;
  asks: boolean;
  said: string | undefined;
  wrong: string | undefined;
  /** A key that was seen before: another look, or its file from here. */ fileFrom?: string;
};

/** The button that opens a key, with the password where it is needed. A plain form, so that it works without JavaScript. */
function Look({ isBusy, asks, said, wrong, fileFrom }: LookProps) {
  const t = useText(words);
  const c = useText(common);
  const isAgain = fileFrom !== undefined;
  return (
    <div className="stack reveal">
      {asks && (
        <Input
          label={t('stepUp')}
          hint={t('stepUpHint')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={200}
          error={wrong}
        />
      )}
      {said && (
        <Note tone="hold" answer>
          {said}
        </Note>
      )}
      <div className="row">
        <Button
          type="submit"
          name="intent"
          value="reveal"
          icon="key"
          kind={isAgain ? 'line' : 'filled'}
          small={isAgain}
          aria-busy={isBusy}
        >
          <span className="say">
            <span className="idle">{c(isAgain ? 'keyAgain' : 'keyReveal')}</span>
            <span className="busy" aria-hidden={!isBusy}>
              {c('keyRevealing')}
            </span>
          </span>
        </Button>
        {isAgain && (
          <Button type="submit" kind="line" small icon="download" formAction={fileFrom}>
            {t('download')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Consequence({ order, one }: { order: Order; one: NumberedUnit }) {
  const t = useText(words);
  const { language } = useFrame();
  const { cancelUntil, able } = one.unit;
  const said =
    cancelUntil && able.cancel.ok
      ? t('sealedText', { time: endOfDay(cancelUntil, language), amount: money(one.line.price) })
      : t('sealedOver');
  return <Rich text={said} version={order.rulebook} />;
}

function Shown({
  order,
  one,
  shown,
  isServed,
}: {
  order: Order;
  one: NumberedUnit;
  shown: Revealed;
  isServed: boolean;
}) {
  const t = useText(words);
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const parts: KeyPart[] = [
    ...(shown.number === null ? [] : [{ label: t('number'), value: shown.number }]),
    { label: t('secret'), value: shown.secret },
    ...(shown.extra === null ? [] : [{ label: t('extra'), value: shown.extra }]),
  ];
  const save = (): void => {
    const file = keyFile({
      head: t('fileHead', { order: order.orderId }),
      keys: [{ title: t('fileKey', { number: one.number }), parts }],
    });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([file], { type: 'text/plain' }));
    link.download = `${order.orderId}-${one.unit.unit}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return (
    <RevealedKey parts={parts}>
      <p className="mute mt-2" role="status">
        {t(isServed && !isReady ? 'shownOnce' : 'shownNow')}
      </p>
      <div className="row mt-2">
        {isReady ? (
          <Button kind="line" small icon="download" onClick={save}>
            {t('download')}
          </Button>
        ) : (
          <FileForm order={order} unit={one.unit} />
        )}
      </div>
    </RevealedKey>
  );
}

/** Without JavaScript the file comes from the server, which records the look. */
function FileForm({ order, unit }: { order: Order; unit: OrderUnit }) {
  const t = useText(words);
  return (
    <form method="post" action={paths.keyFile(order.orderId)}>
      <input type="hidden" name="unit" value={unit.unit} />
      <Button type="submit" kind="line" small icon="download">
        {t('download')}
      </Button>
    </form>
  );
}

/** After the first look: the time in which the buyer is presumed right, with the two answers; or what was answered. */
function Verdict({ order, unit }: { order: Order; unit: OrderUnit }) {
  const t = useText(words);
  const { now, language } = useFrame();
  if (unit.revealedAt === null || unit.verifyUntil === null) return null;
  const rich = (text: string) => <Rich text={text} version={order.rulebook} />;
  const use =
    unit.useUntil && order.state === 'delivered'
      ? rich(t('useUntil', { time: deadline(unit.useUntil, now, language) }))
      : undefined;
  if (unit.state === 'verified')
    return (
      <div className="key-b row">
        <KeyEndTag end="verified" />
        <span className="mute">{rich(t('verifiedAt'))}</span>
      </div>
    );
  const isOver = Date.parse(unit.verifyUntil) <= now;
  const time = isOver ? clock(unit.verifyUntil) : deadline(unit.verifyUntil, now, language);
  return (
    <div className="key-b">
      <VerifyClock
        due={unit.verifyUntil}
        since={unit.revealedAt}
        by={rich(t(isOver ? 'verifyOver' : 'verifyBy', { time }))}
        otherwise={
          <>
            {!isOver && rich(t('verifyElse'))} {use}
          </>
        }
      >
        <Answers unit={unit} />
      </VerifyClock>
    </div>
  );
}

function Answers({ unit }: { unit: OrderUnit }) {
  const t = useText(words);
  const c = useText(common);
  const id = useId();
  return (
    <>
      <Form method="post" className="pair">
        <input type="hidden" name="unit" value={unit.unit} />
        <Submit intent="works" small aria-describedby={`${id}w`}>
          {c('keyWorks')}
        </Submit>
        <FailsLink unit={unit.unit} />
      </Form>
      <p className="mute mt-2" id={`${id}w`}>
        {t('worksAfter')}
      </p>
      <ProvenanceLink unit={unit.unit} />
    </>
  );
}
