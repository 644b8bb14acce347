import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Words } from '../../src/kit/text.ts';

const here = dirname(fileURLToPath(import.meta.url));
const code = new Set(['format.ts', 'language.ts', 'use.ts']);
const areas = globSync('*.ts', { cwd: here }).filter((file) => !file.endsWith('.test.ts') && !code.has(basename(file)));

const marks = (text: string): string[] => [...(text.match(/\{\w+\}|\[\[\d+\]\]/g) ?? [])].sort();

/** What is wrong with a pair of texts; nothing when they say the same in two languages. */
function faults({ zh, en }: Words): string[] {
  const found: string[] = [];
  if (!zh.trim() || !en.trim()) found.push('one language is missing');
  if (JSON.stringify(marks(zh)) !== JSON.stringify(marks(en))) found.push('the values or citations differ');
  if (/[!！]/.test(zh + en)) found.push('an exclamation mark');
  if (/您|亲，/.test(zh)) found.push('not our voice');
  if (/区块链|blockchain/i.test(zh + en)) found.push('the log is not a blockchain');
  return found;
}

const sameInBoth = new Set(['otherLanguage']);

test('every text of the pages is there in both languages, with the same values and citations', async () => {
  assert.ok(areas.length >= 3, 'the areas were found');
  const wrong: string[] = [];
  for (const file of areas) {
    const module = (await import(pathToFileURL(join(here, file)).href)) as Record<string, Record<string, Words>>;
    for (const [area, words] of Object.entries(module))
      for (const [key, pair] of Object.entries(words)) {
        wrong.push(...faults(pair).map((fault) => `${area}.${key}: ${fault}`));
        if (!sameInBoth.has(key) && /\p{Script=Han}/u.test(pair.en)) wrong.push(`${area}.${key}: Chinese in the English text`);
      }
  }
  assert.deepEqual(wrong, []);
});

test('the rule of the texts fails on a missing language, a lost value and a shout', () => {
  assert.deepEqual(faults({ zh: '还剩 {count} 张', en: '' }), ['one language is missing', 'the values or citations differ']);
  assert.deepEqual(faults({ zh: '还剩 {count} 张', en: 'some left' }), ['the values or citations differ']);
  assert.deepEqual(faults({ zh: '已经退款！', en: 'Refunded' }), ['an exclamation mark']);
  assert.deepEqual(faults({ zh: '还剩 {count} 张', en: '{count} left' }), []);
});
