import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths, safeNext, withQuery } from './paths.ts';

test('an address leaves empty values out and encodes the others', () => {
  assert.equal(paths.search('话费 50'), '/search?q=%E8%AF%9D%E8%B4%B9%2050');
  assert.equal(paths.search(''), '/search');
  assert.equal(withQuery('/c/cards', { sort: undefined, page: 2 }), '/c/cards?page=2');
  assert.equal(paths.category('a/b?c'), '/c/a%2Fb%3Fc');
});

test('after a login nobody is sent to another host', () => {
  assert.equal(safeNext('/orders?state=open'), '/orders?state=open');
  for (const bad of [
    null,
    '',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'orders',
  ])
    assert.equal(safeNext(bad), '/', String(bad));
});
