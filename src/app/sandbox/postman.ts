import { randomBytes } from 'node:crypto';
import { signedHeaders } from '../../payments/sandbox-channel.rules.ts';
import type { KeyObject } from '../../kit/secret.ts';
import type { Bank, Sending } from './bank.ts';
import { tradeOut } from './gateway.ts';

// A shop that answers late is told again after these pauses; then only a query finds the trade.
const pauses_ms = [2000, 5000, 15_000, 60_000, 300_000];

/** Sends notices until they are acknowledged or the pauses are used up. A restart goes on where the journal ends. */
export function startPostman(p: {
  bank: Bank;
  key: KeyObject;
  merchant: string;
  now: () => number;
  held: () => boolean;
}): { stop: () => void } {
  const underWay = new Set<string>();
  const round = (): void => {
    p.bank.tick();
    if (p.held()) return;
    for (const sending of p.bank.waiting()) {
      if (sending.dueAt > p.now() || underWay.has(sending.id)) continue;
      underWay.add(sending.id);
      void send(p, sending).finally(() => underWay.delete(sending.id));
    }
  };
  const timer = setInterval(round, 100);
  return { stop: () => clearInterval(timer) };
}

async function send(
  p: { bank: Bank; key: KeyObject; merchant: string; now: () => number },
  sending: Sending,
): Promise<void> {
  const trade = p.bank.trade(sending.tradeNo);
  const asked = trade && p.bank.view(trade.number);
  if (!trade || !asked) return p.bank.sent({ ...sending, state: 'given up' });
  const url = new URL(asked.notifyUrl);
  const body = JSON.stringify({
    merchant: p.merchant,
    status: 'SUCCESS',
    currency: 'CNY',
    trade: tradeOut(trade),
  });
  const headers = signedHeaders(p.key, {
    direction: 'notice',
    method: 'POST',
    path: url.pathname,
    timestamp: String(Math.floor(p.now() / 1000)),
    request: randomBytes(12).toString('hex'),
    body,
  });
  const acknowledged = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(5000),
  })
    .then(async (response) => response.status === 200 && (await response.text()) === 'success')
    .catch(() => false);
  const pause = pauses_ms[sending.tries];
  if (acknowledged) p.bank.sent({ ...sending, tries: sending.tries + 1, state: 'acknowledged' });
  else if (pause === undefined) p.bank.sent({ ...sending, tries: sending.tries + 1, state: 'given up' });
  else p.bank.sent({ ...sending, tries: sending.tries + 1, dueAt: p.now() + pause });
}
