import { ORPCError, ValidationError } from '@orpc/server';
import { z } from 'zod';
import { commonRefusals } from '../kit/endpoint.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import { refusalError } from '../kit/route.ts';
import type { Context } from '../kit/viewer.ts';

/** Refusals of the edge itself, before any route is reached. */
export const edgeRefusals = {
  REQUEST_MALFORMED: {
    status: 400,
    zh: '请求的内容读不懂，请检查 JSON 和 Content-Type。',
    en: 'The body of the request cannot be read. Check the JSON and the Content-Type.',
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    zh: 'Idempotency-Key 要 1 到 255 个可见的 ASCII 字符。',
    en: 'An Idempotency-Key has 1 to 255 visible ASCII characters.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    zh: '内容太大，没有处理。',
    en: 'The body is too large. Nothing was done.',
  },
  BODY_TYPE_REFUSED: {
    status: 415,
    zh: '这里只收 JSON（上传文件用 multipart/form-data）。',
    en: 'Send JSON here (multipart/form-data for files).',
  },
  ROUTE_NOT_FOUND: { status: 404, zh: '没有这个接口。', en: 'There is no such route.' },
} as const satisfies RefusalCatalogue;

export const internal = {
  code: 'INTERNAL',
  status: 500,
  zh: '我们这边出错了，已经记下。请带上编号告诉客服。',
  en: 'Something went wrong on our side. It was recorded; please tell support the number.',
} as const;

/** RFC 9457 with our members. `code` is the contract; the sentences may improve. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  zh: string;
  en: string;
  facts?: Record<string, unknown>;
  errors?: FieldError[];
  request_id: string;
  retryable: boolean;
};
export type FieldError = { pointer: string; code: string; detail: string };

export const problemShape = z
  .object({
    type: z.string().meta({ examples: ['/api/problems/ORDER_NOT_FOUND'] }),
    title: z.string(),
    status: z.number().int().min(400).max(599),
    detail: z.string(),
    code: z.string(),
    zh: z.string(),
    en: z.string(),
    facts: z.record(z.string(), z.unknown()).optional(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
    request_id: z.string(),
    retryable: z.boolean(),
  })
  .meta({ description: 'RFC 9457 problem. `code` never changes; `zh` and `en` are for people.' });

type Speaker = Pick<Context, 'language' | 'requestId'>;

/** A refusal of the edge or one that any route may give. */
export const edgeError = (
  code: keyof typeof edgeRefusals | keyof typeof commonRefusals,
  speaker: Speaker,
): ORPCError<string, unknown> => refusalError(edgeRefusals, code, speaker);

/** Input that does not fit its shape: 422 with every field that is wrong. Values are not repeated, since they may be secrets. */
export function invalidInput(error: ValidationError, speaker: Speaker): ORPCError<string, unknown> {
  const { zh, en, status } = commonRefusals.INPUT_INVALID;
  const errors = error.issues.map((issue) => fieldError(issue, speaker));
  return new ORPCError('INPUT_INVALID', {
    status,
    message: commonRefusals.INPUT_INVALID[speaker.language],
    data: { zh, en, requestId: speaker.requestId, errors },
  });
}

type Issue = {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
};

function fieldError(issue: Issue, { language }: Speaker): FieldError {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  const pointer = `#${path.map((part) => `/${encodeURI(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;
  return {
    pointer,
    code: 'code' in issue ? String(issue.code) : 'invalid',
    detail: detailOf(issue, language),
  };
}

const locales = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };
const kinds: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否（true、false）',
  array: '列表',
  object: '对象',
};

/** A sentence that the contract wrote stays; zod's own is said in the reader's language. */
function detailOf(issue: Issue & { code?: string; expected?: string }, language: 'zh' | 'en'): string {
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input'))
    return typeSentence(issue.expected ?? '', issue.message.endsWith('received undefined'), language);
  if (language === 'en' || issue.message !== preset('en', issue)) return issue.message;
  return preset('zh', issue) ?? issue.message;
}

const typeSentence = (expected: string, missing: boolean, language: 'zh' | 'en'): string => {
  if (language === 'zh') return missing ? '这一项要填。' : `这里要填${kinds[expected] ?? expected}。`;
  return missing ? 'This is missing.' : `This must be of type ${expected}.`;
};

function preset(language: 'zh' | 'en', issue: Issue): string | undefined {
  const said = locales[language](issue as never);
  return typeof said === 'string' ? said : said?.message;
}

/** An error nobody planned for: the caller learns its number only. */
export function internalError(speaker: Speaker, cause: unknown): ORPCError<string, unknown> {
  const { zh, en, status, code } = internal;
  return new ORPCError(code, {
    status,
    message: internal[speaker.language],
    data: { zh, en, requestId: speaker.requestId },
    cause,
  });
}

type ErrorData = { zh?: string; en?: string; detail?: Record<string, unknown>; errors?: FieldError[] };

export function problemOf(error: ORPCError<string, unknown>, speaker: Speaker): Problem {
  const data = (error.data ?? {}) as ErrorData;
  return {
    type: `/api/problems/${error.code}`,
    title: error.message,
    status: error.status,
    detail: data.errors?.length ? data.errors.map((one) => one.detail).join('; ') : error.message,
    code: error.code,
    zh: data.zh ?? error.message,
    en: data.en ?? error.message,
    ...(data.detail ? { facts: data.detail } : {}),
    ...(data.errors ? { errors: data.errors } : {}),
    request_id: speaker.requestId,
    retryable: error.status === 503 || error.status === 429,
  };
}

/** Seconds until a repeat makes sense, where the answer says so. */
export function retryAfter_s(error: ORPCError<string, unknown>): number | undefined {
  if (error.status === 503) return 2;
  if (error.status !== 429) return undefined;
  const told = (error.data as ErrorData | undefined)?.detail?.['retryAfter_s'];
  return typeof told === 'number' ? Math.max(1, Math.ceil(told)) : 60;
}

export function problemHeaders(error: ORPCError<string, unknown>): Record<string, string> {
  const seconds = retryAfter_s(error);
  return {
    'content-type': 'application/problem+json',
    ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
  };
}
