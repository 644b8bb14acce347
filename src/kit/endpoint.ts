import { oc, type AnySchema } from '@orpc/contract';
import type { z } from 'zod';
import type { RefusalCatalogue } from './result.ts';
import type { ShopRole, StaffRole } from './viewer.ts';

/**
 * Who may call: anyone; a user (an account or this browser's guest); an account (not a guest); somebody of the shop that `shopId` of the
 * input names, with one of the roles (the owner always may); staff with one of the roles (an admin always may).
 */
export type Who =
  | 'anyone'
  | 'user'
  | 'account'
  | { readonly shop: readonly ShopRole[] }
  | { readonly staff: readonly StaffRole[] };

export type EndpointMeta = {
  readonly who: Who;
  /** What an API key needs: by default the first part of the path and read or write ('orders:write'). */
  readonly scope: string;
  /** The request must carry an Idempotency-Key. */
  readonly keyed: boolean;
  readonly refusals: RefusalCatalogue;
  /** What a body may weigh; by default 256 kB of JSON. Only where this is given may files come, as multipart/form-data. */
  readonly bodyMax_bytes?: number;
  /** The body is one file (application/octet-stream), given to the action as it comes: input `file`. The rest of the input is in path and query. */
  readonly streams?: boolean;
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const contract = oc.$meta<EndpointMeta>({ who: 'anyone', scope: '', keyed: false, refusals: {} });

/** Refusals that any route may give. */
export const commonRefusals = {
  INPUT_INVALID: {
    status: 422,
    zh: '有内容没填对，请看标出的地方。',
    en: 'Something in the input is not right; see the fields named.',
  },
  LOGIN_REQUIRED: { status: 401, zh: '请先登录。', en: 'Please log in first.' },
  ACCOUNT_REQUIRED: {
    status: 403,
    zh: '这一步要有账户。注册后可以认领这里的订单。',
    en: 'This needs an account. After registering you can claim your orders.',
  },
  NOT_FOUND: { status: 404, zh: '没有找到。', en: 'Nothing was found here.' },
  SCOPE_MISSING: {
    status: 403,
    zh: '这个 API 密钥没有这项权限。',
    en: 'This API key does not have that scope.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    zh: '请求不是从本站发出的，已拒绝。',
    en: 'The request did not come from this site and was refused.',
  },
  IDEMPOTENCY_KEY_REQUIRED: {
    status: 400,
    zh: '缺少 Idempotency-Key 请求头。',
    en: 'The Idempotency-Key header is missing.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    zh: '这个幂等键已经用在另一个请求上。',
    en: 'This idempotency key was used for another request.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    zh: '操作太频繁，请稍等再试。',
    en: 'Too many attempts. Please wait a little.',
  },
  BUSY: {
    status: 503,
    zh: '现在人很多，请求没有处理，钱也没有动。请几秒后用同一个请求再试。',
    en: 'We are very busy. Nothing was done and no money moved. Please repeat the same request in a few seconds.',
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    zh: '系统暂时连不上数据库。结果未知，用同一个请求再试不会重复扣款。',
    en: 'The database cannot be reached for the moment. Repeating the same request will not charge twice.',
  },
} as const satisfies RefusalCatalogue;

/** Declares a route: address, who, input, refusals, output. The web, the CLI, the OpenAPI and the forbidden tests follow from it. */
export function endpoint<I extends z.ZodType, O extends AnySchema, R extends RefusalCatalogue>(p: {
  at: `${Method} /${string}`;
  who: Who;
  summary: string;
  input: I;
  output: O;
  refusals: R;
  keyed?: boolean;
  scope?: string;
  bodyMax_bytes?: number;
  streams?: boolean;
}) {
  const [method, path] = p.at.split(' ') as [Method, `/${string}`];
  const subject = path.split('/')[1] ?? '';
  const scope = p.scope ?? `${subject}:${method === 'GET' ? 'read' : 'write'}`;
  const refusals: RefusalCatalogue = { ...commonRefusals, ...p.refusals };
  return contract
    .meta({
      who: p.who,
      scope,
      keyed: p.keyed ?? false,
      refusals,
      ...(p.bodyMax_bytes ? { bodyMax_bytes: p.bodyMax_bytes } : {}),
      ...(p.streams ? { streams: true } : {}),
    })
    .route({ method, path, summary: p.summary, tags: [subject] })
    .errors(
      Object.fromEntries(
        Object.entries(refusals).map(([code, refusal]) => [
          code,
          { status: refusal.status, message: refusal.en },
        ]),
      ),
    )
    .input(p.input)
    .output(p.output);
}
