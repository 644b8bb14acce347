/** What an action answers: a value, or a refusal from the domain's catalogue. A refusal is for people; bugs are asserted. */
export type Result<T, R extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R; readonly detail?: Detail };

/** Facts a refusal may carry to the caller: numbers and names, never secrets. */
export type Detail = Readonly<Record<string, string | number | boolean | null>>;

export const done = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export function refuse<R extends string>(
  refusal: R,
  detail?: Detail,
): { readonly ok: false; readonly refusal: R; readonly detail?: Detail } {
  return detail ? { ok: false, refusal, detail } : { ok: false, refusal };
}

/** One entry of a refusal catalogue: the code is the contract and is never renamed. */
export type Refusal = {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 503;
  readonly zh: string;
  readonly en: string;
};
export type RefusalCatalogue = Readonly<Record<string, Refusal>>;
