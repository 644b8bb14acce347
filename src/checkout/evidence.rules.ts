import { iso, type Instant } from '../kit/time.ts';
import type { Language } from '../kit/text.ts';
import type { NewLine, NewOrder } from '../orders/rules.ts';
import { answersSaid } from './answer.rules.ts';
import type { PricedLine, TickedText } from './rules.ts';

/**
 * What is fixed of an order in the moment it is made (四固定, VGSR article 23): the transaction with its price components, the listing
 * version by its hash, the platform's message with the texts that were shown and ticked, and, for goods delivered at once, the delivery
 * (numbers of sealed keys, never their content).
 */
export function orderEvidence(p: {
  order: NewOrder;
  lines: readonly NewLine[];
  priced: readonly PricedLine[];
  ticked: readonly TickedText[];
  language: Language;
  at: Instant;
}) {
  return {
    transaction: {
      total: p.order.total.toString(),
      currency: 'CNY',
      paid: p.order.paidAt !== null,
      lines: p.lines.map((line) => ({
        line: line.number,
        quantity: line.quantity,
        price: line.price.toString(),
        total: line.total.toString(),
        components: line.components,
      })),
    },
    ...(p.priced.some((one) => one.answered.length > 0)
      ? {
          answers: p.lines.map((line, i) => ({
            line: line.number,
            answered: answersSaid(p.priced[i]?.answered ?? []),
          })),
        }
      : {}),
    listing: p.lines.map((line, i) => ({
      line: line.number,
      listing: line.listingId,
      version: line.version,
      hash: p.priced[i]?.offer.versionHash ?? '',
      title: p.priced[i]?.offer.title ?? '',
    })),
    message: {
      from: 'platform',
      language: p.language,
      texts: p.ticked.map((one) => ({ at: iso(one.at ?? p.at), shown: one.text.piece[one.language] })),
    },
    delivery: p.lines
      .filter((line) => line.numbers.length > 0)
      .map((line) => ({
        line: line.number,
        pool: line.poolId,
        numbers: line.numbers.map(String),
        state: 'sealed',
      })),
  };
}
