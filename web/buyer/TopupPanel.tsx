import { useEffect } from 'react';
import { Form, useRevalidator, useSearchParams } from 'react-router';
import { topupCarrierWords, topupSpeedWords } from '../../src/catalog/topup.contract.ts';
import { topupRefusals } from '../../src/delivery/topup/contract.ts';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { deadline, money, moment } from '../text/format.ts';
import { topups as words } from '../text/topups.ts';
import { useFrame, useLanguage, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';

export type Topup = Answers['topups']['topup']['topups'][number];
type Props = { orderId: string; topup: Topup };

const deeds = ['wait', 'again', 'refund', 'wrong', 'change'] as const;
const open = ['queued', 'held', 'submitted', 'unknown'];
const toneOf = (state: Topup['state']): 'ok' | 'hold' | 'bad' | undefined =>
  state === 'success'
    ? 'ok'
    : state === 'unknown' || state === 'held' || state === 'partial'
      ? 'hold'
      : undefined;

/** 直充: where it stands, what happens next, and what may be chosen now. */
export function TopupPanel({
  orderId,
  topups,
  isBuyer,
}: {
  orderId: string;
  topups: readonly Topup[];
  isBuyer: boolean;
}) {
  const t = useText(words);
  useNews(topups);
  if (topups.length === 0) return null;
  return (
    <section className="card" id="topup">
      <h2>{t('title')}</h2>
      <Answered />
      {topups.map((topup) => (
        <div key={topup.line} className="stack">
          <State topup={topup} />
          <Details topup={topup} />
          {isBuyer && <Choices orderId={orderId} topup={topup} />}
        </div>
      ))}
    </section>
  );
}

/** While it is under way the page looks again: an arrival is seen when it comes. */
function useNews(topups: readonly Topup[]): void {
  const { revalidate } = useRevalidator();
  const waits = topups.some((topup) => topup.state !== 'held' && open.includes(topup.state));
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => void revalidate(), 2500);
    return () => clearTimeout(timer);
  }, [waits, topups, revalidate]);
}

/** What came of the last press, as the address says. */
function Answered() {
  const t = useText(words);
  const language = useLanguage();
  const [query] = useSearchParams();
  const did = deeds.find((one) => one === query.get('topup'));
  const refused = topupRefusals[query.get('topupRefused') as keyof typeof topupRefusals];
  if (!did && !refused) return null;
  return refused ? (
    <Note tone="bad" answer>
      {refused[language]}
    </Note>
  ) : (
    did && <Note answer>{t(`did_${did}`)}</Note>
  );
}

function State({ topup }: { topup: Topup }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const isOpen = open.includes(topup.state);
  return (
    <>
      <p className="row">
        <b className="mono">{topup.masked}</b>
        <Tag tone={toneOf(topup.state)}>{topup.words[language]}</Tag>
      </p>
      <p>
        {topup.why
          ? `${topup.why[language]}${language === 'zh' ? '。' : '. '}${topup.next[language]}`
          : topup.next[language]}
      </p>
      {topup.state === 'unknown' && topup.askedAt && (
        <p className="sub">{t('asked', { time: moment(topup.askedAt, now, language) })}</p>
      )}
      {topup.caution && isOpen && <Note tone="hold">{topup.caution[language]}</Note>}
      {topup.waitsUntil && isOpen && (
        <Note>{t('waits', { time: deadline(topup.waitsUntil, now, language) })}</Note>
      )}
      {topup.stopping && <Note tone="hold">{t('stopping')}</Note>}
      {topup.wrong && isOpen && (
        <Note tone="hold">
          {topup.wrong.tried
            ? t('wrongTried')
            : t('wrongAsked', { time: deadline(topup.wrong.until, now, language) })}
        </Note>
      )}
    </>
  );
}

function Details({ topup }: { topup: Topup }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const facts = [
    { name: topup.label, value: <span className="mono">{topup.masked}</span> },
    { name: t('face'), value: money(topup.face) },
    ...(topup.arrived ? [{ name: t('arrived'), value: money(topup.arrived) }] : []),
    ...(topup.target === 'mobile'
      ? [{ name: t('carrier'), value: topupCarrierWords[topup.carrier][language] }]
      : []),
    ...(topup.region ? [{ name: t('region'), value: topup.region }] : []),
    { name: t('speed'), value: topupSpeedWords[topup.speed][language] },
    ...(topup.sentAt ? [{ name: t('sent'), value: moment(topup.sentAt, now, language) }] : []),
    { name: t('serial'), value: topup.serial ? <span className="mono">{topup.serial}</span> : t('none') },
    ...(topup.voucher ? [{ name: t('voucher'), value: <span className="mono">{topup.voucher}</span> }] : []),
  ];
  return (
    <>
      <Facts facts={facts} />
      {topup.guide && (
        <p className="text-sm">
          <b>{t('check')}</b> {topup.guide}
        </p>
      )}
    </>
  );
}

function Choices({ orderId, topup }: Props) {
  const t = useText(words);
  const language = useLanguage();
  if (!open.includes(topup.state)) return null;
  const { able } = topup;
  const late = topup.late || able.refund.ok;
  return (
    <>
      {late && (
        <>
          {topup.late && <h3>{t('late')}</h3>}
          <div className="row">
            {(['wait', 'again', 'refund'] as const).map((choice) =>
              able[choice].ok ? (
                <Form key={choice} method="post" action={paths.orderTopup(orderId)}>
                  <Act consequence={t(`${choice}After`)}>
                    <Submit intent={choice} kind="line">
                      {t(choice)}
                    </Submit>
                  </Act>
                </Form>
              ) : topup.late ? (
                <Why key={choice} label={t(choice)} reason={able[choice].why?.[language] ?? ''} />
              ) : null,
            )}
          </div>
        </>
      )}
      <WrongNumber orderId={orderId} topup={topup} />
    </>
  );
}

function WrongNumber({ orderId, topup }: Props) {
  const t = useText(words);
  const { able } = topup;
  if (able.change.ok)
    return (
      <details className="fold">
        <summary>
          <span className="text-brand">{t('change')}</span>
        </summary>
        <Form method="post" action={paths.orderTopup(orderId)} className="stack">
          <Input label={topup.label} name="target" required maxLength={200} autoComplete="off" />
          <Input label={t('changeAgain')} name="again" required maxLength={200} autoComplete="off" />
          <Act consequence={t('changeAfter')}>
            <Submit intent="change" kind="line">
              {t('changeButton')}
            </Submit>
          </Act>
        </Form>
      </details>
    );
  if (!able.wrong.ok) return null;
  return (
    <details className="fold">
      <summary>
        <span className="text-brand">{t('more')}</span>
      </summary>
      <Form method="post" action={paths.orderTopup(orderId)}>
        <Act consequence={t('wrongAfter')}>
          <Submit intent="wrong" kind="risk">
            {t('wrong')}
          </Submit>
        </Act>
      </Form>
    </details>
  );
}
