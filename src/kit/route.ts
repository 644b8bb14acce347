import { ORPCError, implement } from '@orpc/server';
import type { AnySchema, ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import { assert } from './assert.ts';
import { commonRefusals, type EndpointMeta, type Who } from './endpoint.ts';
import { LaneFull } from './lane.ts';
import type { Detail, RefusalCatalogue, Result } from './result.ts';
import { errorCode, isLostConnection } from './tx.ts';
import type { Context, Viewer } from './viewer.ts';

// oxlint-disable-next-line no-explicit-any -- oRPC's map of errors; ours are refusals, whichever the map says
type Endpoint<I extends AnySchema, O extends AnySchema> = ContractProcedure<I, O, any, EndpointMeta>;

/** The refusal as an error of the API: code, status, both languages, and what else it tells. */
export function refusalError(
  catalogue: RefusalCatalogue,
  code: string,
  context: Pick<Context, 'language' | 'requestId'>,
  detail?: Detail,
): ORPCError<string, unknown> {
  const refusal = catalogue[code] ?? (commonRefusals as RefusalCatalogue)[code];
  assert(refusal, `the refusal ${code} stands in the catalogue of its route`);
  return new ORPCError(code, {
    status: refusal.status,
    message: refusal[context.language],
    data: { zh: refusal.zh, en: refusal.en, requestId: context.requestId, ...(detail ? { detail } : {}) },
  });
}

/** Of a stream of events: the last one that the browser got before it was cut off. */
export type Resumed = { readonly lastEventId: string | undefined };

/** Makes an endpoint work: checks who is calling, then gives the input to one action and turns a refusal into a problem (RFC 9457). */
export function serve<I extends AnySchema, O extends AnySchema>(
  at: Endpoint<I, O>,
  act: (context: Context, input: InferSchemaOutput<I>, more: Resumed) => Promise<Result<InferSchemaInput<O>>>,
) {
  const meta = at['~orpc'].meta;
  // oxlint-disable-next-line no-explicit-any -- the implementer's type is worked out from `at`, whose type is open here
  const procedure = (implement(at as never) as any).$context() as {
    handler: (
      run: (p: { context: Context; input: InferSchemaOutput<I> } & Partial<Resumed>) => Promise<unknown>,
    ) => unknown;
  };
  return procedure.handler(async ({ context, input, lastEventId }) => {
    const refused = admission(meta, context, input);
    if (refused) throw refusalError(meta.refusals, refused, context);
    const result = await act(context, input, { lastEventId }).catch((error: unknown) => {
      throw unavailable(error, context) ?? error;
    });
    if (!result.ok) throw refusalError(meta.refusals, result.refusal, context, result.detail);
    return result.value;
  }) as never;
}

function unavailable(error: unknown, context: Context): ORPCError<string, unknown> | undefined {
  if (error instanceof LaneFull) return refusalError(commonRefusals, 'BUSY', context);
  if (isLostConnection(error)) return refusalError(commonRefusals, 'DATABASE_UNAVAILABLE', context);
  if (isUnstorable(error)) return refusalError(commonRefusals, 'INPUT_INVALID', context);
  return undefined;
}

/**
 * A text that PostgreSQL keeps in no column: one with a NUL in it, or half of a surrogate pair in jsonb (what we write is JSON otherwise).
 * Nothing was written.
 */
function isUnstorable(error: unknown): boolean {
  const code = errorCode(error);
  return (
    code === '22021' ||
    code === '22P05' ||
    (code === '22P02' && (error as Error).message.endsWith('type json'))
  );
}

type Refused = keyof typeof commonRefusals | undefined;

/** Why this caller may not, or undefined. A foreign shop and a staff room answer as if they were not there. */
export function admission(meta: EndpointMeta, context: Context, input: unknown): Refused {
  const { viewer } = context;
  if (meta.who !== 'anyone' && viewer.userId === null) return 'LOGIN_REQUIRED';
  if (viewer.scopes && !viewer.scopes.includes(meta.scope)) return 'SCOPE_MISSING';
  const refused = roleRefusal(meta.who, viewer, input);
  if (refused) return refused;
  if (meta.keyed && !context.idempotencyKey) return 'IDEMPOTENCY_KEY_REQUIRED';
  return undefined;
}

function roleRefusal(who: Who, viewer: Viewer, input: unknown): Refused {
  if (who === 'anyone' || who === 'user') return undefined;
  if (who === 'account') return viewer.guest ? 'ACCOUNT_REQUIRED' : undefined;
  if ('staff' in who)
    return viewer.staff.some((role) => role === 'admin' || who.staff.includes(role))
      ? undefined
      : 'NOT_FOUND';
  const shopId = (input as { shopId?: string }).shopId;
  const member = viewer.shops.find((shop) => shop.shopId === shopId);
  return member && (member.role === 'owner' || who.shop.includes(member.role)) ? undefined : 'NOT_FOUND';
}
