import type { Config } from './config.ts';
import { startSandbox, type Sandbox } from './sandbox/process.ts';
import { applyPayments } from '../checkout/jobs.ts';
import { systemClock } from '../kit/time.ts';
import type { Db } from '../kit/tx.ts';
import { installComplaintDesks } from '../payments/complaint/actions.ts';
import { sandboxDesk } from '../payments/complaint/sandbox.actions.ts';
import { installPayments } from '../payments/channels.actions.ts';
import { sandboxChannel } from '../payments/sandbox-channel.actions.ts';

export type Payments = {
  /** Origins of cashier pages, which a form of ours may lead to. */
  readonly formTargets: readonly string[];
  /** The sandbox of a demo, which plays others as well. */
  readonly sandbox: Sandbox | undefined;
  /** Where channels find us, known once the server listens. */
  listensAt(address: string): void;
  stop(): Promise<void>;
};

/** Opens the payment channels of this process, and says that the checkout decides about the money of its payments. */
export async function openPayments(
  db: Db,
  config: Pick<Config, 'channels' | 'sandboxPort' | 'dataDir' | 'publicOrigin' | 'host' | 'port'>,
): Promise<Payments> {
  const applyCheckouts = (ids: readonly string[]): Promise<void> => applyPayments(db, ids);
  if (config.channels === 'none') {
    installPayments(db, { channels: [], applyCheckouts });
    return {
      formTargets: [],
      sandbox: undefined,
      listensAt: () => undefined,
      stop: async () => undefined,
    };
  }
  const sandbox = await startSandbox({ dataDir: config.dataDir, port: config.sandboxPort });
  // Until the server listens (or in a process that never does) the settings say where it will.
  let origin = `http://${config.host}:${config.port}`;
  const channel = sandboxChannel({
    url: sandbox.url,
    key: sandbox.key,
    merchant: sandbox.merchant,
    wall: systemClock,
    noticeUrl: () => `${origin}/notices/sandbox`,
    returnUrl: (number) => `${config.publicOrigin ?? origin}/pay/${number}`,
  });
  installPayments(db, { channels: [channel], applyCheckouts });
  installComplaintDesks(db, [sandboxDesk({ ...sandbox, wall: systemClock })]);
  return {
    formTargets: [sandbox.url],
    sandbox,
    listensAt: (address) => void (origin = address),
    stop: sandbox.stop,
  };
}
