import { Form } from 'react-router';
import { reasons, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import { endingWords, stageWords } from '../../src/aftersales/diagnosis/facts.data.ts';
import type { Answers as Api } from '../api.ts';
import { paths } from '../paths.ts';
import { diagnosis as words } from '../text/diagnosis.ts';
import { moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Button, ButtonLink, Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input, Textarea } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';

type Walk = Api['diagnosis']['walk'];
type Step = NonNullable<Walk['step']>;

/** What lies behind: what the platform knew, and what the buyer tried. */
export function Passed({ walk }: { walk: Walk }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h2 className="mb-2">{t('passed')}</h2>
      <ul className="lines">
        {walk.passed.map((one) => (
          <li key={one.step} className="between">
            <span>{one.said[language]}</span>
            <span className="mute">
              {t(one.by === 'platform' ? 'byPlatform' : 'byBuyer')}
              {one.at && ` · ${moment(one.at, now, language)}`}
            </span>
          </li>
        ))}
      </ul>
      {walk.begun && (
        <Form method="post" className="mt-3">
          <Submit intent="anew" kind="line" small>
            {t('anew')}
          </Submit>
        </Form>
      )}
    </section>
  );
}

/** The question that is asked now: one press answers it. */
export function Answers({ walk, step }: { walk: Walk; step: Step }) {
  const t = useText(words);
  const { language } = useFrame();
  const hint = step.hint[language];
  const note = step.note[language];
  return (
    <section className="card stack" aria-labelledby="ask">
      <p>
        <Tag>{stageWords[step.stage][language]}</Tag>
      </p>
      <h2 id="ask">{step.text[language]}</h2>
      {hint !== '' && <p className="mute">{hint}</p>}
      {step.shown.length > 0 && (
        <Facts facts={step.shown.map((one) => ({ name: one.name[language], value: one.text }))} />
      )}
      {step.compares && <Compare />}
      <Form method="post" className="stack" key={`${walk.tree}-${step.step}`}>
        <input type="hidden" name="intent" value="answer" />
        <input type="hidden" name="step" value={step.step} />
        {note !== '' && <Input label={note} hint={t('noteHint')} name="note" maxLength={200} />}
        {step.answers.map((one) => (
          <Button key={one.answer} type="submit" name="answer" value={one.answer} kind="line" wide>
            {one.label[language]}
          </Button>
        ))}
      </Form>
    </section>
  );
}

/** The code checker as a step: its verdict is the answer (F045). */
function Compare() {
  const t = useText(words);
  return (
    <Form method="post" className="stack">
      <Textarea
        label={t('compareLabel')}
        hint={t('compareHint')}
        name="typed"
        required
        maxLength={800}
        rows={2}
        autoComplete="off"
      />
      <Submit intent="compare" wide>
        {t('compare')}
      </Submit>
    </Form>
  );
}

/** How it ends, and where that is done; the form stays one press away. */
export function Ending({ walk, end, able }: { walk: Walk; end: NonNullable<Walk['end']>; able: boolean }) {
  const t = useText(words);
  const { language } = useFrame();
  const claim = paths.claim(walk.orderId, `${walk.line}-${walk.place}`);
  const reason = end.reason === null ? undefined : reasons[end.reason as ReasonCode];
  const ways = {
    solved: { href: paths.order(walk.orderId), label: t('toOrder') },
    order: { href: paths.order(walk.orderId), label: t('toOrder') },
    chat: { href: paths.conversation(walk.orderId), label: t('toChat') },
    payment: {
      href: walk.paymentId ? paths.payment(walk.paymentId) : paths.order(walk.orderId),
      label: t(walk.paymentId ? 'toPayment' : 'toOrder'),
    },
    case: { href: claim, label: t('toClaim') },
  } as const;
  const way = ways[end.end];
  return (
    <section className="card stack">
      <p>
        <Tag tone={end.end === 'solved' ? 'ok' : 'hold'}>{endingWords[end.end][language]}</Tag>
      </p>
      <h2>{end.text[language]}</h2>
      {reason && <p className="mute">{t('suggested', { reason: reason.words[language] })}</p>}
      {(end.end !== 'case' || able) && (
        <ButtonLink href={way.href} wide>
          {way.label}
        </ButtonLink>
      )}
      {end.end !== 'case' && able && (
        <Act consequence={t('skipAfter')}>
          <ButtonLink href={claim} kind="line" wide>
            {t('toClaimStill')}
          </ButtonLink>
        </Act>
      )}
    </section>
  );
}
