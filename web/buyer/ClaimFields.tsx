import type { Answers } from '../api.ts';
import { claim as words } from '../text/claim.ts';
import { cases } from '../text/cases.ts';
import { deadline, money } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Choices, Input, Textarea } from '../ui/Field.tsx';
import { ExhibitFiles } from '../cases/ExhibitFiles.tsx';
import type { Recordings } from '../cases/exhibit.view.ts';
import { paths, withQuery } from '../paths.ts';

export type ClaimForm = Answers['cases']['form'];
export type ClaimLine = ClaimForm['lines'][number];
type Typed = { typed: Readonly<Record<string, string>> };

/** Which line and which of its units: the one that the buyer came from is chosen, and the only one always. */
export function UnitChoice({
  form,
  line,
  place,
}: {
  form: ClaimForm;
  line: ClaimLine;
  place: number | null;
}) {
  const t = useText(words);
  const free = line.units.filter((unit) => unit.caseId === null && BigInt(unit.left) > 0n);
  const [only, more] = free;
  return (
    <section className="card">
      <h2 className="mb-2">
        {line.title} {line.variantName}
      </h2>
      {form.lines.length > 1 && (
        <p className="filters" aria-label={t('f_line')}>
          {form.lines.map((one) => (
            <a
              key={one.line}
              href={withQuery(`${paths.claim(form.orderId)}`, { line: one.line })}
              aria-current={one.line === line.line ? 'true' : undefined}
            >
              {one.title} {one.variantName}
            </a>
          ))}
        </p>
      )}
      <fieldset className="opt">
        <legend>{t('f_which')}</legend>
        <div className="pay">
          {line.units.map((unit) => (
            <UnitRow key={unit.place} unit={unit} chosen={unit.place === place || (only === unit && !more)} />
          ))}
        </div>
      </fieldset>
    </section>
  );
}

/** One unit: what is left of it, and until when its buyer is presumed right; one that is in a case already cannot be chosen. */
function UnitRow({ unit, chosen }: { unit: ClaimLine['units'][number]; chosen: boolean }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const isFree = unit.caseId === null && BigInt(unit.left) > 0n;
  const presumed =
    unit.presumedUntil !== null && Date.parse(unit.presumedUntil) > now
      ? t('f_unitPresumed', { time: deadline(unit.presumedUntil, now, language) })
      : '';
  const notes = [
    t(`f_unit_${unit.state}` as keyof typeof words),
    unit.caseId ? t('f_unitOpen') : isFree ? presumed : '',
  ].filter(Boolean);
  return (
    <label className={isFree ? undefined : 'off'}>
      <input
        type="checkbox"
        name="place"
        value={unit.place}
        disabled={!isFree}
        defaultChecked={isFree && chosen}
      />
      <span>
        {t('f_unit', { place: unit.place })}
        {notes.length > 0 && (
          <>
            <br />
            <small>{notes.join(' · ')}</small>
          </>
        )}
      </span>
      <b>{t('f_unitLeft', { amount: money(unit.left) })}</b>
    </label>
  );
}

const firstShown = 4;

/** The scenes of these goods, the usual ones first; the others fold out (F083, F084). */
export function ReasonChoice({ line, typed }: { line: ClaimLine } & Typed) {
  const t = useText(words);
  const { now, language } = useFrame();
  const option = (one: ClaimLine['reasons'][number]) => ({
    value: one.code,
    label: one.words[language],
    note: one.until ? t('f_until', { time: deadline(one.until, now, language) }) : undefined,
    off: one.open || !one.until ? undefined : t('f_closed', { time: deadline(one.until, now, language) }),
  });
  const first = line.reasons.slice(0, firstShown);
  const rest = line.reasons.slice(firstShown);
  const chosen = typed['reason'] ?? first.find((one) => one.open)?.code;
  return (
    <section className="card">
      <Choices legend={t('f_reason')} name="reason" options={first.map(option)} chosen={chosen} />
      <details className="fold mt-3" open={rest.some((one) => one.code === chosen)}>
        <summary className="btn line s">{t('f_more', { count: rest.length })}</summary>
        <Choices
          legend={t('f_more', { count: rest.length })}
          name="reason"
          options={rest.map(option)}
          chosen={chosen}
        />
      </details>
      {line.reasons.map((one) => (
        <input key={one.code} type="hidden" name={`article-${one.code}`} value={one.article} />
      ))}
    </section>
  );
}

const beijingMinute = (now: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
    .format(now)
    .replace(' ', 'T');

/** When, what, and what was tried (F049). */
export function Facts({
  typed,
  fields,
  recordings,
}: Typed & { fields: Readonly<Record<string, string>>; recordings: Recordings }) {
  const t = useText(words);
  const { now } = useFrame();
  return (
    <section className="card stack">
      <Input
        label={t('f_when')}
        name="occurredAt"
        type="datetime-local"
        required
        defaultValue={typed['occurredAt'] ?? beijingMinute(now)}
        max={beijingMinute(now)}
        error={fields['occurredAt']}
      />
      <Textarea
        label={t('f_symptom')}
        hint={t('f_symptomHint')}
        name="symptom"
        required
        minLength={2}
        maxLength={2000}
        defaultValue={typed['symptom']}
        error={fields['symptom']}
      />
      <Textarea
        label={t('f_tried')}
        hint={t('f_triedHint')}
        name="triedSteps"
        required
        minLength={2}
        maxLength={1000}
        defaultValue={typed['triedSteps']}
        error={fields['triedSteps']}
      />
      <Input
        label={t('f_code')}
        name="errorCode"
        maxLength={80}
        defaultValue={typed['errorCode']}
        error={fields['errorCode']}
      />
      <Textarea
        label={t('f_screen')}
        hint={t('f_screenHint')}
        name="screen"
        maxLength={4000}
        defaultValue={typed['screen']}
      />
      <ExhibitFiles typed={typed} recordings={recordings} />
    </section>
  );
}

/** What the buyer wants: money, a new key, or what was promised. */
export function Demand({
  line,
  typed,
  fields,
}: { line: ClaimLine; fields: Readonly<Record<string, string>> } & Typed) {
  const t = useText(words);
  const c = useText(cases);
  const offered = new Set(line.reasons.flatMap((one) => one.remedies));
  const left = line.units.reduce((sum, unit) => sum + BigInt(unit.left), 0n);
  return (
    <section className="card stack">
      <Choices
        legend={t('f_demand')}
        name="remedy"
        chosen={typed['remedy'] ?? 'refund'}
        options={(['refund', 'reissue', 'perform'] as const)
          .filter((remedy) => offered.has(remedy))
          .map((remedy) => ({ value: remedy, label: t(`f_${remedy}`), note: t(`f_${remedy}Note`) }))}
      />
      <Input
        label={c('wantAmount')}
        hint={c('wantAmountHint', { amount: money(left) })}
        name="amount"
        inputMode="decimal"
        pattern="\d{1,9}(\.\d{1,2})?"
        maxLength={12}
        defaultValue={typed['amount']}
        error={fields['amount']}
      />
    </section>
  );
}
