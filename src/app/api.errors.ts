import { ORPCError, ValidationError } from '@orpc/server';
import type { Context } from '../kit/viewer.ts';
import type { Log } from './log.ts';
import { internalError, invalidInput } from './problem.ts';

type Call = { context: Context; path: readonly string[]; next(): Promise<unknown> };

/**
 * Between a route and its caller, in process and over HTTP alike: refusals pass, input that does not fit becomes INPUT_INVALID with its
 * fields, and everything else is logged under the request's number and becomes INTERNAL, which tells nothing.
 */
export const refineErrors =
  (log: Log) =>
  async (call: Call): Promise<unknown> => {
    try {
      return await call.next();
    } catch (error) {
      throw refined(error, call, log);
    }
  };

function refined(error: unknown, { context, path }: Call, log: Log): ORPCError<string, unknown> {
  if (error instanceof ORPCError) {
    if (!(error.cause instanceof ValidationError)) return error;
    if (error.code === 'BAD_REQUEST') return invalidInput(error.cause, context);
  }
  log.error({ error, request: context.requestId, route: path.join('.') }, 'a route failed');
  return internalError(context, error);
}
