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

/** Every pair of texts in what a file exports, with its place, however deep. */
function pairsIn(value: unknown, path = ''): [string, Words][] {
  if (typeof value !== 'object' || value === null) return [];
  if ('zh' in value && typeof value.zh === 'string') return [[path, value as Words]];
  return Object.entries(value).flatMap(([key, item]) => pairsIn(item, path ? `${path}.${key}` : key));
}

const inItsOwnLanguage = new Set(['common.otherLanguage']);

test('texts cite the same articles in both languages, close their marks, and English texts hold no Chinese', async () => {
  assert.ok(areas.length >= 3, 'the areas were found');
  const wrong: string[] = [];
  for (const file of areas) {
    const module: unknown = { ...(await import(pathToFileURL(join(here, file)).href)) };
    for (const [path, pair] of pairsIn(module)) {
      wrong.push(...faults(pair).map((fault) => `${path}: ${fault}`));
      if (!inItsOwnLanguage.has(path) && /\p{Script=Han}/u.test(pair.en))
        wrong.push(`${path}: Chinese in the English text`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the rule of the texts fails on a lost citation and an open mark', () => {
  assert.deepEqual(faults({ zh: '可以申诉。[[5]]', en: 'You can dispute.' }), ['the citations differ']);
  assert.deepEqual(faults({ zh: '**退款', en: '**Refund**' }), ['a bold mark is not closed']);
  assert.deepEqual(faults({ zh: '**退款**[[5]]', en: '**Refund** [[5]]' }), []);
});
