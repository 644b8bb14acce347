import { createContext, use, type ReactNode } from 'react';
import type { Answers } from '../api.ts';
import { common } from '../text/common.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import type { Values } from './listing.form.ts';

type Finding = Answers['catalog']['check']['findings'][number];
type State = { values: Values; findings: readonly Finding[]; fields: Readonly<Record<string, string>> };

/** What the fields show: what was typed, and what was found wrong with it. */
export const FormState = createContext<State>({ values: {}, findings: [], fields: {} });

type Wide = { name: string; label: string; hint?: ReactNode };

/** What is wrong with a field: the lint with its article first, else what the contract says. */
export function useField(name: string) {
  const { values, findings, fields } = use(FormState);
  const c = useText(common);
  const language = useLanguage();
  const finding = findings.find(
    (one) => one.field === name || (name === 'face.title' && one.field === 'face'),
  );
  const error = finding
    ? `${finding[language]}${c('cite', { article: finding.article })}`
    : fields[name.split('.').at(-1) ?? ''];
  return { name, defaultValue: values[name] ?? '', error };
}

export const Line = ({
  name,
  label,
  hint,
  ...rest
}: Wide & { max?: number; required?: boolean; number?: boolean }) => {
  const { max, number, required } = rest;
  return (
    <Input
      label={label}
      hint={hint}
      maxLength={max}
      required={required}
      {...(number ? { type: 'number', inputMode: 'numeric' as const, min: 0 } : {})}
      {...useField(name)}
    />
  );
};
export const Prose = ({ label, hint, name, max }: Wide & { max: number }) => (
  <Textarea label={label} hint={hint} maxLength={max} {...useField(name)} />
);
export const Pick = ({
  label,
  hint,
  name,
  options,
}: Wide & { options: readonly { value: string; label: string }[] }) => (
  <Select label={label} hint={hint} options={options} {...useField(name)} />
);

export const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="card stack">
    <h2>{title}</h2>
    {children}
  </section>
);
