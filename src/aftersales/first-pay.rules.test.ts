import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, noon, price } from '../../test/case-facts.ts';
import { fen, noFen } from '../kit/money.ts';
import { plus } from '../kit/time.ts';
import {
  decideFirstPay,
  instrumentOf,
  verify,
  type Facts,
  type FirstPayFacts,
  type Taken,
  type UnitFacts,
} from './first-pay.rules.ts';

const unit = (parts: Partial<UnitFacts> = {}): UnitFacts => ({
  usage: null,
  revealedAt: noon,
  metAt: null,
  ...parts,
});
const facts = (parts: Partial<Facts> = {}): Facts => ({
  units: [unit()],
  download: null,
  line: null,
  shop: { lastActAt: noon, openedAt: noon, missed: 0 },
  ...parts,
});
const used = facts({ units: [unit({ usage: 'before_reveal' })] });
const earlier = plus(noon, { hours: -1 });
const later = plus(noon, { hours: 1 });
const came = (hours: number, refunded = 0n): Facts =>
  facts({
    line: {
      promisedAt: noon,
      deliveredAt: plus(noon, { hours }),
      total: fen(10_000n),
      refunded: fen(refunded),
    },
  });
const key = aCase();
const link = aCase({ reason: 'NO_DOWNLOAD', goods: 'download' });
const late = aCase({ reason: 'TOPUP_DELAY', goods: 'topup', asked: fen(200n) });
const gone = aCase({ reason: 'MERCHANT_UNREACHABLE' });
const dead = { reach: 'dead', used: 0 } as const;
const silentSince = (hours: number, missed: number): Facts =>
  facts({ shop: { lastActAt: plus(noon, { hours: -hours }), openedAt: earlier, missed } });

for (const [says, one, known, trigger] of [
  ['used before delivery', key, facts({ units: [unit({ usage: 'before_delivery' })] }), 'used_before'],
  ['used between delivery and reveal', key, used, 'used_before'],
  ['used after the reveal', key, facts({ units: [unit({ usage: 'after_reveal' })] }), undefined],
  ['used at no known time', key, facts({ units: [unit({ usage: 'used_sometime' })] }), undefined],
  ['nobody answered, though presumed', aCase({ presumed: true }), facts(), undefined],
  ['one of two keys verified', key, facts({ units: [unit({ usage: 'before_reveal' }), unit()] }), undefined],
  [
    'found at another shop before the reveal',
    key,
    facts({ units: [unit({ metAt: earlier })] }),
    'sold_twice',
  ],
  ['found at another shop after the reveal', key, facts({ units: [unit({ metAt: later })] }), undefined],
  [
    'one used, one found elsewhere',
    key,
    facts({ units: [unit({ usage: 'before_reveal' }), unit({ metAt: earlier })] }),
    'sold_twice',
  ],
  ['a dead link, never fetched', link, facts({ download: dead }), 'dead_link'],
  ['a dead link, fetched before', link, facts({ download: { ...dead, used: 1 } }), undefined],
  ['a link that only seems slow', link, facts({ download: { reach: 'unclear', used: 0 } }), undefined],
  [
    'a dead link, and the buyer wants a new one',
    aCase({ ...link, remedy: 'perform' }),
    facts({ download: dead }),
    undefined,
  ],
  ['two hours late', late, came(2), 'late'],
  ['in time', late, came(0), undefined],
  ['two hours late, compensated already', late, came(2, 200n), undefined],
  ['two hours late, asking for everything', aCase({ ...late, asked: price }), came(2), undefined],
  ['a shop silent for 72 hours that missed three limits', gone, silentSince(72, 3), 'unreachable'],
  ['a shop silent for 71 hours', gone, silentSince(71, 3), undefined],
  ['a shop silent for long that missed two limits', gone, silentSince(500, 2), undefined],
  [
    'another reason, though the shop is gone',
    aCase({ reason: 'FEATURE_REDUCED' }),
    silentSince(500, 9),
    undefined,
  ],
] as const)
  test(`F131 ${says}: ${trigger ?? 'nothing is verified'}`, () => {
    equal(verify(one, known, noon)?.trigger, trigger);
  });

const free = { firstPay: 'usual', parallelMax: null } as const;
const taken = (kind: Taken['kind'], sum: bigint, count: number): Taken => ({ kind, sum: fen(sum), count });
const verified = verify(key, used, noon);
for (const [says, parts, expected] of [
  ['verified and within all caps', {}, 'pay_first'],
  ['not verified', { verified: undefined }, 'not_verified'],
  ['above the cap for one', { refundable: fen(50_001n), case: aCase({ asked: fen(50_001n) }) }, 'over_once'],
  ['the fourth of a person in a day', { taken: [taken('identity', 0n, 3)] }, 'over_day'],
  ['the fourth on one device', { taken: [taken('identity', 0n, 0), taken('device', 0n, 3)] }, 'over_day'],
  ['the fourth of one payment instrument', { taken: [taken('instrument', 0n, 3)] }, 'over_day'],
  ['above the sum of a person', { taken: [taken('identity', 90_251n, 1)] }, 'over_day'],
  ['exactly the sum of a person', { taken: [taken('identity', 90_250n, 1)] }, 'pay_first'],
  ['many by others', { taken: [taken('all', 100_000n, 400)] }, 'pay_first'],
  ['above what the platform pays first in a day', { taken: [taken('all', 4_999_000n, 4)] }, 'over_day'],
  ['after the shop refused', { case: aCase({ state: 'refused' }) }, 'wrong_state'],
  ['nothing left', { refundable: noFen }, 'wrong_state'],
  ['a measure took the fast way away', { limits: { firstPay: 'off', parallelMax: null } }, 'restricted'],
  [
    'a measure leaves one at once, and one is open',
    { limits: { firstPay: 'limited', parallelMax: 1 }, openNow: 1 },
    'restricted',
  ],
  [
    'a measure leaves one at once, and none is open',
    { limits: { firstPay: 'limited', parallelMax: 1 } },
    'pay_first',
  ],
] as const)
  test(`F102 F131 paid first when ${says}: ${expected}`, () => {
    const all: FirstPayFacts = {
      case: key,
      verified,
      refundable: price,
      now: noon,
      taken: [],
      instrument: 'wallet',
      limits: free,
      openNow: 0,
      ...parts,
    };
    const decided = decideFirstPay(all);
    equal(typeof decided === 'string' ? decided : decided.event, expected);
  });

test('F131 the result says whether the instrument that paid is known, or only this one payment of it', () => {
  deepEqual(instrumentOf(key, null, undefined), { known: 'wallet', key: `wallet:${key.buyerId}` });
  deepEqual(instrumentOf(key, 'p1', 'ab'), { known: 'payer', key: 'payer:ab' });
  deepEqual(instrumentOf(key, 'p1', undefined), { known: 'payment_only', key: 'payment:p1' });
  const facts = { case: key, verified, refundable: price, now: noon, taken: [], limits: free, openNow: 0 };
  for (const instrument of ['wallet', 'payer', 'payment_only'] as const) {
    const decided = decideFirstPay({ ...facts, instrument });
    equal(typeof decided === 'string' ? decided : decided.says?.[0]?.body['instrument'], instrument);
  }
});
