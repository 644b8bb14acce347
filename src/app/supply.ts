import type { Db } from '../kit/tx.ts';
import { installSupply } from '../supply/setup.actions.ts';
import type { Config } from './config.ts';
import type { Sandbox } from './sandbox/process.ts';
import { supplierKey, supplierUser } from './sandbox/supplier.ts';

/** Says how this process speaks to suppliers: outside as they are named, and in a demo to the pretended one beside us. */
export function openSupply(
  db: Db,
  config: Pick<Config, 'mode' | 'publicOrigin' | 'host' | 'port'>,
  sandbox: Sandbox | undefined,
): { listensAt(address: string): void } {
  let here = `http://${config.host}:${config.port}`;
  installSupply(db, {
    // The pretended supplier calls us where we listen; real ones where the world finds us.
    origin: () => (config.mode === 'production' ? (config.publicOrigin ?? here) : here),
    ...(sandbox
      ? { sandbox: { url: sandbox.url, userNo: supplierUser, key: supplierKey(sandbox.key) } }
      : {}),
  });
  return { listensAt: (address) => void (here = address) };
}
