import { cookies } from '../identity/contract.ts';
import { viewerOf } from '../identity/viewer.actions.ts';
import type { ViewerOf } from './request.ts';

/** An Authorization header is an API key or nobody; without one the cookies count. */
export const viewerOfRequest: ViewerOf = ({ db, authorization, cookies: jar }) =>
  authorization === undefined
    ? viewerOf(db, { sessionToken: jar.get(cookies.session), deviceId: jar.get(cookies.device) })
    : viewerOf(db, { apiKey: /^Bearer ([\w-]{1,100})$/i.exec(authorization)?.[1] ?? '' });
