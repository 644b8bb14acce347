import { newToken, type Secret } from '../kit/secret.ts';
import { spanMs } from '../kit/time.ts';
import type { Context } from '../kit/viewer.ts';
import { must } from '../kit/assert.ts';
import { cookies } from './contract.ts';
import { deviceIdOf, sessionLife } from './rules.ts';
import { deviceCookieAge_s } from './viewer.actions.ts';

/** Where somebody sits: what a session remembers of the browser that opened it. */
export type Visitor = { readonly deviceId: string; readonly userAgent: string; readonly ip: string };

/** The visitor of a request. A browser without a device cookie gets one with this answer. */
export function visitorOf(context: Pick<Context, 'cookies' | 'userAgent' | 'ip'>): Visitor {
  const shown = context.cookies.get(cookies.device);
  const known = deviceIdOf(shown);
  const cookie = known === undefined ? newToken().reveal() : must(shown, 'a device cookie');
  context.cookies.set(cookies.device, cookie, deviceCookieAge_s);
  return {
    deviceId: known ?? must(deviceIdOf(cookie), 'a device'),
    userAgent: context.userAgent,
    ip: context.ip,
  };
}

/** The answer logs this browser in. */
export const keepSession = (
  context: Pick<Context, 'cookies'>,
  token: Secret,
  kind: 'account' | 'guest',
): void => context.cookies.set(cookies.session, token.reveal(), spanMs(sessionLife(kind)) / 1000);

export const dropSession = (context: Pick<Context, 'cookies'>): void =>
  context.cookies.set(cookies.session, '', 0);
