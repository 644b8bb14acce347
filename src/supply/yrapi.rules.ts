import { hash } from 'node:crypto';
import { parseYuan, type Fen } from '../kit/money.ts';
import { sameBytes, type Secret } from '../kit/secret.ts';
import type { TopupCarrier } from '../catalog/topup.contract.ts';
import type { SupplyState } from './supplier.contract.ts';

export type Form = Readonly<Record<string, string>>;

/**
 * 大猿人 yrapi signs UPPER(md5(urldecode(http_build_query(ksort(params))) + "&apikey=" + key)) (protocols-docking 5.3). Building the query
 * and decoding it again leaves the values as they are, so the text is written directly. MD5 is the protocol's choice, not ours: what
 * it signs is never believed by itself, every word is asked for again.
 */
export function signedText(form: Form): string {
  return Object.keys(form)
    .filter((name) => name !== 'sign')
    .sort()
    .map((name) => `${name}=${form[name]}`)
    .join('&');
}

export const signOf = (form: Form, key: Secret): string =>
  hash('md5', `${signedText(form)}&apikey=${key.reveal()}`, 'hex').toUpperCase();

export const signed = (form: Form, key: Secret): Form => ({ ...form, sign: signOf(form, key) });

/** Whether a form carries the right signature; a missing one is a wrong one. */
export const isSigned = (form: Form, key: Secret): boolean =>
  sameBytes(Buffer.from(signOf(form, key)), Buffer.from((form['sign'] ?? '').toUpperCase()));

/** 100 is '1.00'; yrapi speaks yuan with two decimals. Anything that is not such an amount is undefined. */
export const fenOf = (amount: unknown): Fen | undefined =>
  typeof amount === 'number' || typeof amount === 'string'
    ? parseYuan(String(amount).replace(/^(\d+\.\d{2})0+$/, '$1'))
    : undefined;

const states: Readonly<Record<string, SupplyState>> = {
  '-1': 'cancelled',
  '0': 'charging',
  '1': 'success',
  '2': 'failed',
  '3': 'partial',
};
export const stateOf = (state: unknown): SupplyState | undefined => states[String(state)];

const carriers: Readonly<Record<string, TopupCarrier>> = {
  '1': 'mobile',
  '2': 'telecom',
  '3': 'unicom',
  '4': 'virtual',
};
export const carrierOf = (isp: unknown): TopupCarrier => carriers[String(isp)] ?? 'other';

/** A form as it came: repeated names keep the last value, as PHP does. */
export const formOf = (body: string): Form => Object.fromEntries(new URLSearchParams(body));
