import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { topupListing } from '../../test/listings.ts';
import type { ListingContent } from './content.contract.ts';
import { lint } from './lint.rules.ts';
import { topupGaps } from './topup.rules.ts';

const listing = topupListing() as unknown as ListingContent;
const [question] = listing.questions;
const variant = { ...listing.variants[0], id: '01900000-0000-7000-8000-000000000001' };
const changed = (parts: object): ListingContent => ({ ...listing, ...parts }) as ListingContent;
const faced = (faceValue: string | undefined, on = true) => ({ variants: [{ ...variant, faceValue, on }] });

test('a listing that fills accounts directly may go on sale when it says all it must', () => {
  deepEqual(lint(listing), []);
});

for (const [says, parts, field] of [
  ['nothing of the account', { topup: null }, 'topup'],
  ['no question for the account', { questions: [] }, 'questions'],
  ['the account is asked once only', { questions: [{ ...question, confirmTwice: false }] }, 'questions'],
  [
    'F029 more than 24 hours',
    { delivery: { mode: 'direct', within_seconds: 86_401 } },
    'delivery.within_seconds',
  ],
  ['several in one order', { limits: { perBuyer: null, perOrder: null } }, 'limits.perOrder'],
  ['F030 no way to check the arrival', { verification: '' }, 'verification'],
  ['no face value', faced(undefined), 'variants.0.faceValue'],
  [
    'a slow one that is no multiple of 100 yuan',
    { topup: { ...listing.topup, speed: 'slow' } },
    'variants.0.faceValue',
  ],
] as const)
  test(`refused for a direct top-up: ${says}`, () => {
    deepEqual(
      topupGaps(changed(parts)).map((gap) => gap.field),
      [field],
    );
  });

test('slow ones in steps of 100 yuan, variants that are off, and goods of other kinds are left alone', () => {
  const slow = { topup: { ...listing.topup, speed: 'slow' } };
  deepEqual(topupGaps(changed({ ...slow, ...faced('20000') })), []);
  deepEqual(
    topupGaps(
      changed({
        ...slow,
        variants: [
          { ...variant, faceValue: '20000', on: true },
          { ...variant, faceValue: '1', on: false },
        ],
      }),
    ),
    [],
  );
  deepEqual(
    topupGaps(changed({ delivery: { mode: 'automatic', within_seconds: 60 }, topup: null, questions: [] })),
    [],
  );
});
