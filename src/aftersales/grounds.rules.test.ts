import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, price } from '../../test/case-facts.ts';
import { fen, noFen } from '../kit/money.ts';
import { systemItems } from './binder.rules.ts';
import {
  approveOvercharge,
  legalRight,
  recounted,
  recountSaid,
  voucherIn,
  type Grounds,
} from './grounds.rules.ts';

const grounds = (parts: Partial<Grounds> = {}): Grounds => ({
  price: recounted(fen(9_750n), fen(9_500n)),
  bindingTold: false,
  proRata: null,
  trades: [{ number: '4200002626202611210001', amount: fen(9_750n) }],
  ...parts,
});

// What was bought (fen) and what the law gives on top for fraud.
for (const [paid, amount] of [
  [9_750n, 50_000n],
  [16_666n, 50_000n],
  [16_667n, 50_001n],
  [20_000n, 60_000n],
] as const)
  test(`F143 counterfeit goods for ${paid} fen: the law gives ${amount} on top`, () => {
    equal(legalRight(aCase({ reason: 'COUNTERFEIT' }), fen(paid))?.amount, amount);
  });

test('F143 only fraud brings it', () => {
  equal(legalRight(aCase({ reason: 'CARD_INVALID' }), price), null);
});

test('F007 a claim about the price gets the platform’s own recomputation and the difference, to the fen', () => {
  const one = aCase({ reason: 'PRICE_ERROR' });
  const [said] = recountSaid(one, grounds());
  deepEqual([said?.body.taken, said?.body.computed, said?.body.delta], [9_750n, 9_500n, 250n]);
  deepEqual(recountSaid(aCase({ reason: 'CARD_INVALID' }), grounds()), []);
  const [item] = systemItems({ case: one, units: [], checks: [], issuer: [], price: grounds().price });
  equal(item?.words.zh, '按下单时的商品版本重算应付 ¥95.00，实收 ¥97.50，多收 ¥2.50');
  equal(recounted(fen(9_000n), fen(9_500n)).delta, noFen, 'who paid less owes nothing');
});

test('F004 F175 a voucher is matched by its whole number, wherever it stands in the claim', () => {
  equal(voucherIn('多收了，交易单号 4200002626202611210001', grounds())?.amount, 9_750n);
  equal(voucherIn('420000262620261121000', grounds()), undefined);
});

const overcharged = aCase({ reason: 'OVERCHARGE' });
const named = { claim: '单号 4200002626202611210001', paidByWallet: false, refundable: price };
for (const [says, one, p, amount] of [
  ['with its voucher', overcharged, { ...named, grounds: grounds() }, 250n],
  [
    'paid out of the wallet',
    overcharged,
    { ...named, claim: '', paidByWallet: true, grounds: grounds() },
    250n,
  ],
  ['without a voucher', overcharged, { ...named, claim: '', grounds: grounds() }, undefined],
  ['with somebody else’s voucher', overcharged, { ...named, grounds: grounds({ trades: [] }) }, undefined],
  [
    'where the price was right',
    overcharged,
    { ...named, grounds: grounds({ price: recounted(fen(9_500n), fen(9_500n)) }) },
    undefined,
  ],
  ['where less is left', overcharged, { ...named, refundable: fen(100n), grounds: grounds() }, 100n],
  ['under another reason', aCase({ reason: 'PRICE_ERROR' }), { ...named, grounds: grounds() }, undefined],
] as const)
  test(`F175 an overcharge of 250 fen ${says}: ${amount ?? 'somebody looks at it'}`, () => {
    equal(approveOvercharge(one, p)?.award?.amount, amount);
  });
