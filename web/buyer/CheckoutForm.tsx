import { useEffect, useState, type FormEvent } from 'react';
import { Form } from 'react-router';
import type { Answers } from '../api.ts';
import type { PageRefusal } from '../page.server.ts';
import { paths } from '../paths.ts';
import { checkout } from '../text/checkout.ts';
import { delivery } from '../text/delivery.ts';
import { clock, deadline, money, took } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Why } from '../ui/Act.tsx';
import { Submit } from '../ui/Button.tsx';
import { useNow } from '../ui/Clock.tsx';
import { Face, type FaceColour } from '../ui/Face.tsx';
import { Bill } from '../ui/Facts.tsx';
import { Choices, Input } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tick } from '../ui/Tick.tsx';
import { Questions } from './Questions.tsx';
import {
  blockOf,
  tickName,
  type Acknowledgement,
  type Buyer,
  type Quote,
  type QuoteLine,
} from './checkout.view.ts';

type About = {
  face: { colour: FaceColour; title: string; subtitle: string };
  within_seconds: number | null;
  validity: string;
  settle_days: number;
};
type Props = {
  quote: Quote;
  line: QuoteLine;
  about: About;
  channels: Answers['payments']['channels']['channels'];
  buyer: Buyer;
  formKey: string;
  answer: { refusal: PageRefusal; typed: Readonly<Record<string, string>> } | undefined;
};

/** Everything a buyer decides, in one form that works without JavaScript. With it, the button waits for the ticks and names what is missing. */
export function CheckoutForm(props: Props) {
  const { quote, line, buyer, answer } = props;
  const t = useText(checkout);
  const { language } = useFrame();
  const now = useNow();
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const [ticked, setTicked] = useState<Readonly<Record<string, number>>>({});
  const [wasTried, setTried] = useState(false);
  const missing = isReady ? quote.acknowledgements.filter((ack) => ticked[ack.name] === undefined) : [];
  const came = answer?.refusal.code === 'ACKNOWLEDGEMENT_MISSING' || wasTried;
  const onChange = (event: FormEvent<HTMLFormElement>): void => {
    const box = event.target as unknown as HTMLInputElement;
    if (box.type !== 'checkbox') return;
    const name = box.name.slice('ack.'.length);
    setTicked(({ [name]: _, ...others }) => (box.checked ? { ...others, [name]: Math.floor(now) } : others));
  };
  return (
    <Form
      method="post"
      className="two"
      onChange={onChange}
      onSubmit={(event) => {
        if (missing.length > 0) event.preventDefault();
        setTried(true);
      }}
    >
      <IdempotencyKey value={props.formKey} />
      <input type="hidden" name="total" value={quote.total} />
      <input type="hidden" name="quantity" value={line.quantity} />
      <div className="stack">
        <Goods line={line} about={props.about} />
        <Questions line={line} answer={answer} />
        <Who buyer={buyer} answer={answer} />
        {quote.acknowledgements.length > 0 && (
          <section className="card acks">
            <h2 className="text-lg">{t('acks')}</h2>
            {quote.acknowledgements.map((ack) => (
              <AckTick
                key={ack.hash[language]}
                ack={ack}
                at={ticked[ack.name]}
                isMissing={
                  came &&
                  (isReady ? ticked[ack.name] === undefined : answer?.typed[tickName(ack)] === undefined)
                }
                wasTicked={answer?.typed[tickName(ack)] === ack.hash[language]}
                note={(at) => setTicked((all) => ({ ...all, [ack.name]: at }))}
              />
            ))}
            <p className="mute">{t('acksNote')}</p>
            {Object.entries(ticked).map(([name, at]) => (
              <input key={name} type="hidden" name={`at.${name}`} value={new Date(at).toISOString()} />
            ))}
          </section>
        )}
        <Methods quote={quote} channels={props.channels} buyer={buyer} chosen={answer?.typed['method']} />
      </div>
      <Total quote={quote} line={line} missing={missing} settle_days={props.about.settle_days} />
    </Form>
  );
}

