import { Form } from 'react-router';
import { remedyWords } from '../../src/aftersales/words.contract.ts';
import { remedies } from '../../src/aftersales/reasons.data.ts';
import type { Answers } from '../api.ts';
import { moment, took } from '../text/format.ts';
import { ticket as words } from '../text/ticket.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Rich } from '../ui/Rich.tsx';

type Props = {
  form: Answers['cases']['form'];
  ticket: Answers['desk']['ticket'];
  formKey: string;
  typed: Readonly<Record<string, string>>;
  /** What the buyer said before the call, to begin with. */
  words: string;
};

/** From a call for help to a case: what the support writes down for the buyer, as of the first contact (F048). */
export function TicketPart({ form, ticket, formKey, typed, words: said }: Props) {
  const t = useText(words);
  const { now, language } = useFrame();
  if (ticket.calledAt === null) return <Why label={t('title')} reason={t('notCalled')} />;
  const time = moment(ticket.calledAt, now, language);
  const head = (
    <p className="mute">
      {t('calledAt', { time })}
      {ticket.answer_ms !== null && ` · ${t('answered', { took: took(ticket.answer_ms, language) })}`}
    </p>
  );
  if (!form.able.ok)
    return (
      <section className="card stack">
        {head}
        <Why label={t('title')} reason={form.able.why?.[language] ?? ''} />
      </section>
    );
  const units = form.lines.flatMap((line) =>
    line.units
      .filter((unit) => unit.caseId === null && BigInt(unit.left) > 0n)
      .map((unit) => ({
        value: `${line.line}.${unit.place}`,
        label: t('unitOption', { title: `${line.title} ${line.variantName}`, place: unit.place }),
      })),
  );
  const scenes = new Map(form.lines.flatMap((line) => line.reasons).map((one) => [one.code, one]));
  return (
    <section className="card">
      <details className="fold" open={typed['symptom'] !== undefined}>
        <summary className="btn line w">{t('title')}</summary>
        {head}
        <Form method="post" className="stack mt-3">
          <IdempotencyKey value={formKey} />
          <Select label={t('unit')} name="unit" defaultValue={typed['unit']} options={units} />
          <Select
            label={t('reason')}
            name="reason"
            defaultValue={typed['reason']}
            options={[...scenes.values()].map((one) => ({ value: one.code, label: one.words[language] }))}
          />
          <Select
            label={t('remedy')}
            name="remedy"
            defaultValue={typed['remedy']}
            options={remedies.map((remedy) => ({ value: remedy, label: remedyWords[remedy][language] }))}
          />
          <Told typed={typed} said={said} />
          <Act consequence={<Rich text={t('convertAfter', { time })} version={form.rulebook} />}>
            <Submit intent="convert">{t('convert')}</Submit>
          </Act>
        </Form>
      </details>
    </section>
  );
}

/** What the buyer told, in the words of the conversation to begin with. */
function Told({ typed, said }: { typed: Props['typed']; said: string }) {
  const t = useText(words);
  return (
    <>
      <Textarea
        label={t('symptom')}
        hint={t('symptomHint')}
        name="symptom"
        required
        minLength={2}
        maxLength={2000}
        defaultValue={typed['symptom'] ?? said}
      />
      <Textarea
        label={t('tried')}
        name="triedSteps"
        required
        minLength={2}
        maxLength={1000}
        defaultValue={typed['triedSteps']}
      />
      <Input label={t('code')} name="errorCode" maxLength={80} defaultValue={typed['errorCode']} />
    </>
  );
}
