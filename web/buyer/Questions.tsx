import { useState } from 'react';
import { answerMax, cleanAnswer, maskAnswer } from '../../src/catalog/question.contract.ts';
import { topupCarrierWords } from '../../src/catalog/topup.contract.ts';
import { carrierOfNumber } from '../../src/delivery/topup/contract.ts';
import type { PageRefusal } from '../page.server.ts';
import { delivery } from '../text/delivery.ts';
import { topups } from '../text/topups.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Input, Select } from '../ui/Field.tsx';
import { answerName, againName, type QuoteLine } from './checkout.view.ts';

type Question = QuoteLine['questions'][number];
type Answer = { refusal: PageRefusal; typed: Readonly<Record<string, string>> } | undefined;

const wrongAnswers = ['QUESTION_UNANSWERED', 'ANSWER_INVALID', 'ANSWERS_DIFFER'];

/** What the shop asks before it can deliver. What must not be wrong is typed twice and shown back masked. Works without JavaScript. */
export function Questions({ line, answer }: { line: QuoteLine; answer: Answer }) {
  const t = useText(delivery);
  if (line.questions.length === 0) return null;
  const refused =
    answer && wrongAnswers.includes(answer.refusal.code)
      ? { key: String(answer.refusal.detail['key'] ?? ''), ...answer.refusal }
      : undefined;
  return (
    <section className="card stack">
      <h2 className="text-lg">{t('questions')}</h2>
      {line.questions.map((question) => (
        <Ask
          key={question.key}
          question={question}
          typed={answer?.typed[answerName(question)]}
          again={answer?.typed[againName(question)]}
          error={
            refused?.key === question.key
              ? { said: refused.message, second: refused.code === 'ANSWERS_DIFFER' }
              : undefined
          }
        />
      ))}
      <p className="mute">{t('questionsNote')}</p>
    </section>
  );
}

type AskProps = {
  question: Question;
  typed: string | undefined;
  again: string | undefined;
  error: { said: string; second: boolean } | undefined;
};

const Ask = (props: AskProps) =>
  props.question.type === 'select' ? <Choice {...props} /> : <Typed {...props} />;

function Choice({ question, typed = '', error }: AskProps) {
  const t = useText(delivery);
  return (
    <Select
      label={question.label}
      name={answerName(question)}
      required={question.required}
      defaultValue={typed}
      error={error?.said}
      hint={question.required ? undefined : t('optional')}
      options={[
        { value: '', label: t('choose') },
        ...question.options.map((option) => ({ value: option, label: option })),
      ]}
    />
  );
}

const modes = { number: 'numeric', phone: 'tel', text: 'text', account: 'text', select: 'text' } as const;

/** A field, and where a mistake is hard to undo a second one with what both say, masked. */
function Typed({ question, typed = '', again = '', error }: AskProps) {
  const t = useText(delivery);
  const [first, setFirst] = useState(typed);
  const [second, setSecond] = useState(again);
  const { type, label, required, confirmTwice } = question;
  const hint = required ? undefined : t('optional');
  const common = {
    type: type === 'password' ? 'password' : type === 'phone' ? 'tel' : 'text',
    autoComplete: type === 'password' ? 'new-password' : 'off',
    autoCapitalize: 'none',
    spellCheck: false,
    maxLength: answerMax,
    required,
    ...(type === 'password' ? {} : { inputMode: modes[type] }),
  } as const;
  const clean = (text: string): string => cleanAnswer(type, text);
  const same = clean(first) !== '' && clean(first) === clean(second);
  const differs =
    confirmTwice && clean(second).length >= clean(first).length && clean(second) !== '' && !same;
  return (
    <>
      <Input
        {...common}
        label={label}
        hint={hint}
        name={answerName(question)}
        defaultValue={typed}
        onChange={(event) => setFirst(event.currentTarget.value)}
        error={error && !error.second ? error.said : undefined}
      />
      {confirmTwice && (
        <>
          <Input
            {...common}
            label={t('again', { label })}
            hint={t('againHint')}
            name={againName(question)}
            defaultValue={again}
            onChange={(event) => setSecond(event.currentTarget.value)}
            // Typed, not pasted: a pasted mistake is the same twice.
            onPaste={(event) => event.preventDefault()}
            error={error?.second ? error.said : differs ? t('differs') : undefined}
          />
          {same && <p className="note">{t('echo', { masked: maskAnswer(question, clean(first)) })}</p>}
          {same && type === 'phone' && <CarrierHint number={clean(first)} />}
        </>
      )}
    </>
  );
}

/** Who the digits were given to, for whoever is about to fill the wrong carrier's number. Ported numbers have another one (携号转网). */
function CarrierHint({ number }: { number: string }) {
  const t = useText(topups);
  const language = useLanguage();
  const carrier = carrierOfNumber(number);
  if (!carrier || carrier === 'other') return null;
  return <p className="sub">{t('carrierHint', { carrier: topupCarrierWords[carrier][language] })}</p>;
}
