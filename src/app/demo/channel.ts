import { must } from '../../kit/assert.ts';
import type { Fen } from '../../kit/money.ts';
import { sha256 } from '../../kit/secret.ts';
import type { Instant } from '../../kit/time.ts';
import type { Db } from '../../kit/tx.ts';
import type { Channel, ChannelTrade } from '../../payments/channel.contract.ts';
import { receive, type IncomingAnswer } from '../../payments/notice.actions.ts';
import { paymentNumber, paymentOfNumber } from '../../payments/rules.ts';

/** The bank of the past: it answers like the sandbox channel, and remembers only as long as the past is being lived. */
export type PastBank = {
  readonly channel: Channel;
  /** Somebody pays at the cashier page, and the notice arrives. */
  pay(db: Db, p: { paymentId: string; amount: Fen }): Promise<void>;
  /** Money comes in under a number that is none of ours. */
  payStray(db: Db, p: { number: string; amount: Fen }): Promise<void>;
};

export function pastBank(): PastBank {
  const trades: ChannelTrade[] = [];
  const closed = new Set<string>();
  let made = 0;
  const tell = async (db: Db, number: string, amount: Fen): Promise<void> => {
    const at: Instant = db.wall.now();
    const trade: ChannelTrade = {
      tradeNo: `42${at}${String((made += 1)).padStart(6, '0')}`,
      number,
      amount,
      at,
    };
    trades.push(trade);
    const [answer] = await receive(db, [
      { kind: 'trade', headers: {}, news: { ...newsOf(trade), source: 'notice' } },
    ]);
    must<IncomingAnswer>(answer, 'a notice is answered');
  };
  return {
    channel: channelOf(trades, closed),
    pay: (db, p) => tell(db, paymentNumber(p.paymentId), p.amount),
    payStray: (db, p) => tell(db, p.number, p.amount),
  };
}

const name = 'sandbox';

const newsOf = (trade: ChannelTrade) => ({
  channel: name,
  tradeNo: trade.tradeNo,
  number: trade.number,
  paymentId: paymentOfNumber(trade.number),
  amount: trade.amount,
  channelAt: trade.at,
  proof: sha256([name, trade.tradeNo, trade.number, trade.amount, trade.at].join('\n')),
});

/** Opens, closes and refunds whatever it is asked to; nothing leaves this process. */
function channelOf(trades: readonly ChannelTrade[], closed: Set<string>): Channel {
  const tradesOf = (p: { number: string } | { tradeNo: string }) =>
    trades.filter((one) => ('number' in p ? one.number === p.number : one.tradeNo === p.tradeNo));
  const ok = async (): Promise<{ kind: 'ok' }> => ({ kind: 'ok' });
  return {
    name,
    zh: '演示收银台',
    en: 'Demo cashier',
    sandbox: true,
    acknowledgement: '',
    create: async (p) => ({ kind: 'ok', ref: `past-${p.number}`, payUrl: '' }),
    query: async (p) => {
      const found = tradesOf(p);
      const number = 'number' in p ? p.number : (found[0]?.number ?? null);
      const state = found.length > 0 ? 'paid' : number && closed.has(number) ? 'closed' : 'waiting';
      return { kind: 'ok', state, number, trades: found };
    },
    close: async (p) => {
      closed.add(p.number);
      return { kind: 'ok' };
    },
    refund: ok,
    refundQuery: async () => ({ kind: 'ok', state: 'absent', message: '' }),
    parseNotice: () => ({ verified: false, why: 'nobody sends notices to the past', headers: {} }),
    bill: async () => ({ kind: 'unknown', why: 'the past has no bill' }),
  };
}
