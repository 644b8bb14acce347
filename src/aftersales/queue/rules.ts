import { instant, type Instant } from '../../kit/time.ts';
import { decodeId } from '../../kit/public-id.ts';
import { reasons, type ReasonCode } from '../reasons.data.ts';

/** A place in the queue: everything behind it is due later, or at the same moment and has a higher id. */
export type Place = { readonly due: Instant; readonly id: string };
const first: Place = { due: instant(0), id: '00000000-0000-0000-0000-000000000000' };

export const placeText = ({ due, id }: Place): string => `${due}.${id}`;
/** The place that a cursor names; one that is none of ours is the beginning. */
export function placeOf(cursor: string | undefined): Place {
  const found = /^(\d{1,15})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(
    cursor ?? '',
  );
  return found ? { due: instant(Number(found[1])), id: found[2] ?? first.id } : first;
}

/** The scenes that are decided in the fast lane. */
export const fastReasons = (Object.keys(reasons) as ReasonCode[]).filter(
  (code) => reasons[code].fast === true,
);

export type Sought =
  | { readonly by: 'case'; readonly id: string }
  | { readonly by: 'tail'; readonly tail: string }
  | { readonly by: 'order'; readonly id: string }
  | { readonly by: 'shop'; readonly name: string };

const alphabet = '0123456789abcdefghijklmnopqrstuv';

/** What somebody who types into the search of the desk looks for; undefined: nothing. */
export function soughtBy(search: string): Sought | undefined {
  const text = search.trim();
  if (text === '') return undefined;
  const caseId = decodeId('case', text.toLowerCase());
  if (caseId) return { by: 'case', id: caseId };
  const orderId = decodeId('order', text.toLowerCase());
  if (orderId) return { by: 'order', id: orderId };
  if (/^[0-9a-v]{6}$/i.test(text)) return { by: 'tail', tail: tailOf(text.toLowerCase()) };
  return { by: 'shop', name: text };
}

/** The last seven hexadecimal digits of the id whose public form ends in these six characters: 28 of their 30 bits. */
export function tailOf(six: string): string {
  let bits = 0n;
  for (const char of six) bits = (bits << 5n) | BigInt(alphabet.indexOf(char));
  return (bits & 0xfff_ffffn).toString(16).padStart(7, '0');
}
