import { data } from 'react-router';
import type { Api } from '../api.ts';
import { tried, type PageRefusal } from '../page.server.ts';
import { draftOf, variantRows, type Values } from './listing.form.ts';

/** Every field of a form as text, trimmed. */
export function valuesIn(form: FormData): Values {
  const values: Record<string, string> = {};
  for (const [name, value] of form)
    if (typeof value === 'string' && name !== 'idempotencyKey') values[name] = value.trim();
  return values;
}

/** The form again with one more row for a variant. */
export const oneMore = (values: Values) => ({
  values,
  rows: variantRows(values) + 1,
  findings: [],
  fields: {},
  message: null,
  checked: false,
});

/** The form again with all that is wrong: every finding at its field, with what was typed. */
export async function corrected(api: Api, shopId: string, values: Values, refusal: PageRefusal | null) {
  const checked = await tried(api.catalog.check({ shopId, content: draftOf(values) }));
  const found = checked.ok ? checked.value.findings : [];
  const why = refusal ?? (checked.ok ? null : checked.refusal);
  const answer = {
    values,
    rows: variantRows(values),
    findings: found,
    fields: why?.fields ?? {},
    message: why?.message ?? null,
    checked: true,
  };
  return data(answer, { status: why?.status ?? 200 });
}
