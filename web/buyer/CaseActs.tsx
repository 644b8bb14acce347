import { useId, type ReactNode } from 'react';
import { Form } from 'react-router';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { remedyWords } from '../../src/aftersales/words.contract.ts';
import { demandText, timeOf, type CasePage } from '../cases/case.view.ts';
import { paths } from '../paths.ts';
import { cases as words } from '../text/cases.ts';
import { money } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';

type Key = keyof typeof words;

/** What a buyer can do in a case now, each with its consequence; what cannot be done stays and says why. */
export function CaseActs({ one }: { one: CasePage }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const said = (key: Key, values?: Record<string, string>) => (
    <Rich text={t(key, values)} version={one.rulebook} />
  );
  const able = (name: string): boolean => one.able[name]?.ok === true;
  const isOpen = one.endedAt === null && one.state !== 'executed';
  return (
    <section className="card" id="acts">
      <h3 className="mb-3">{t('acts')}</h3>
      <div className="stack">
        {one.offer && able('accept') && (
          <Form method="post">
            <Act consequence={said('acceptAfter')}>
              <Submit intent="accept">{t('accept', { what: demandText(one.offer, language) })}</Submit>
            </Act>
          </Form>
        )}
        {one.state === 'lapsed' ? (
          <Escalate one={one} title="reopen" after="reopenAfter" label="reopenText" required />
        ) : able('escalate') ? (
          <Escalate one={one} title="escalate" after="escalateAfter" label="escalateText" />
        ) : (
          one.state === 'negotiation' && (
            <Why label={t('escalate')} reason={said('escalateWhy', { time: timeOf(one, now, language) })} />
          )
        )}
        {able('counter') && <Counter one={one} />}
        {able('appeal') && <Appeal one={one} />}
        {able('withdraw') && <Withdraw one={one} />}
        {!isOpen && (
          <ButtonLink href={paths.order(one.orderId)} kind="line">
            {t('toOrder')}
          </ButtonLink>
        )}
      </div>
    </section>
  );
}

/** A button that opens its form in place; without JavaScript as well. */
export function Fold({
  title,
  after,
  children,
  kind = 'line',
  open,
}: {
  title: ReactNode;
  after: ReactNode;
  children: ReactNode;
  kind?: 'line' | 'filled' | 'risk';
  open?: boolean;
}) {
  const id = useId();
  return (
    <div className="act">
      <details className="fold" open={open}>
        <summary className={kind === 'filled' ? 'btn w' : `btn ${kind} w`} aria-describedby={id}>
          {title}
        </summary>
        {children}
      </details>
      <p id={id}>{after}</p>
    </div>
  );
}

function Escalate({
  one,
  title,
  after,
  label,
  required,
}: {
  one: CasePage;
  title: Key;
  after: Key;
  label: Key;
  required?: boolean;
}) {
  const t = useText(words);
  return (
    <Fold
      title={t(title)}
      kind="filled"
      after={<Rich text={t(after)} version={one.rulebook} />}
      open={one.state === 'refused'}
    >
      <Form method="post" className="stack">
        <Textarea
          label={t(label)}
          name="text"
          maxLength={2000}
          required={required ?? false}
          minLength={required ? 2 : undefined}
        />
        <Submit intent="escalate">{t(title)}</Submit>
      </Form>
    </Fold>
  );
}

/** Remedy and amount, for a demand of the buyer and an offer of the shop. */
export function DemandFields({ one, chosen }: { one: CasePage; chosen?: string }) {
  const t = useText(words);
  const { language } = useFrame();
  return (
    <>
      <Select
        label={t('wantRemedy')}
        name="remedy"
        defaultValue={chosen ?? one.asked.remedy}
        options={reasons[one.reason].remedies.map((remedy) => ({
          value: remedy,
          label: remedyWords[remedy][language],
        }))}
      />
      <Input
        label={t('wantAmount')}
        hint={t('wantAmountHint', { amount: money(one.refundable) })}
        name="amount"
        inputMode="decimal"
        pattern="\d{1,9}(\.\d{1,2})?"
        maxLength={12}
      />
    </>
  );
}

function Counter({ one }: { one: CasePage }) {
  const t = useText(words);
  const other = reasons[one.reason].remedies.find((remedy) => remedy !== one.asked.remedy);
  return (
    <Fold title={t('counter')} after={t('counterAfter')}>
      <Form method="post" className="stack">
        <DemandFields one={one} {...(other ? { chosen: other } : {})} />
        <Textarea label={t('wantText')} name="text" required minLength={2} maxLength={1000} />
        <Submit intent="counter">{t('counterDo')}</Submit>
      </Form>
    </Fold>
  );
}

const grounds = ['new_evidence', 'procedure', 'wrong_article', 'conflict'] as const;

export function Appeal({ one }: { one: CasePage }) {
  const t = useText(words);
  return (
    <Fold title={t('appeal')} after={<Rich text={t('appealAfter')} version={one.rulebook} />}>
      <Form method="post" className="stack">
        <Select
          label={t('appealGround')}
          name="ground"
          options={grounds.map((ground) => ({ value: ground, label: t(`ground_${ground}`) }))}
        />
        <Textarea label={t('appealText')} name="text" required minLength={2} maxLength={2000} />
        <Submit intent="appeal">{t('appeal')}</Submit>
      </Form>
    </Fold>
  );
}

function Withdraw({ one }: { one: CasePage }) {
  const t = useText(words);
  return (
    <Fold title={t('withdraw')} after={t('withdrawAfter')}>
      <Form method="post" className="stack">
        <Note tone="hold">
          <Rich text={t('withdrawWarn')} version={one.rulebook} />
        </Note>
        <Textarea label={t('withdrawText')} name="text" maxLength={1000} />
        <Submit intent="withdraw" kind="risk">
          {t('withdrawDo')}
        </Submit>
      </Form>
    </Fold>
  );
}
