import { say } from '../../src/kit/text.ts';
import type { Answers } from '../api.ts';
import { templateFields, templates } from '../text/chat.ts';
import type { Language } from '../text/use.ts';

export type Thread = Answers['messaging']['thread'];
export type Message = Thread['messages'][number];
export type Citation = Message['citations'][number];
export type Side = Thread['me'];

export type TemplateField = keyof typeof templateFields;
type Template = {
  readonly key: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly fields: readonly TemplateField[];
  readonly text: { readonly zh: string; readonly en: string };
};
export const templatesOf = (me: Side): readonly Template[] => templates[me];

/** What stands in a template where nothing was filled in. */
const gap = '____';

/** A template with what is known of the order and what was filled in (F114, F121); '' for one that this side does not have. */
export function draftFrom(p: {
  me: Side;
  key: string;
  order: string;
  goods: string;
  filled: (field: TemplateField) => string;
  language: Language;
}): string {
  const template = templatesOf(p.me).find((one) => one.key === p.key);
  if (!template) return '';
  const asked = Object.fromEntries(template.fields.map((field) => [field, p.filled(field) || gap]));
  return say(template.text, p.language, { order: p.order, goods: p.goods, ...asked });
}

/** Hours that a demand offers: a few usual ones up to what the rules allow. */
export const hoursOffered = (max: number): number[] =>
  [...new Set([1, 2, 4, 8, 12, 24, max])].filter((hours) => hours <= max).sort((a, b) => a - b);

/** The Beijing time of a datetime-local field as an instant with its zone; undefined for what is none. */
export const beijingInstant = (value: string): string | undefined =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(value)
    ? `${value.length === 16 ? `${value}:00` : value}+08:00`
    : undefined;
