import { Form } from 'react-router';
import { caseStateWords } from '../../src/aftersales/words.contract.ts';
import { caseRefusals } from '../../src/aftersales/refusals.contract.ts';
import { complaintStateWords, replyMax } from '../../src/payments/complaint/contract.ts';
import type { Answers } from '../api.ts';
import { deadline, exact, money } from '../text/format.ts';
import { outside as words } from '../text/outside.ts';
import { useFrame, useText } from '../text/use.ts';
import { Submit } from '../ui/Button.tsx';
import { Textarea } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';

export type ComplaintRow = Answers['outside']['complaints']['complaints'][number];

/** One complaint: what the payer says, the channel’s clock beside ours, what was answered, and the answer. */
export function Complaint({ one, caseHref }: { one: ComplaintRow; caseHref: (caseId: string) => string }) {
  const t = useText(words);
  const { language, now } = useFrame();
  const open = one.state !== 'processed';
  const why = one.link && caseRefusals[one.link.how as keyof typeof caseRefusals];
  return (
    <section className="card stack" id={one.number}>
      <header className="row">
        <h2 className="mono">{one.number}</h2>
        <Tag tone={open ? 'hold' : 'ok'}>{complaintStateWords[one.state][language]}</Tag>
        <span>{money(one.amount)}</span>
        {one.link && <span className="mute">{one.link.shopName}</span>}
      </header>
      <p className="whitespace-pre-line">{one.text}</p>
      <div className="two">
        <div>
          <b>{t('theirClock')}</b>
          <p className="sub">
            {one.answeredAt
              ? t('answered', { when: exact(one.answeredAt, language) })
              : t('answerBy', { when: exact(one.answerBy, language) })}
          </p>
          {open && <p className="sub">{t('settleBy', { when: exact(one.settleBy, language) })}</p>}
          {one.userConfirmed && <Tag tone="ok">{t('userConfirmed')}</Tag>}
          {one.refunded !== '0' && <p>{t('refundedBy', { amount: money(one.refunded) })}</p>}
        </div>
        <div>
          <b>{t('ourClock')}</b>
          {one.ourClock && one.link?.caseId ? (
            <p className="sub">
              {caseStateWords[one.ourClock.state as keyof typeof caseStateWords][language]}
              {one.ourClock.dueAt && ` · ${deadline(one.ourClock.dueAt, now, language)}`}{' '}
              <a href={caseHref(one.link.caseId)}>{t('caseLink')}</a>
            </p>
          ) : (
            <p className="sub">{t('noCase', { why: why?.[language] ?? '' })}</p>
          )}
        </div>
      </div>
      <Said one={one} />
      {open && one.link && <Answer one={one} />}
      {one.orders.length > 0 && <Choose one={one} />}
    </section>
  );
}

function Said({ one }: { one: ComplaintRow }) {
  const t = useText(words);
  const { language } = useFrame();
  return (
    <ul className="lines">
      {one.answers.map((said) => (
        <li key={said.at + said.kind + said.state}>
          {said.kind === 'complete' ? t('complete') : said.text}
          <p className="sub">
            {exact(said.at, language)} · {t(`sent_${said.state}`, { why: said.failure ?? '' })}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Answer({ one }: { one: ComplaintRow }) {
  const t = useText(words);
  return (
    <Form method="post" className="stack">
      <input type="hidden" name="channel" value={one.channel} />
      <input type="hidden" name="number" value={one.number} />
      <Textarea label={t('replyText')} name="text" rows={2} maxLength={replyMax} />
      <p className="row">
        <Submit intent="reply">{t('reply')}</Submit>
        <Submit intent="complete" kind="line">
          {t('complete')}
        </Submit>
      </p>
    </Form>
  );
}

function Choose({ one }: { one: ComplaintRow }) {
  const t = useText(words);
  return (
    <Form method="post" className="stack">
      <b>{t('unlinked')}</b>
      <input type="hidden" name="channel" value={one.channel} />
      <input type="hidden" name="number" value={one.number} />
      {one.orders.map(({ orderId }) => (
        <p key={orderId} className="row">
          <span className="mono">{orderId}</span>
          <button className="btn line s" type="submit" name="link" value={orderId}>
            {t('linkTo')}
          </button>
        </p>
      ))}
    </Form>
  );
}
