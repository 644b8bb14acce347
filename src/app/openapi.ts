import { OpenAPIGenerator } from '@orpc/openapi';
import { traverseContractProcedures, type AnyRouter } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { Context as Http } from 'hono';
import { z } from 'zod';
import { commonRefusals, type EndpointMeta } from '../kit/endpoint.ts';
import type { Refusal, RefusalCatalogue } from '../kit/result.ts';
import { edgeRefusals, internal, problemShape } from './problem.ts';

const description = `
盟约的全部功能都有接口；网页用的也是这些接口。Everything Mengyue does has a route here; its own pages use the same ones.

**错误 Errors.** \`application/problem+json\` (RFC 9457). \`code\` 不会改名，\`zh\` 和 \`en\` 给人看。\`code\` is never renamed; \`zh\` and \`en\` are for people. "不是你的"和"不存在"回答一样。What is not yours answers like what is not there.

**幂等 Idempotency.** 标了 \`Idempotency-Key\` 的写操作：同一个键、同一份内容，得到同一个回答；同一个键、不同内容，得到 422。5xx 后请用同一个键重试。Writes marked with \`Idempotency-Key\`: the same key with the same input gives the same answer; with another input 422. After a 5xx repeat with the same key.

**翻页 Pages.** \`limit\`（1–100）和 \`cursor\`；回答里的 \`next\` 是下一页的 \`cursor\`，没有就是 null。\`limit\` (1–100) and \`cursor\`; \`next\` of the answer is the \`cursor\` of the next page, or null.

**金额 Money** 是以分为单位的十进制字符串。Money is a decimal string of fen. **时间 Times** 是 UTC 的 ISO 8601。Times are ISO 8601 in UTC.

**身份 Who.** API 密钥只放在 \`Authorization: Bearer …\` 里；浏览器的 Cookie 只在同源请求里有效。API keys only in \`Authorization: Bearer …\`; cookies work for same-origin requests only.
`.trim();

type Operation = {
  summary?: string;
  parameters?: unknown[];
  security?: unknown[];
  responses?: Record<string, unknown>;
};
type Document = { paths?: Record<string, Record<string, Operation>>; components?: Record<string, unknown> };

const made = new WeakMap<object, Promise<unknown>>();

/** The OpenAPI 3.1 document of all routes, made once from the contracts, so that it cannot tell something else than they do. */
export function openApiDocument(router: object, publicOrigin: string | undefined): Promise<unknown> {
  const known = made.get(router);
  if (known) return known;
  const document = generate(router as AnyRouter, publicOrigin);
  made.set(router, document);
  return document;
}

async function generate(router: AnyRouter, publicOrigin: string | undefined): Promise<unknown> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = (await generator.generate(router, {
    info: {
      title: '盟约 Mengyue API',
      version: '1.0.0',
      description,
      license: { name: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: `${publicOrigin ?? ''}/api/v1` }],
  })) as Document;
  document.components = {
    ...document.components,
    schemas: { ...(document.components?.['schemas'] as object), Problem: z.toJSONSchema(problemShape) },
    securitySchemes: {
      apiKey: { type: 'http', scheme: 'bearer', description: 'API 密钥 An API key with scopes' },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: 'session',
        description: '登录后的浏览器 A browser that is logged in; same origin only',
      },
    },
  };
  for (const { method, path, meta } of endpointsOf(router)) {
    const operation = document.paths?.[path]?.[method.toLowerCase()];
    if (operation) complete(operation, meta);
  }
  return document;
}

export type Listed = { method: string; path: string; name: string; meta: EndpointMeta };

/** Every route of the router with its address and meta, in its order. */
export function endpointsOf(router: AnyRouter): Listed[] {
  const list: Listed[] = [];
  traverseContractProcedures({ router, path: [] }, ({ contract, path }) => {
    const { route, meta } = contract['~orpc'];
    list.push({
      method: route.method ?? 'POST',
      path: route.path ?? '',
      name: path.join('.'),
      meta: meta as EndpointMeta,
    });
  });
  return list;
}

function complete(operation: Operation, meta: EndpointMeta): void {
  operation.security = meta.who === 'anyone' ? [{}] : [{ apiKey: [meta.scope] }, { session: [] }];
  if (meta.keyed)
    operation.parameters = [
      ...(operation.parameters ?? []),
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
    ];
  const byStatus = Map.groupBy(Object.entries(meta.refusals), ([, refusal]) => refusal.status);
  const responses = (operation.responses ??= {});
  for (const [status, refusals] of byStatus) responses[status] = problemResponse(refusals);
}

const problemResponse = (refusals: readonly (readonly [string, Refusal])[]): unknown => ({
  description: refusals.map(([code, { zh, en }]) => `\`${code}\` ${zh} ${en}`).join('\n\n'),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** What the `type` of a problem leads to: its status and its sentences in both languages. */
export function problemPage(c: Http, router: object): Response {
  const code = c.req.param('code') ?? '';
  const known = refusalOf(router as AnyRouter, code);
  if (!known) return c.json({ code, known: false }, 404);
  return c.json({ code, known: true, status: known.status, zh: known.zh, en: known.en }, 200, {
    'cache-control': 'public, max-age=3600',
  });
}

function refusalOf(router: AnyRouter, code: string): { status: number; zh: string; en: string } | undefined {
  if (code === internal.code) return internal;
  const own = [edgeRefusals, commonRefusals, ...endpointsOf(router).map(({ meta }) => meta.refusals)];
  return (own as RefusalCatalogue[]).find((catalogue) => Object.hasOwn(catalogue, code))?.[code];
}
