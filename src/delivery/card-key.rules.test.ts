import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { instant, iso } from '../kit/time.ts';
import { cancelBy, confirmSealedAt, termsOf } from '../rules/terms.rules.ts';
import { autoConfirmAt, decideCancel, type Unit } from './card-key.rules.ts';

const unit = (parts: Partial<Unit>): Unit => ({
  shopId: 's',
  poolId: 'p',
  number: 1n,
  orderId: 'o',
  line: 1,
  state: 'sealed',
  deliveredAt: instant('2026-11-20T04:00:00.000Z'),
  revealedAt: null,
  decidedAt: null,
  reveals: 0,
  ...parts,
});
const seen = (revealedAt: string): Unit =>
  unit({ state: 'revealed', revealedAt: instant(revealedAt), reveals: 1 });

// Delivered (Beijing), cancelled until (24:00 Beijing is 16:00Z), why.
for (const [delivered, until, why] of [
  ['2026-11-20T04:00:00.000Z', '2026-11-27T16:00:00.000Z', 'a Friday: the next Friday'],
  ['2026-11-20T15:59:59.999Z', '2026-11-27T16:00:00.000Z', 'the last moment of that Friday'],
  ['2026-11-20T16:00:00.000Z', '2026-11-30T16:00:00.000Z', 'a Saturday: past the weekend to Monday'],
  ['2026-09-25T04:00:00.000Z', '2026-10-08T16:00:00.000Z', 'the seventh day is in the National Day holiday'],
] as const)
  test(`F020 a key delivered at ${delivered} can be cancelled until ${until}: ${why}`, () => {
    const [at, end] = [instant(delivered), instant(until)];
    equal(iso(cancelBy(at, '1.0.0')), until);
    equal(iso(confirmSealedAt(at, '1.0.0')), until);
    const ask = (now: number, state: 'delivered' | 'completed' = 'delivered') => {
      const answer = decideCancel(unit({ deliveredAt: at }), { state, rulebook: '1.0.0' }, instant(now));
      return answer.ok ? answer.value.state : answer.refusal;
    };
    equal(ask(end), 'withdrawn');
    equal(ask(end + 1), 'CANCEL_WINDOW_OVER');
    equal(ask(end, 'completed'), 'CANCEL_WINDOW_OVER');
  });

test('F020 F056 a shop that promised 15 days keeps 15 days, and one that promised 3 keeps the seven of the rulebook', () => {
  const at = instant('2026-11-20T04:00:00.000Z');
  const ask = (now: string, promised?: number) => {
    const answer = decideCancel(
      unit({ deliveredAt: at }),
      { state: 'delivered', rulebook: '1.0.0' },
      instant(now),
      promised,
    );
    return answer.ok ? answer.value.state : answer.refusal;
  };
  equal(
    ask('2026-12-07T15:59:59.999Z', 15),
    'withdrawn',
    'the fifteenth day is a Saturday: past it to Monday',
  );
  equal(ask('2026-12-07T16:00:00.001Z', 15), 'CANCEL_WINDOW_OVER');
  equal(ask('2026-11-27T15:59:59.999Z', 3), 'withdrawn');
  equal(
    iso(confirmSealedAt(at, '1.0.0', 15)),
    '2026-12-07T16:00:00.000Z',
    'and it confirms itself no earlier',
  );
  equal(iso(confirmSealedAt(at, '1.0.0', 3)), '2026-11-27T16:00:00.000Z');
});

test('F020 a key that was seen is not cancelled, and one that is not there is not found', () => {
  const order = { state: 'delivered', rulebook: '1.0.0' } as const;
  const now = instant('2026-11-20T05:00:00.000Z');
  const seenOne = decideCancel(seen('2026-11-20T04:30:00.000Z'), order, now);
  equal(!seenOne.ok && seenOne.refusal, 'UNIT_ALREADY_REVEALED');
  const none = decideCancel(undefined, order, now);
  equal(!none.ok && none.refusal, 'UNIT_NOT_FOUND');
});

test('an order of several keys confirms itself 24 hours after the last was seen, and not while one is unseen', () => {
  const terms = termsOf('1.0.0');
  const [first, second] = [seen('2026-11-20T05:00:00.000Z'), seen('2026-11-21T06:00:00.000Z')];
  equal(iso(autoConfirmAt([first, second], terms)), '2026-11-22T06:00:00.000Z');
  equal(iso(autoConfirmAt([first, unit({})], terms)), '2026-11-27T16:00:00.000Z');
});