function Goods({ line, about }: { line: QuoteLine; about: About }) {
  const t = useText(checkout);
  const { language } = useFrame();
  const { colour, title, subtitle } = about.face;
  const facts = [
    line.shopName,
    about.within_seconds === null || line.mode !== 'pool'
      ? ''
      : t('sentWithin', { time: took(about.within_seconds * 1000, language) }),
    about.validity && t('validity', { text: about.validity }),
  ];
  return (
    <section className="card">
      <h2 className="text-lg">{t('goods')}</h2>
      <div className="item mt-2">
        <Face name={title} line={subtitle} colour={colour} mini />
        <div>
          <b>{t('goodsLine', { title: line.title, count: line.quantity })}</b>
          <p className="mute">{[line.variantName, ...facts].filter(Boolean).join(' · ')}</p>
          <Promised line={line} />
          <a className="text-sm" href={paths.listing(line.listingId, line.variantId)}>
            {t('change')}
          </a>
        </div>
      </div>
    </section>
  );
}

/** Goods that come later: until when, in which hours, and what happens if not. */
function Promised({ line }: { line: QuoteLine }) {
  const t = useText(delivery);
  const { now, language } = useFrame();
  if (line.promisedAt === null || line.refundAt === null) return null;
  return (
    <div className="mt-2">
      <b>{t('dueBy', { time: deadline(line.promisedAt, now, language) })}</b>
      {line.opening && <p className="mute">{t('openFrom', line.opening)}</p>}
      <p className="mute">
        <Rich text={t('refundBy', { time: deadline(line.refundAt, now, language) })} />
      </p>
    </div>
  );
}

function Who({ buyer, answer }: { buyer: Buyer; answer: Props['answer'] }) {
  const t = useText(checkout);
  const { path } = useFrame();
  if (buyer.kind !== 'nobody')
    return (
      <section className="card">
        <h2 className="text-lg">{t('who')}</h2>
        <p className="sub mt-2">
          {buyer.kind === 'guest' ? t('asGuest') : t('asAccount', { name: buyer.name ?? '' })}
        </p>
      </section>
    );
  const wrong = answer?.refusal.fields ?? {};
  const isRefused = answer?.refusal.code === 'CONTACT_REQUIRED' ? answer.refusal.message : undefined;
  return (
    <section className="card stack">
      <h2 className="text-lg">{t('who')}</h2>
      <p className="sub">
        {t('noAccount')} {t('orLogin')} <a href={paths.login(path)}>{t('logIn')}</a>
      </p>
      <Input
        label={t('contact')}
        hint={t('contactHint')}
        name="contact"
        autoComplete="email"
        autoCapitalize="none"
        required
        maxLength={120}
        defaultValue={answer?.typed['contact']}
        error={wrong['contact'] ?? isRefused}
      />
      <Input
        label={t('orderPassword')}
        hint={t('orderPasswordHint')}
        name="orderPassword"
        type="password"
        autoComplete="new-password"
        required
        minLength={6}
        maxLength={64}
        error={wrong['orderPassword']}
      />
    </section>
  );
}

type AckProps = {
  ack: Acknowledgement;
  at: number | undefined;
  isMissing: boolean;
  wasTicked: boolean;
  /** A browser keeps ticks when a page is restored; then they count from now. */ note: (at: number) => void;
};

