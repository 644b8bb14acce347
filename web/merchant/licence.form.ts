import type { ListingDraft } from '../../src/catalog/content.contract.ts';

type Fields = Pick<ListingDraft, 'licence'>;
type Terms = NonNullable<Fields['licence']>;

const orEmpty = (value: number | null): string => (value === null ? '' : String(value));
const whole = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));

/** What the form shows of the terms of a licence. */
export function licenceValues({ licence }: Fields): Record<string, string> {
  if (!licence) return {};
  return {
    licence: licence.key.form,
    'licence.key.prefix': licence.key.prefix,
    'licence.duration_days': orEmpty(licence.duration_days),
    'licence.basis': licence.basis,
    'licence.expiration': licence.expiration,
    'licence.unbind.times': orEmpty(licence.unbind.times),
    'licence.unbind.per_days': String(licence.unbind.per_days),
    'licence.offline_days': orEmpty(licence.offline_days),
    'licence.uses': orEmpty(licence.uses),
    'licence.uniqueness': licence.uniqueness,
    'licence.matching': licence.matching,
  };
}

/** The same from the form. Words that are not of their list are left to the api to refuse. */
export function licenceDraft(of: (name: string) => string): Fields {
  if (of('licence') === '') return { licence: null };
  return {
    licence: {
      key: {
        form: of('licence') as Terms['key']['form'],
        prefix: of('licence.key.prefix').trim().toUpperCase(),
      },
      duration_days: whole(of('licence.duration_days')),
      basis: (of('licence.basis') || 'issue') as Terms['basis'],
      expiration: (of('licence.expiration') || 'restrict') as Terms['expiration'],
      uses: whole(of('licence.uses')),
      uniqueness: (of('licence.uniqueness') || 'licence') as Terms['uniqueness'],
      matching: (of('licence.matching') || 'any') as Terms['matching'],
      unbind: {
        times: whole(of('licence.unbind.times')),
        per_days: whole(of('licence.unbind.per_days')) ?? 365,
      },
      offline_days: whole(of('licence.offline_days')),
    },
  };
}
