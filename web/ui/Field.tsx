import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';

type Around = { label: ReactNode; hint?: ReactNode; error?: string | undefined };

/** Label, control, hint and error, tied together for a screen reader. The error says what to write instead. */
function Field({
  label,
  hint,
  error,
  children,
}: Around & {
  children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const described = [error && `${id}e`, hint && `${id}h`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="f">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p className="err" id={`${id}e`}>
          {error}
        </p>
      )}
      {hint && <small id={`${id}h`}>{hint}</small>}
    </div>
  );
}

export const Input = ({
  label,
  hint,
  error,
  ...rest
}: Around & Omit<InputHTMLAttributes<HTMLInputElement>, 'className'>) => (
  <Field label={label} hint={hint} error={error}>
    {(ids) => <input className="in" {...rest} {...ids} />}
  </Field>
);

export const Textarea = ({
  label,
  hint,
  error,
  ...rest
}: Around & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className'>) => (
  <Field label={label} hint={hint} error={error}>
    {(ids) => <textarea className="in" {...rest} {...ids} />}
  </Field>
);

export const Select = ({
  label,
  hint,
  error,
  options,
  ...rest
}: Around &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className'> & {
    options: readonly { value: string; label: string }[];
  }) => (
  <Field label={label} hint={hint} error={error}>
    {(ids) => (
      <select className="in" {...rest} {...ids}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )}
  </Field>
);

/** A file, with its label as the control: the browser's own text would be in the browser's language. */
export const FileInput = ({
  label,
  hint,
  error,
  ...rest
}: Around & Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'type'>) => (
  <Field label={label} hint={hint} error={error}>
    {(ids) => <input type="file" className="in" {...rest} {...ids} />}
  </Field>
);

type Option = {
  readonly value: string;
  readonly label: ReactNode;
  readonly note?: ReactNode;
  readonly end?: ReactNode;
  /** Why it cannot be chosen; stands in place of the note. */ readonly off?: ReactNode;
};

/** One of a few, as large rows: ways to pay, remedies. What cannot be chosen stays and says why. */
export function Choices({
  legend,
  name,
  options,
  chosen,
}: {
  legend: ReactNode;
  name: string;
  options: readonly Option[];
  chosen?: string | undefined;
}) {
  return (
    <fieldset className="opt">
      <legend>{legend}</legend>
      <div className="pay">
        {options.map((option) => (
          <label key={option.value} className={option.off ? 'off' : undefined}>
            <input
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === chosen && !option.off}
              disabled={Boolean(option.off)}
            />
            <span>
              {option.label}
              {(option.off ?? option.note) && (
                <>
                  <br />
                  <small>{option.off ?? option.note}</small>
                </>
              )}
            </span>
            {option.end && <b>{option.end}</b>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
