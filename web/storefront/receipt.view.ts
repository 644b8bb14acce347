import type { Answers } from '../api.ts';

export type Checked = Answers['evidence']['checkReceipt'];

/** What somebody put into the form: a proof alone, or a receipt of ours with content and leaf. */
export type Receipt = {
  readonly proof: string;
  readonly leaf?: string;
  readonly content?: { readonly payload: string; readonly salt: string };
};

/** Reads a `.receipt.json`; anything else is taken for a `.tlog-proof`. */
export function receiptOf(text: string, leaf: string): Receipt {
  const given = leaf === '' ? {} : { leaf };
  const json = text.trimStart().startsWith('{') ? parsed(text) : undefined;
  if (!json || typeof json['tlogProof'] !== 'string') return { proof: text, ...given };
  const { tlogProof, payload, salt } = json;
  return {
    proof: tlogProof,
    ...(typeof json['leaf'] === 'string' ? { leaf: json['leaf'] } : given),
    ...(typeof payload === 'string' && typeof salt === 'string' ? { content: { payload, salt } } : {}),
  };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export type Said = {
  readonly kind: string;
  readonly about: string;
  readonly at: number;
  readonly seq: number;
  /** Of an order: what was bought and for how much. */ readonly goods: string | undefined;
  readonly total: string | undefined;
  readonly body: string;
};

type Body = {
  listing?: { title?: unknown }[];
  transaction?: { total?: unknown; lines?: { quantity?: unknown }[] };
};

/** What the content of a receipt states, for people. Undefined when it is not a payload of ours. */
export function saidOf(payload: string): Said | undefined {
  const value = parsed(payload);
  if (!value) return undefined;
  const { k, about, at, seq, body } = value;
  if (typeof k !== 'string' || typeof about !== 'string' || typeof at !== 'number' || typeof seq !== 'number')
    return undefined;
  const { listing, transaction } = typeof body === 'object' && body !== null ? (body as Body) : {};
  const total = transaction?.total;
  return {
    kind: k,
    about,
    at,
    seq,
    goods: Array.isArray(listing) ? goodsOf(listing, transaction) : undefined,
    total: typeof total === 'string' && /^\d{1,15}$/.test(total) ? total : undefined,
    body: JSON.stringify(body, null, 2),
  };
}

const goodsOf = (listing: NonNullable<Body['listing']>, transaction: Body['transaction']): string =>
  listing
    .map((one, i) => `${String(one?.title ?? '')} × ${String(transaction?.lines?.[i]?.quantity ?? '')}`)
    .join(', ');