function AckTick({ ack, at, isMissing, wasTicked, note }: AckProps) {
  const t = useText(checkout);
  const { language, now } = useFrame();
  const name = tickName(ack);
  useEffect(() => {
    const box = document.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`);
    if (box?.checked) note(now);
    // Once, when the page becomes alive.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <Tick
      name={name}
      value={ack.hash[language]}
      title={ack.title[language]}
      wasTicked={wasTicked}
      at={at === undefined ? undefined : t('tickedAt', { time: clock(at, true) })}
      missing={isMissing ? t('ackMissing') : undefined}
    >
      {ack.text[language]}
      {language === 'en' && ' '}
      <Rich text={`[[${ack.article}]]`} />
    </Tick>
  );
}

function Methods({
  quote,
  channels,
  buyer,
  chosen,
}: Pick<Props, 'quote' | 'channels' | 'buyer'> & { chosen: string | undefined }) {
  const t = useText(checkout);
  const { language } = useFrame();
  const balance = BigInt(quote.wallet ?? '0');
  const missing = BigInt(quote.total) - balance;
  const isLow = buyer.kind !== 'account' || missing > 0n;
  const wallet = {
    value: 'wallet',
    label: buyer.kind === 'account' ? t('wallet', { balance: money(balance) }) : t('walletLogin'),
    note: t(quote.lines.every((line) => line.mode === 'pool') ? 'walletNote' : 'walletNoteLater'),
    ...(buyer.kind !== 'account'
      ? { off: t('walletLoginNote') }
      : missing > 0n
        ? { off: t('walletShort', { missing: money(missing) }) }
        : {}),
  };
  const others = channels.map((channel) => ({
    value: `channel:${channel.channel}`,
    label: channel[language],
    note: [channel.sandbox ? t('channelSandbox') : '', t('channelNote')]
      .filter(Boolean)
      .join(language === 'zh' ? '。' : '; '),
  }));
  const first = isLow ? others[0]?.value : 'wallet';
  return (
    <section className="card">
      <h2 className="text-lg mb-2">{t('method')}</h2>
      <Choices
        legend={<span className="sr-only">{t('method')}</span>}
        name="method"
        options={isLow ? [...others, wallet] : [wallet, ...others]}
        chosen={chosen ?? first}
      />
    </section>
  );
}

function Total({
  quote,
  line,
  missing,
  settle_days,
}: {
  quote: Quote;
  line: QuoteLine;
  missing: readonly Acknowledgement[];
  settle_days: number;
}) {
  const t = useText(checkout);
  const { language } = useFrame();
  const lines = line.components.map((one) =>
    one.kind === 'base'
      ? {
          text: t('base', {
            name: line.variantName,
            count: line.quantity,
            price: money(BigInt(one.amount) / BigInt(line.quantity)),
          }),
          fen: one.amount,
        }
      : { text: one.label[language], fen: one.amount },
  );
  return (
    <aside className="stack">
      <section className="card">
        <h2 className="text-lg">{t('total')}</h2>
        <Bill
          caption={t('total')}
          lines={[...lines, { text: t('fee'), fen: '0' }]}
          total={quote.total}
          totalText={t('all')}
        />
        <p className="mute mt-2">{t('allNote')}</p>
      </section>
      <PayButton total={quote.total} line={line} missing={missing} />
      <div className="note hold">
        <b>{t('escrowTitle')}</b>
        <br />
        <Rich text={t('escrowText', { days: settle_days })} />
      </div>
      <p className="mute">
        <Rich text={t('rulebook', { version: quote.rulebook })} />
      </p>
    </aside>
  );
}

/** The one filled button, with the sum in it. It stays pressable while ticks are missing, so that pressing it marks them. */
function PayButton({
  total,
  line,
  missing,
}: {
  total: string;
  line: QuoteLine;
  missing: readonly Acknowledgement[];
}) {
  const t = useText(checkout);
  const { language } = useFrame();
  const block = blockOf(line);
  const label = t('pay', { total: money(total) });
  if (block)
    return (
      <Why
        kind="filled"
        label={label}
        reason={t(block, { stock: line.stock, count: line.quantity, max: line.perOrderMax ?? 0 })}
      />
    );
  const names = missing.map((ack) => t('quoted', { name: ack.title[language] })).join(t('listJoin'));
  return (
    <div className="act">
      <Submit
        busyText={t('paying')}
        aria-describedby="pay-note"
        {...(missing.length > 0 ? { 'aria-disabled': true } : {})}
      >
        {label}
      </Submit>
      <p id="pay-note">
        {missing.length > 0 ? t('payMissing', { count: missing.length, names }) : t('payNote')}
      </p>
    </div>
  );
}
