import { after } from 'node:test';
import { createApp, listen } from '../src/app/http.ts';
import { openLog } from '../src/app/log.ts';
import { accountOf } from '../src/delivery/licence/account.actions.ts';
import { must } from '../src/kit/assert.ts';
import { reader } from '../src/kit/tx.ts';
import { nobody } from '../src/kit/viewer.ts';
import { testDatabase } from './database.ts';
import { aLicenceListing, buyLicences } from './licences.ts';
import { aShop } from './world.ts';

// oxlint-disable-next-line no-explicit-any -- answers of foreign dialects, read field by field
export type Json = any;
export type Answer = { status: number; headers: Headers; text: string; json: Json };

export const withKey = (key: string) => ({ authorization: `License ${key}` });
export const machineBody = (licenceId: string, fingerprint: string | null, more: Json = {}) => ({
  data: {
    type: 'machines',
    attributes: { fingerprint, name: '书房的电脑', platform: 'linux', ...more },
    relationships: { license: { data: { type: 'licenses', id: licenceId } } },
  },
});

/** A shop with licences of two devices and of counted uses, another shop, and a client that asks as licensed software does. */
export async function dialectWorld() {
  const { db, clock } = await testDatabase();
  const app = createApp({
    db,
    config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
    log: openLog('silent'),
    viewerOf: async () => nobody,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  after(server.stop);
  const shelf = await aShop(db, [
    aLicenceListing({ matching: 'most' }, { activations: 2 }),
    aLicenceListing({ uses: 2, offline_days: null }, { activations: 0 }),
  ]);
  const other = await aShop(db, [aLicenceListing()]);
  const { shopId } = shelf;
  const [two, counted] = shelf.listings.map((one) => one.variantId) as [string, string];
  const buy = async (variantId = two) => {
    const bought = await buyLicences(db, { variantId, shopId });
    return { ...bought, ...must(bought.licences[0], 'a licence') };
  };
  const foreign = must(other.listings[0], 'a listing').variantId;
  await buyLicences(db, { variantId: foreign, shopId: other.shopId });
  await buy();
  const keyOf = async (id: string): Promise<string> =>
    must(await accountOf(await reader(db), id), 'an account').publicKey.toString('hex');

  async function ask(at: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const [method = '', target = ''] = at.split(' ');
    const response = await fetch(`${server.address}${target}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/vnd.api+json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json: Json = text.startsWith('{') ? JSON.parse(text) : null;
    // Buckets are real and the clock stands still: time passes between the tests, not within one.
    clock.forward({ seconds: 1 });
    return { status: response.status, headers: response.headers, text, json };
  }
  return {
    db,
    clock,
    address: server.address,
    host: new URL(server.address).host,
    shelf,
    shopId,
    two,
    counted,
    otherShopId: other.shopId,
    publicKey: await keyOf(shopId),
    otherPublicKey: await keyOf(other.shopId),
    buy,
    ask,
    polar: (call: string, body: unknown) =>
      ask(`POST /v1/customer-portal/license-keys/${call}`, body, { 'content-type': 'application/json' }),
    validateKey: (meta: unknown, account = '') =>
      ask(`POST /v1${account}/licenses/actions/validate-key`, { meta }),
  };
}
