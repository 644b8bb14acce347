import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { instant } from '../../kit/time.ts';
import type { Exhibit } from '../rules.ts';
import {
  canAnnotate,
  canComment,
  entered,
  eventOf,
  faultOf,
  fingerprintOf,
  lacking,
  layerHash,
  modeOf,
  weightOf,
  within,
  worded,
  type ShownFile,
} from './rules.ts';
import { isHidden } from './page.rules.ts';

const file = (type = 'image/png', n = 1): ShownFile => ({
  id: `0190000${n}`,
  sha256: Buffer.alloc(32, n),
  name: 'a.png',
  type,
  source: 'upload',
  formedAt: null,
});
const words = (parts: Partial<Exhibit> = {}): Exhibit => ({
  kind: 'fail_screen',
  caption: '',
  text: '授权码不存在',
  formedAt: null,
  ...parts,
});

for (const [what, one, fault] of [
  ['words alone', words(), undefined],
  ['a code alone', words({ text: '', code: 'E404' }), undefined],
  ['nothing at all', words({ kind: 'other', text: '' }), 'EXHIBIT_EMPTY'],
  [
    'a picture of a failure without its code or words',
    words({ text: '', file: file() }),
    'EXHIBIT_CODE_MISSING',
  ],
  ['a picture of a failure with its code', words({ text: '', code: 'E404', file: file() }), undefined],
  ['another picture without words', words({ kind: 'photos', text: '', file: file() }), undefined],
  ['a redacted copy of words', words({ redacted: file() }), 'REDACTION_UNFIT'],
  ['a copy of what somebody else showed', words({ file: file(), redactionOf: 2 }), 'REDACTION_UNFIT'],
  ['a copy of the own hidden exhibit', words({ file: file(), redactionOf: 1 }), undefined],
] as const)
  test(`F113: ${what} is ${fault ?? 'an exhibit'}`, () => equal(faultOf(one, [1]), fault));

test('F113: a key that does not work needs its failure page, unless the comparison or the issuer has spoken', () => {
  deepEqual(lacking('CARD_INVALID', [], []), ['fail_screen']);
  deepEqual(lacking('CARD_INVALID', [words({ kind: 'other' })], []), ['fail_screen']);
  deepEqual(lacking('CARD_INVALID', [words()], []), []);
  deepEqual(lacking('CARD_INVALID', [], ['s_check']), []);
  deepEqual(lacking('CARD_INVALID', [], ['s_issuer']), []);
  deepEqual(lacking('WRONG_SPEC', [], []), [], 'other scenes need none');
});

test('F026: a defect of goods needs a photo or a video; words are none', () => {
  const photo = (parts: Partial<Exhibit> = {}) => words({ kind: 'photos', ...parts });
  deepEqual(lacking('PHYS_DEFECT', [photo()], []), ['photos', 'video']);
  deepEqual(lacking('PHYS_DEFECT', [photo({ file: file('text/plain') })], []), ['photos', 'video']);
  deepEqual(lacking('PHYS_DEFECT', [photo({ file: file('image/jpeg') })], []), []);
  deepEqual(lacking('PHYS_DEFECT', [photo({ kind: 'video', file: file('video/mp4') })], []), []);
  deepEqual(lacking('PHYS_DEFECT', [photo()], ['s_check']), ['photos', 'video'], 'no machine sees a scratch');
});

test('an exhibit with a redacted copy is two: the original for the platform, the copy for everybody', () => {
  const [original, copy, ...more] = entered(words({ file: file(), redacted: file('image/png', 2) }), 4);
  equal(more.length, 0);
  deepEqual(
    [original?.audience, original?.redacted, original?.text],
    ['platform', undefined, '授权码不存在'],
  );
  deepEqual([copy?.audience, copy?.redactionOf, copy?.text, copy?.file?.sha256[0]], ['parties', 4, '', 2]);
  ok(isHidden({ audience: 'platform', by: 'buyer' }, 'merchant'));
  ok(!isHidden({ audience: 'platform', by: 'buyer' }, 'buyer'));
  ok(!isHidden({ audience: 'platform', by: 'buyer' }, 'staff'));
});

const hour = 3_600_000;
test('F074: when it happened, on whose word, and what it weighs by default', () => {
  const at = instant(100 * hour);
  const none = { formedAt: null, fileAt: null, claimedAt: null, at };
  deepEqual(eventOf({ ...none, formedAt: instant(hour), fileAt: instant(2 * hour) }), {
    eventAt: hour,
    eventBy: 'said',
  });
  deepEqual(eventOf({ ...none, fileAt: instant(2 * hour) }), { eventAt: 2 * hour, eventBy: 'file' });
  deepEqual(eventOf({ ...none, claimedAt: instant(3 * hour) }), { eventAt: 3 * hour, eventBy: 'claim' });
  deepEqual(eventOf(none), { eventAt: at, eventBy: 'claim' });
  deepEqual(
    eventOf({ ...none, formedAt: instant(200 * hour) }).eventAt,
    at,
    'nothing is shown before it happened',
  );
  deepEqual(
    [
      modeOf('fail_screen', 'recording'),
      modeOf('chat_screen', 'upload'),
      modeOf('photos', 'upload'),
      modeOf('photos', null),
    ],
    ['platform', 'off_platform', 'upload', 'upload'],
  );
  deepEqual(
    [
      weightOf('platform', 0),
      weightOf('upload', 24 * hour),
      weightOf('upload', 24 * hour + 1),
      weightOf('off_platform', 0),
    ],
    ['high', 'usual', 'low', 'low'],
  );
});

const open = { state: 'negotiation', endedAt: null } as const;
test('质证: a side speaks to what the other shows and it can see, three times, while the case is open', () => {
  const of = { case: open, side: 'merchant', by: 'buyer', count: 0, hidden: false } as const;
  ok(canComment(of).ok);
  const refusal = (p: Parameters<typeof canComment>[0]) => {
    const answer = canComment(p);
    return answer.ok ? 'done' : answer.refusal;
  };
  equal(refusal({ ...of, by: 'merchant' }), 'OWN_EXHIBIT');
  equal(refusal({ ...of, hidden: true }), 'EXHIBIT_NOT_FOUND');
  equal(refusal({ ...of, count: 3 }), 'COMMENTED_ENOUGH');
  equal(refusal({ ...of, case: { ...open, state: 'executed' } }), 'NOT_YOUR_TURN');
});

test('F079: a layer belongs to the side that shows it; its hash is bound to what lies below, which stays', () => {
  ok(canAnnotate({ case: open, side: 'buyer', by: 'buyer', count: 0 }).ok);
  ok(!canAnnotate({ case: open, side: 'merchant', by: 'buyer', count: 0 }).ok);
  deepEqual(
    within([
      { x: 900, y: 0, w: 400, h: 10 },
      { x: 1000, y: 0, w: 5, h: 5 },
    ]),
    [{ x: 900, y: 0, w: 100, h: 10 }],
  );
  const layer = { step: 1, caption: '看这里', areas: [{ x: 1, y: 2, w: 3, h: 4 }] };
  const hash = layerHash(fingerprintOf(words()), layer);
  ok(!hash.equals(layerHash(fingerprintOf(words({ text: '别的' })), layer)));
  ok(!hash.equals(layerHash(fingerprintOf(words()), { ...layer, step: 2 })));
  equal(worded(words({ text: '', code: 'E404' })).text, 'E404', 'a code alone is what the page says');
});
