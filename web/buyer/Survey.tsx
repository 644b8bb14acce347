import { Form } from 'react-router';
import { marks } from '../../src/aftersales/survey/contract.ts';
import type { Answers } from '../api.ts';
import { precedents as words } from '../text/precedents.ts';
import { useText } from '../text/use.ts';
import { Submit } from '../ui/Button.tsx';
import { Select, Textarea } from '../ui/Field.tsx';

/** Three questions after a closed case, asked once (F193). */
export function Survey({ survey }: { survey: Answers['cases']['survey'] }) {
  const t = useText(words);
  if (!survey.asked) return null;
  if (survey.answer) {
    const { result, speed, clarity } = survey.answer;
    return (
      <section className="card" id="survey">
        <p>{t('surveyThanks', { result, speed, clarity })}</p>
      </section>
    );
  }
  const points = [5, 4, 3, 2, 1].map((n) => ({
    value: String(n),
    label: n === 5 ? t('points_5') : n === 1 ? t('points_1') : t('points', { n }),
  }));
  return (
    <section className="card" id="survey">
      <h2>{t('survey')}</h2>
      <p className="mute mb-3">{t('surveyLead')}</p>
      <Form method="post" className="stack">
        {marks.map((mark) => (
          <Select key={mark} label={t(`mark_${mark}`)} name={mark} options={points} />
        ))}
        <Textarea label={t('surveyWords')} name="words" maxLength={1000} />
        <Submit intent="survey">{t('surveyDo')}</Submit>
      </Form>
    </section>
  );
}
