import { assert } from '../kit/assert.ts';
import { fen, yuan } from '../kit/money.ts';
import { encodeId } from '../kit/public-id.ts';
import { say, type Language, type Words } from '../kit/text.ts';
import { beijingText, instant } from '../kit/time.ts';
import { messageKinds, type FieldKind, type MessageKind } from './contract.ts';

export type Message = { readonly kind: MessageKind; readonly data: Readonly<Record<string, unknown>> };

const isUuid = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
const isShort = (value: unknown): boolean => typeof value === 'string' && value.length <= 120;

/** What may stand in each kind of field. A card key has no field of its own, and a title or words are the only free text. */
const fits: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  order: isUuid,
  payment: isUuid,
  shop: isUuid,
  listing: isUuid,
  pool: isUuid,
  case: isUuid,
  money: (value) => typeof value === 'bigint' || (typeof value === 'string' && /^\d{1,18}$/.test(value)),
  time: Number.isSafeInteger,
  count: Number.isSafeInteger,
  title: isShort,
  words: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).sort().join() === 'en,zh' &&
    Object.values(value).every(isShort),
};

/** Whether the data are exactly the fields that the kind takes, so that nothing else, a secret least of all, is stored with a message. */
export function isFit({ kind, data }: Message): boolean {
  const takes: Readonly<Record<string, FieldKind>> = messageKinds[kind].takes;
  const names = Object.keys(takes);
  return (
    Object.keys(data).length === names.length &&
    names.every((name) => fits[takes[name] as FieldKind](data[name]))
  );
}

const shown = (kind: FieldKind, value: unknown, language: Language): string => {
  if (kind === 'money') return yuan(fen(value as bigint | string));
  if (kind === 'time') return beijingText(instant(value as number)).slice(0, 16);
  if (kind === 'words') return (value as Words)[language];
  if (kind === 'title' || kind === 'count') return String(value);
  return encodeId(kind, String(value));
};

/** Title, text and address of a message in one language. The address is the same in both. */
export function sayMessage(
  { kind, data }: Message,
  language: Language,
): { title: string; text: string; link: string } {
  const row = messageKinds[kind];
  assert(row, `the kind ${kind} is one of ours`);
  const takes: Readonly<Record<string, FieldKind>> = row.takes;
  const values = Object.fromEntries(
    Object.entries(takes).map(([name, field]) => [name, shown(field, data[name], language)]),
  );
  const inPath: Words = { zh: row.link, en: row.link };
  return {
    title: say(row.title, language, values),
    text: say(row.text, language, values),
    link: say(inPath, language, values),
  };
}
