import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { aVersion } from '../../test/listings.ts';
import type { ListingContent } from './content.contract.ts';
import { fileShape, type FileContent } from './file.contract.ts';
import { lint } from './lint.rules.ts';
import { acksOf, isReady, orderModeOf } from './rules.ts';

const file: FileContent = {
  version: '5.1',
  systems: ['windows'],
  requires: 'Windows 10',
  install: ['解压缩'],
  downloads: 5,
  days: 30,
  from: 'platform',
  name: 'a.zip',
  size: 10,
  sha256: 'a'.repeat(64),
};
const download = (parts: Partial<ListingContent> = {}): ListingContent =>
  aVersion({ goods: 'download', keyFormat: null, useWithin_hours: null, verification: '', file, ...parts });

for (const [what, content, fields] of [
  ['states everything', download(), []],
  ['states no file, no address and no key', download({ file: null }), ['download', 'keyFormat']],
  ['has no file registered yet', download({ file: { ...file, sha256: '' } }), ['file.sha256']],
  ['does not name its file', download({ file: { ...file, name: '' } }), ['file.name']],
  [
    'does not say what the system must have',
    download({ file: { ...file, requires: '' } }),
    ['file.requires'],
  ],
  ['is for any system', download({ file: { ...file, systems: ['any'], requires: '' } }), []],
  ['names no device', download({ devices: '' }), ['devices']],
] as const)
  test(`F177 F178 F205 a download that ${what}: ${fields.length === 0 ? 'may go on sale' : `lacks ${fields.join(', ')}`}`, () =>
    deepEqual(
      lint(content).map((one) => one.field),
      [...fields],
    ));

test('F157 what stands in the steps of a download is read as every other sentence', () => {
  const [first] = lint(download({ file: { ...file, install: ['加我微信 abc12345 拿密码'] } }));
  equal(first?.field, 'file.install.0');
});

test('F140 a download is made for its order, delivered later, with a text of its own to tick', () => {
  deepEqual([orderModeOf(download()), isReady(download())], ['automatic', true]);
  deepEqual(acksOf(download()), ['digital-no-return-after-download', 'binding-rule']);
  equal(orderModeOf(download({ file: null, keyFormat: 'free' })), 'pool');
});

for (const [what, change] of [
  ['fewer than three downloads', { downloads: 2 }],
  ['fewer than thirty days', { days: 29 }],
  ['no step', { install: [] }],
  ['no system', { systems: [] }],
  ['a SHA-256 that is none', { sha256: 'abc' }],
] as const)
  test(`F140 a file with ${what} is no file of a listing`, () =>
    equal(fileShape.safeParse({ ...file, ...change }).success, false));
