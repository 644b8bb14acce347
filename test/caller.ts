import { createRouterClient } from '@orpc/server';
import type { Clock } from '../src/kit/time.ts';
import type { Db } from '../src/kit/tx.ts';
import type { Context, Viewer } from '../src/kit/viewer.ts';

/** What a route knows of a request by this viewer. */
export const contextOf = (db: Db, clock: Clock, viewer: Viewer, parts: Partial<Context> = {}): Context => ({
  db,
  viewer,
  language: 'zh',
  wall: clock.now(),
  requestId: 'r',
  ip: '127.0.0.1',
  userAgent: '',
  idempotencyKey: null,
  cookies: { set: () => undefined, get: () => undefined },
  ...parts,
});

/** Calls routes as somebody, with the checks that HTTP has. The client's type follows from the router, which serve() leaves open. */
export const callerAs =
  (db: Db, clock: Clock, router: object) =>
  // oxlint-disable-next-line no-explicit-any -- see above
  (viewer: Viewer, idempotencyKey: string | null = null, parts: Partial<Context> = {}): any => {
    const context = contextOf(db, clock, viewer, { idempotencyKey, ...parts });
    return createRouterClient(router as never, { context } as never);
  };
