import { reasons, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import { remedyWords } from '../../src/aftersales/words.contract.ts';
import { desk as words } from '../text/desk.ts';
import { money } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { liabilities } from './liabilities.ts';

/** Findings, weighing, liability with its articles and the result, as a vote or a finding for many states them. `most`: with a sum. */
export function FindingFields(p: {
  version: string;
  reason: ReasonCode;
  remedy: string;
  typed: Readonly<Record<string, string>>;
  most?: string;
}) {
  const t = useText(words);
  const { language } = useFrame();
  const area = (label: 'p1' | 'p2' | 'p2b', name: string, minLength: number) => (
    <Textarea
      label={t(label)}
      name={name}
      required
      minLength={minLength}
      maxLength={4000}
      defaultValue={p.typed[name]}
    />
  );
  return (
    <>
      {area('p1', 'facts', 10)}
      {area('p2', 'weighing', 2)}
      {area('p2b', 'reasons', 10)}
      <Input
        label={t('articles')}
        hint={<Rich text={t('articlesHint')} version={p.version} />}
        name="articles"
        defaultValue={p.typed['articles']}
        maxLength={100}
      />
      <Select
        label={t('remedy')}
        name="remedy"
        defaultValue={p.typed['remedy'] ?? p.remedy}
        options={[...reasons[p.reason].remedies, 'none' as const].map((remedy) => ({
          value: remedy,
          label: remedyWords[remedy][language],
        }))}
      />
      {p.most !== undefined && (
        <Input
          label={t('amount')}
          hint={t('amountHint', { amount: money(p.most) })}
          name="amount"
          inputMode="decimal"
          pattern="\d{1,9}(\.\d{1,2})?"
          defaultValue={p.typed['amount']}
        />
      )}
      <Select
        label={t('shares')}
        name="liability"
        defaultValue={p.typed['liability'] ?? 'merchant'}
        options={(Object.keys(liabilities) as (keyof typeof liabilities)[]).map((name) => ({
          value: name,
          label: t(`share_${name}`),
        }))}
      />
    </>
  );
}
