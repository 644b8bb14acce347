import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../kit/ids.ts';
import { encodeId } from '../../kit/public-id.ts';
import { instant } from '../../kit/time.ts';
import { placeOf, placeText, soughtBy, tailOf } from './rules.ts';

const ids = Array.from({ length: 200 }, (_, n) => newId(instant(1_790_000_000_000 + n * 7919)));

test('the last six characters that people read out find the last 28 bits of a case', () => {
  for (const id of ids) equal(tailOf(encodeId('case', id).slice(-6)), id.slice(-7));
});

test('what is typed into the search of the desk is a case, its end, an order, or the name of a shop', () => {
  const [id = ''] = ids;
  deepEqual(soughtBy(encodeId('case', id)), { by: 'case', id });
  deepEqual(soughtBy(` ${encodeId('case', id).toUpperCase()} `), { by: 'case', id });
  deepEqual(soughtBy(encodeId('order', id)), { by: 'order', id });
  equal(soughtBy(encodeId('case', id).slice(-6))?.by, 'tail');
  deepEqual(soughtBy('松间'), { by: 'shop', name: '松间' });
  equal(soughtBy('   '), undefined);
});

test('a place in the queue is its own cursor, and one that is none of ours is the beginning', () => {
  const place = { due: instant(1_790_000_000_123), id: ids[3] ?? '' };
  deepEqual(placeOf(placeText(place)), place);
  for (const wrong of ['', 'x', '1.x', "1.' or 1=1", undefined]) equal(placeOf(wrong).due, 0);
});
