import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Words } from '../../src/kit/text.ts';

// That both languages are there, with the same values and in our voice, is held by test/tidy. Here: what only texts can get wrong.
const here = dirname(fileURLToPath(import.meta.url));
const code = new Set(['format.ts', 'language.ts', 'use.ts']);
const areas = globSync('*.ts', { cwd: here }).filter(
  (file) => !file.endsWith('.test.ts') && !code.has(basename(file)),
);

const citations = (text: string): string[] => [...(text.match(/\[\[\d+\]\]/g) ?? [])].sort();

function faults({ zh, en }: Words): string[] {
  const found: string[] = [];
  if (citations(zh).join() !== citations(en).join()) found.push('the citations differ');
  if (/区块链|blockchain/i.test(zh + en)) found.push('the log is not a blockchain');
  if ((zh.match(/\*\*/g) ?? []).length % 2 || (en.match(/\*\*/g) ?? []).length % 2)
    found.push('a bold mark is not closed');
  return found;
}

const inItsOwnLanguage = new Set(['otherLanguage']);

test('texts cite the same articles in both languages, close their marks, and English texts hold no Chinese', async () => {
  assert.ok(areas.length >= 3, 'the areas were found');
  const wrong: string[] = [];
  for (const file of areas) {
    const module = (await import(pathToFileURL(join(here, file)).href)) as Record<
      string,
      Record<string, Words>
    >;
    for (const [area, words] of Object.entries(module))
      for (const [key, pair] of Object.entries(words)) {
        wrong.push(...faults(pair).map((fault) => `${area}.${key}: ${fault}`));
        if (!inItsOwnLanguage.has(key) && /\p{Script=Han}/u.test(pair.en))
          wrong.push(`${area}.${key}: Chinese in the English text`);
      }
  }
  assert.deepEqual(wrong, []);
});

test('the rule of the texts fails on a lost citation and an open mark', () => {
  assert.deepEqual(faults({ zh: '可以申诉。[[5]]', en: 'You can dispute.' }), ['the citations differ']);
  assert.deepEqual(faults({ zh: '**退款', en: '**Refund**' }), ['a bold mark is not closed']);
  assert.deepEqual(faults({ zh: '**退款**[[5]]', en: '**Refund** [[5]]' }), []);
});
