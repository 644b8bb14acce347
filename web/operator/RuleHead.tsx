import { Form } from 'react-router';
import type { Answers } from '../api.ts';
import { rulebook } from '../text/rulebook.ts';
import { useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Submit } from '../ui/Button.tsx';
import { Choices, Textarea } from '../ui/Field.tsx';

export type Draft = Answers['rules']['draft'];

/** Importance, what holds for older orders, and the reasons for everybody. */
export function RuleHead({ draft }: { draft: Draft }) {
  const t = useText(rulebook);
  const { head } = draft;
  return (
    <section className="card">
      <h2>{t('head')}</h2>
      <Form method="post" className="stack">
        <input type="hidden" name="sha256" value={head.sha256} />
        <Choices
          legend={t('importance')}
          name="importance"
          chosen={head.importance}
          options={(['important', 'general'] as const).map((value) => ({
            value,
            label: t(`importance_${value}`),
            note: t(`importance_${value}_note`),
          }))}
        />
        <Choices
          legend={t('ordersBefore')}
          name="ordersBefore"
          chosen={head.ordersBefore}
          options={(['better_for_buyer', 'old_version'] as const).map((value) => ({
            value,
            label: t(`ordersBefore_${value}`),
          }))}
        />
        <Textarea
          label={t('reasonsZh')}
          name="reasonsZh"
          rows={3}
          maxLength={2000}
          defaultValue={head.reasons.zh}
        />
        <Textarea
          label={t('reasonsEn')}
          name="reasonsEn"
          rows={3}
          maxLength={2000}
          defaultValue={head.reasons.en}
        />
        <Act consequence={t('saveAfter')}>
          <Submit kind="line" intent="head">
            {t('save')}
          </Submit>
        </Act>
      </Form>
    </section>
  );
}
