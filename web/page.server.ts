import { data, redirect, type RouterContextProvider } from 'react-router';
import {
  apiContext,
  callerContext,
  clockContext,
  formKeyContext,
  languageContext,
  viewerContext,
} from '#context';
import type { Api } from './api.ts';
import { paths, withQuery } from './paths.ts';

/** What every loader and action takes out of its context: `const { api, language, now } = page(context);` */
export const page = (context: Readonly<RouterContextProvider>) => ({
  api: context.get(apiContext) as Api,
  viewer: context.get(viewerContext),
  language: context.get(languageContext),
  now: context.get(clockContext).business,
  demo: context.get(clockContext).demo,
});

/** The api for a write: bound to the hidden idempotency key of the form that was sent. */
export const keyed = (context: Readonly<RouterContextProvider>, form: FormData) =>
  context.get(callerContext)(text(form, 'idempotencyKey') || null) as Api;

/** A new idempotency key for one form: give it to the page, which puts it into `<IdempotencyKey value>`. */
export const formKey = (context: Readonly<RouterContextProvider>): string => context.get(formKeyContext)();

export type PageRefusal = {
  readonly code: string;
  readonly status: number;
  /** The refusal in the reader's language, from the catalogue of the domain. */
  readonly message: string;
  /** Which fields of the form are wrong and what to write instead. */
  readonly fields: Readonly<Record<string, string>>;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** The refusal that the api threw, or undefined when it is a bug of ours, which belongs to the error page and the log. */
export function refusalOf(error: unknown): PageRefusal | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('status' in error)) return undefined;
  const { code, status } = error;
  if (typeof code !== 'string' || typeof status !== 'number' || (status >= 500 && status !== 503))
    return undefined;
  const told = (
    'data' in error && typeof error.data === 'object' && error.data !== null ? error.data : {}
  ) as { detail?: Record<string, unknown>; errors?: readonly FieldError[] };
  return {
    code,
    status,
    message: error.message,
    fields: fieldsOf(told.errors ?? []),
    detail: told.detail ?? {},
  };
}

type FieldError = { readonly pointer: string; readonly detail: string };

/** By the last part of the pointer: '#/login' is the field login. */
function fieldsOf(errors: readonly FieldError[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { pointer, detail } of errors) fields[pointer.split('/').at(-1) ?? ''] ??= detail;
  return fields;
}

/** For loaders: the answer of the api, or the error page that belongs to its refusal (404 for what is not there or not yours). */
export async function found<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) throw data({ code: refusal.code, message: refusal.message }, { status: refusal.status });
    throw error;
  }
}

/** For actions: the answer, or the refusal to show above the form. */
export async function tried<T>(
  answer: Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; refusal: PageRefusal }> {
  try {
    return { ok: true, value: await answer };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return { ok: false, refusal };
    throw error;
  }
}

/** What an action answers when the api refused: the page again with the same status, and what was typed except the secrets. */
export const again = (refusal: PageRefusal, form: FormData, secrets: readonly string[] = ['password']) =>
  data({ refusal, typed: typed(form, secrets) }, { status: refusal.status });

function typed(form: FormData, secrets: readonly string[]): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of form)
    if (typeof value === 'string' && !secrets.includes(name)) kept[name] = value;
  return kept;
}

/** Pages for people who are logged in: everybody else logs in first and comes back here. */
export function signedIn(context: Readonly<RouterContextProvider>, request: Request): string {
  const { userId, guest } = context.get(viewerContext);
  if (userId && !guest) return userId;
  const url = new URL(request.url);
  throw redirect(paths.login(withQuery(url.pathname, Object.fromEntries(url.searchParams))));
}

/** A text field of a form: trimmed, and '' when it is not there. */
export const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};
