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

/** 'wallet', or 'channel:sandbox' for a channel. */
export function methodOf(value: string): { paidBy: 'wallet' } | { paidBy: 'channel'; channel: string } {
  const channel = value.startsWith('channel:') ? value.slice('channel:'.length) : undefined;
  return channel === undefined ? { paidBy: 'wallet' } : { paidBy: 'channel', channel };
}

/** Why these goods cannot be paid for now, as the quote already knows. */
export function blockOf(line: QuoteLine): 'stockNone' | 'stockShort' | 'limitOrder' | null {
  if (line.stock === 0) return 'stockNone';
  if (line.stock < line.quantity) return 'stockShort';
  return line.perOrderMax !== null && line.quantity > line.perOrderMax ? 'limitOrder' : null;
}

/** Codes after which nobody knows whether the money moved; the same form may be sent again. */
export const isUnsure = ({ code }: PageRefusal): boolean => code === 'DATABASE_UNAVAILABLE';
