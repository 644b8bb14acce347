import { Canonical, canonicalJson } from '../kit/json.ts';
import { iso, type Instant } from '../kit/time.ts';
import type { Language } from '../kit/text.ts';
import type { NewLine, NewOrder } from '../orders/rules.ts';
import { answersSaid } from './answer.rules.ts';
import type { PricedLine, TickedText } from './rules.ts';

/**
 * What is fixed of an order in the moment it is made (四固定, VGSR article 23): the transaction with its price components, the listing
 * version by its hash, the platform's message with the texts that were shown and ticked (each by its hash; `checkout.texts` keeps the
 * words), and, for goods delivered at once, the delivery (numbers of sealed keys, never their content).
 *
 * Written as canonical JSON by hand, keys in their order, because it is the largest thing that a purchase writes; a test compares it with
 * canonicalJson.
 */
export function orderEvidence(p: {
  order: NewOrder;
  lines: readonly NewLine[];
  priced: readonly PricedLine[];
  ticked: readonly TickedText[];
  language: Language;
  at: Instant;
}): Canonical {
  const delivery = p.lines.filter((line) => line.numbers.length > 0).map(deliveryText);
  const listing = p.lines.map((line, i) => listingText(line, p.priced[i]));
  const texts = p.ticked.map(
    (one) =>
      `{"at":"${iso(one.at ?? p.at)}","hash":"${one.text.hash[one.language]}","name":"${one.text.name}"}`,
  );
  const answers = p.lines.map(
    (line, i) =>
      `{"answered":${canonicalJson(answersSaid(p.priced[i]?.answered ?? []))},"line":${line.number}}`,
  );
  const asked = p.priced.some((one) => one.answered.length > 0);
  return new Canonical(
    `{${asked ? `"answers":[${answers.join(',')}],` : ''}"delivery":[${delivery.join(',')}],"listing":[${listing.join(',')}],"message":{"from":"platform","language":"${p.language}","texts":[${texts.join(',')}]},"transaction":{"currency":"CNY","lines":[${p.lines.map(lineText).join(',')}],"paid":${p.order.paidAt !== null},"total":"${p.order.total}"}}`,
  );
}

const deliveryText = (line: NewLine): string =>
  `{"line":${line.number},"numbers":["${line.numbers.join('","')}"],"pool":"${line.poolId}","state":"sealed"}`;

const listingText = (line: NewLine, priced: PricedLine | undefined): string =>
  `{"hash":"${priced?.offer.versionHash ?? ''}","line":${line.number},"listing":"${line.listingId}","title":${canonicalJson(priced?.offer.title ?? '')},"version":${line.version}}`;

const lineText = (line: NewLine): string =>
  `{"components":${canonicalJson(line.components)},"line":${line.number},"price":"${line.price}","quantity":${line.quantity},"total":"${line.total}"}`;
