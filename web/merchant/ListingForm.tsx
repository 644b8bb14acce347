import { Form, useActionData } from 'react-router';
import type { Answers } from '../api.ts';
import { listings } from '../text/listings.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Cite } from '../ui/Cite.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { variantRows, type Values } from './listing.form.ts';
import { ListingFields } from './ListingFields.tsx';
import { FormState } from './ListingParts.tsx';

type Finding = Answers['catalog']['check']['findings'][number];
/** What the action gives back when the form is shown again. */
export type FormAnswer =
  | {
      values: Values;
      rows: number;
      findings: readonly Finding[];
      fields: Readonly<Record<string, string>>;
      message: string | null;
      checked: boolean;
    }
  | undefined;

/** The form of a listing, new or to be changed; `after` is the version it was opened on. */
export function ListingForm({
  values,
  findings = [],
  formKey,
  categories,
  after,
}: {
  values: Values;
  findings?: readonly Finding[];
  formKey: string;
  categories: readonly { value: string; label: string }[];
  after?: number;
}) {
  const answer = useActionData() as FormAnswer;
  const t = useText(listings);
  const state = {
    values: answer?.values ?? values,
    findings: answer?.findings ?? findings,
    fields: answer?.fields ?? {},
  };
  return (
    <Form method="post" className="stack max-w-215">
      <IdempotencyKey value={formKey} />
      {after !== undefined && <input type="hidden" name="after" value={after} />}
      {answer?.message && (
        <Note tone="bad" answer>
          {answer.message} {t('fixedFirst')}
        </Note>
      )}
      {answer?.checked && !answer.message && state.findings.length === 0 && (
        <Note answer>{t('findingsNone')}</Note>
      )}
      {state.findings.length > 0 && <Findings findings={state.findings} />}
      <FormState value={state}>
        <ListingFields categories={categories} rows={answer?.rows ?? variantRows(values)} />
      </FormState>
      <section className="card stack">
        <Act consequence={t('checkAfter')}>
          <Submit intent="check" kind="line">
            {t('check')}
          </Submit>
        </Act>
        {after === undefined ? (
          <>
            <Act consequence={t('saveDraftAfter')}>
              <Submit intent="draft" kind="line">
                {t('saveDraft')}
              </Submit>
            </Act>
            <Act consequence={t('saveLiveAfter')}>
              <Submit intent="live">{t('saveLive')}</Submit>
            </Act>
          </>
        ) : (
          <Act consequence={t('saveVersionAfter')}>
            <Submit intent="version">{t('saveVersion')}</Submit>
          </Act>
        )}
      </section>
    </Form>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useText(listings);
  const language = useLanguage();
  return (
    <Note tone="hold">
      <b>{t('findings', { count: findings.length })}</b>
      <ul>
        {findings.map((one, index) => (
          <li key={index}>
            {one[language]}
            <Cite article={one.article} />
            {one.found !== '' && ` ${t('found', { found: one.found })}`}
          </li>
        ))}
      </ul>
    </Note>
  );
}
