import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { stubIssuer, type IssuerMood } from '../src/app/sandbox/issuer.ts';
import { httpIssuer } from '../src/delivery/issuer/http-issuer.actions.ts';
import { installIssuers } from '../src/delivery/issuer/issuers.actions.ts';
import { keyOf } from '../src/kit/secret.ts';
import type { Db } from '../src/kit/tx.ts';

export type TestIssuer = {
  readonly id: string;
  /** From now on it behaves so, about this key or about all. */
  readonly mood: (mood: IssuerMood, secret?: string) => Promise<void>;
};

/** The pretended issuer on a free port of loopback, installed on `db` as 'xingyu'; ends after the last test. */
export async function testIssuer(db: Db): Promise<TestIssuer> {
  const key = keyOf(Buffer.alloc(32, 9));
  const stub = stubIssuer({ key, now: () => db.wall.now(), silence_ms: 1500 });
  const server = serve({ fetch: stub.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((ready) => server.once('listening', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  installIssuers(db, [
    httpIssuer({
      id: 'xingyu',
      name: '星屿游戏',
      url: `${url}/issuer/checks`,
      key,
      wall: db.wall,
      timeout_ms: 400,
    }),
  ]);
  after(() => new Promise((closed) => server.close(closed)));
  return {
    id: 'xingyu',
    mood: async (mood, secret) => {
      await fetch(`${url}/driver/issuer`, { method: 'POST', body: JSON.stringify({ mood, secret }) });
    },
  };
}
