import assert from 'node:assert/strict';
import { login, register } from '../src/identity/actions.ts';
import { deviceIdOf } from '../src/identity/rules.ts';
import { viewerOf } from '../src/identity/viewer.actions.ts';
import type { Visitor } from '../src/identity/visitor.actions.ts';
import type { Result } from '../src/kit/result.ts';
import { newToken } from '../src/kit/secret.ts';
import type { Db } from '../src/kit/tx.ts';
import type { Viewer } from '../src/kit/viewer.ts';

export const password = 'long enough 长一点';
export const value = <T>(result: Result<T>): T =>
  result.ok ? result.value : assert.fail(`refused: ${result.refusal}`);
export const refusal = (result: Result<unknown>): string => (result.ok ? 'done' : result.refusal);
export const own = (viewer: Viewer) => ({
  userId: viewer.userId ?? '',
  sessionId: viewer.sessionId ?? '',
  deviceId: viewer.deviceId,
});

export type Browser = Visitor & { cookie: string };

/** People who come to a shop: each with a contact, an address and a browser of its own. */
export function peopleOn(db: Db) {
  let counter = 0;
  const someone = (): string => `person${(counter += 1)}@example.com`;
  const address = (): string => `10.0.${Math.floor((counter += 1) / 250)}.${counter % 250}`;
  /** A browser: its device cookie, its address. */
  function browser(): Browser {
    const cookie = newToken().reveal();
    return {
      cookie,
      deviceId: deviceIdOf(cookie) ?? assert.fail('a cookie'),
      userAgent: 'Test/1',
      ip: address(),
    };
  }
  async function join(name = someone()): Promise<string> {
    value(await register(db, { login: name, password, language: 'zh', ip: address() }));
    return name;
  }
  const enter = async (name: string, at: Browser, on: Db = db): Promise<Viewer> => {
    const welcome = value(await login(on, { login: name, password, visitor: at }));
    return viewerOf(on, { sessionToken: welcome.session.token.reveal(), deviceId: at.cookie });
  };
  return { someone, address, browser, join, enter };
}
