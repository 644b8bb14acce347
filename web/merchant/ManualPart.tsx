import { use } from 'react';
import { contentFieldTypes } from '../../src/catalog/manual.contract.ts';
import { questionTypes } from '../../src/catalog/question.contract.ts';
import { delivery } from '../text/delivery.ts';
import { useText } from '../text/use.ts';
import { FormState, Line, Part, Pick } from './ListingParts.tsx';
import { contentRows, questionRows, rowsOf } from './manual.form.ts';

/** What buyers are asked, in which hours somebody delivers, and what is filled in then. Rows without a wording are not there. */
export function ManualPart() {
  const { values } = use(FormState);
  const [questions, fields] = [
    rowsOf(values, 'questions', questionRows),
    rowsOf(values, 'manual.fields', contentRows),
  ];
  const t = useText(delivery);
  const yesNo = [
    { value: 'yes', label: t('formYes') },
    { value: 'no', label: t('formNo') },
  ];
  const noYes = yesNo.toReversed();
  return (
    <>
      <Part title={t('formQuestions')}>
        <p className="mute">{t('formQuestionsNote')}</p>
        {Array.from({ length: questions }, (_, i) => (
          <details key={i} className="fold" open={i < questions - 1}>
            <summary>{t('formQuestion', { number: i + 1 })}</summary>
            <div className="stack mt-3">
              <Line name={`questions.${i}.label`} label={t('formLabel')} max={30} />
              <Pick
                name={`questions.${i}.type`}
                label={t('formType')}
                options={questionTypes.map((one) => ({ value: one, label: t(`type_${one}`) }))}
              />
              <Line name={`questions.${i}.options`} label={t('formOptions')} max={600} />
              <Line name={`questions.${i}.pattern`} label={t('formPattern')} max={80} />
              <Pick name={`questions.${i}.required`} label={t('formRequired')} options={yesNo} />
              <Pick name={`questions.${i}.sensitive`} label={t('formSensitive')} options={noYes} />
              <Pick name={`questions.${i}.confirmTwice`} label={t('formTwice')} options={noYes} />
            </div>
          </details>
        ))}
      </Part>
      <Part title={t('formContent')}>
        <p className="mute">{t('formContentNote')}</p>
        {Array.from({ length: fields }, (_, i) => (
          <details key={i} className="fold" open={i < fields - 1}>
            <summary>{t('formField', { number: i + 1 })}</summary>
            <div className="stack mt-3">
              <Line name={`manual.fields.${i}.label`} label={t('formLabel')} max={20} />
              <Pick
                name={`manual.fields.${i}.type`}
                label={t('formType')}
                options={contentFieldTypes.map((one) => ({ value: one, label: t(`fieldType_${one}`) }))}
              />
              <Pick name={`manual.fields.${i}.required`} label={t('formRequired')} options={yesNo} />
            </div>
          </details>
        ))}
        <p>{t('formOpening')}</p>
        <Line name="opening.from" label={t('formFrom')} max={5} hint="09:00" />
        <Line name="opening.to" label={t('formTo')} max={5} hint="22:00" />
      </Part>
    </>
  );
}
