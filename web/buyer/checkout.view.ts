import type { Answers } from '../api.ts';
import type { PageRefusal } from '../page.server.ts';

export type Quote = Answers['checkout']['quote'];
export type QuoteLine = Quote['lines'][number];
export type Acknowledgement = Quote['acknowledgements'][number];
export type Buyer = { readonly kind: 'account' | 'guest' | 'nobody'; readonly name: string | null };

/** The name of the tick of an acknowledgement; its value is the hash of the words that were shown. */
export const tickName = (ack: { readonly name: string }): string => `ack.${ack.name}`;

/** The ticks of a form: name, hash of the words, and the moment that a browser with JavaScript noted. */
export function ticksOf(form: FormData): { name: string; hash: string; at?: string }[] {
  return [...form].flatMap(([field, value]) => {
    if (!field.startsWith('ack.') || typeof value !== 'string') return [];
    const name = field.slice('ack.'.length);
    const at = form.get(`at.${name}`);
    return [{ name, hash: value, ...(typeof at === 'string' && at !== '' ? { at } : {}) }];
  });
}

type Asked = Pick<QuoteLine['questions'][number], 'key' | 'type'>;
const secretly = (type: string): string => (type === 'password' ? 'Secret' : '');
/** The names of the fields of a question. Passwords have names of their own, which no answer of ours carries back to the page. */
export const answerName = ({ key, type }: Asked): string => `answer${secretly(type)}.${key}`;
export const againName = ({ key, type }: Asked): string => `again${secretly(type)}.${key}`;
export const isSecretField = (name: string): boolean => /^(answer|again)Secret\./.test(name);

/** What was typed, the first and the second time, by the key of the question. */
export function answersOf(form: FormData): {
  answers?: Record<string, string>;
  again?: Record<string, string>;
} {
  const of = (prefix: string): Record<string, string> =>
    Object.fromEntries(
      [...form].flatMap(([name, value]) => {
        const key = new RegExp(`^${prefix}(?:Secret)?\\.(.+)$`).exec(name)?.[1];
        return key !== undefined && typeof value === 'string' && value !== '' ? [[key, value]] : [];
      }),
    );
  const [answers, again] = [of('answer'), of('again')];
  return Object.keys(answers).length === 0 ? {} : { answers, again };
}

/** 'wallet', or 'channel:sandbox' for a channel. */
export function methodOf(value: string): { paidBy: 'wallet' } | { paidBy: 'channel'; channel: string } {
  const channel = value.startsWith('channel:') ? value.slice('channel:'.length) : undefined;
  return channel === undefined ? { paidBy: 'wallet' } : { paidBy: 'channel', channel };
}

/** Why these goods cannot be paid for now, as the quote already knows. */
export function blockOf(line: QuoteLine): 'notReady' | 'stockNone' | 'stockShort' | 'limitOrder' | null {
  if (!line.ready) return 'notReady';
  if (line.stock === 0) return 'stockNone';
  if (line.stock < line.quantity) return 'stockShort';
  return line.perOrderMax !== null && line.quantity > line.perOrderMax ? 'limitOrder' : null;
}

/** Codes after which nobody knows whether the money moved; the same form may be sent again. */
export const isUnsure = ({ code }: PageRefusal): boolean => code === 'DATABASE_UNAVAILABLE';
