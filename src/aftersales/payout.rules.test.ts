import { spread } from '../orders/losses.rules.ts';
import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fen, sumFen, type Fen } from '../kit/money.ts';
import { feeBack, madeWhole, planPayout } from './payout.rules.ts';
import { liable } from './words.contract.ts';

const none = { merchant: 0, buyer: 0, platform: 0, carrier: 0, issuer: 0 };
const amount = fc.bigInt({ min: 0n, max: 10n ** 9n }).map(fen);
const seed = { seed: 20261121, numRuns: 2000 };

test('F131 F135 the waterfall: the shares are the loss to the fen, nobody pays more than there is, and a later one pays only when the earlier are empty', () => {
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      amount,
      amount,
      amount,
      fc.nat(100),
      (loss, escrow, fee, available, deposit, insured, platform) => {
        const cover = { escrow, fee, available, deposit, insured };
        const liability = { ...none, merchant: 100 - platform, platform };
        const shares = planPayout(loss, cover, liability);
        const of = (source: string): bigint => shares.find((one) => one.source === source)?.amount ?? 0n;
        equal(sumFen(shares.map((one) => one.amount)), loss);
        equal(of('platform'), (loss * BigInt(platform)) / 100n);
        const order = ['escrow', 'fee', 'available', 'deposit', 'insurance'] as const;
        const most: Record<(typeof order)[number], Fen> = {
          escrow,
          fee,
          available,
          deposit,
          insurance: insured,
        };
        for (const [i, source] of order.entries()) {
          ok(of(source) <= most[source]);
          const later = [...order.slice(i + 1), 'fund'].some((one) => of(one) > 0n);
          if (later) equal(of(source), most[source], `${source} is empty before a later one pays`);
        }
      },
    ),
    seed,
  );
});

test('F139 what is paid is spread over the units to the fen, and never above what is left of one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ cap: amount, paid: amount }), { minLength: 1, maxLength: 40 }),
      fc.nat(1_000_000),
      (rows, part) => {
        const units = rows.map(({ cap, paid }, i) => ({
          place: i + 1,
          cap,
          paid: paid < cap ? paid : cap,
          gone: i % 7 === 6,
        }));
        const left = units.reduce((sum, unit) => sum + (unit.gone ? 0n : unit.cap - unit.paid), 0n);
        const give = fen((left * BigInt(part)) / 1_000_000n);
        equal(sumFen(spread(give, units).map((one) => one.amount)), give);
      },
    ),
    seed,
  );
});

test('I7 the fee goes back in step with the refunds of a settled line, in all exactly what it was', () => {
  fc.assert(
    fc.property(
      fc.array(amount, { minLength: 1, maxLength: 8 }),
      fc.bigInt({ min: 0n, max: 10_000n }),
      (parts, fee_bps) => {
        let before = 0n;
        let back = 0n;
        for (const loss of parts) {
          back += feeBack({ before: fen(before), loss, fee_bps });
          before += loss;
        }
        equal(back, (before * fee_bps) / 10_000n);
      },
    ),
    seed,
  );
});

test('an objection that was right gives the shop back what it paid itself, and takes off what it was made to owe', () => {
  const shares = [
    { source: 'escrow' as const, amount: fen(10_000n) },
    { source: 'deposit' as const, amount: fen(500n) },
    { source: 'fund' as const, amount: fen(300n) },
  ];
  deepEqual(madeWhole(shares, 200n), { available: 9_800n, deposit: 500n, receivable: 300n });
});

test('F212 every kind of party that can answer has a share, and nobody else', () =>
  deepEqual([...liable], ['merchant', 'buyer', 'platform', 'carrier', 'issuer']));
