import { beijingDay, type Instant } from '../../kit/time.ts';

/** Sums and times are told as bands: an exact one would find the order. Bounds in fen and in hours. */
const bands = [
  ['under_50', 5_000n],
  ['50_200', 20_000n],
  ['200_1000', 100_000n],
] as const;
const spans = [
  ['hours', 24],
  ['days', 24 * 7],
] as const;
export const bandOf = (amount: bigint): string =>
  amount === 0n ? 'none' : (bands.find(([, below]) => amount < below)?.[0] ?? 'over_1000');
export const tookOf = (from: Instant, to: Instant): string =>
  spans.find(([, hours]) => to - from < hours * 3_600_000)?.[0] ?? 'weeks';
export const monthOf = (at: Instant): string => beijingDay(at).slice(0, 7);

/** Steps that settle a case, the one that did is the last of them. */
const settling: readonly string[] = [
  'pay_first',
  'agree',
  'accept',
  'silence_refund',
  'overdue',
  'finalise',
  'rule',
  'default',
  'repay',
  'perform',
];
export const settledBy = (events: readonly string[]): string =>
  events.findLast((event) => settling.includes(event)) ?? 'close';

export type Outcome = 'refund' | 'part_refund' | 'reissue' | 'perform' | 'none' | 'channel';
/** What came of it: of a refund whether it was all of what the units had cost. */
export function outcomeOf(kind: string, amount: bigint, price: bigint): Outcome {
  if (kind === 'refund') return amount < price ? 'part_refund' : 'refund';
  return kind === 'reissue' || kind === 'perform' || kind === 'channel' ? kind : 'none';
}

/** Articles in the order of their numbers, each once. */
export const articlesIn = (list: readonly string[]): string[] =>
  [...new Set(list)].filter((no) => /^\d{1,3}$/.test(no)).toSorted((a, b) => Number(a) - Number(b));

export type Leak = 'name' | 'contact' | 'number' | 'key' | 'copied';

const contact = /[\w.+-]+@[\w-]+\.[\w.]+|https?:|www\.|微信|weixin|wechat|\bqq\b|支付宝账|@[\w]{3,}/i;
const copiedFrom = 12;
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s，。、；：！？,.;:!?"“”'‘’()（）【】]/g, '');

/**
 * What in a summary could say who it was: a name or title of the case, a way to reach somebody, five digits in a row, a token like a key, or
 * twelve characters in a row that a party wrote. Dates and sums belong to bands, so they are numbers too.
 */
export function leaksIn(
  summary: string,
  known: { readonly names: readonly string[]; readonly said: readonly string[] },
): Leak[] {
  const text = summary.normalize('NFKC');
  const plain = bare(summary);
  const found = new Set<Leak>();
  // A part of a name tells as much as the whole: 青禾软件屋 of “青禾软件屋 激活码”.
  const names = known.names.flatMap((name) => [
    bare(name),
    ...name
      .split(/\s+/)
      .filter((part) => part.length > 2 && !/^\d+$/.test(part))
      .map(bare),
  ]);
  if (names.some((name) => name.length >= 2 && plain.includes(name))) found.add('name');
  if (contact.test(text)) found.add('contact');
  if (/\d{5,}/.test(text.replace(/[\s-]/g, ''))) found.add('number');
  if (/\b(?=[a-z-]*\d)(?=[\d-]*[a-z])[a-z0-9-]{6,}\b/i.test(text)) found.add('key');
  for (const one of known.said.map(bare))
    for (let at = 0; at + copiedFrom <= one.length; at += 1)
      if (plain.includes(one.slice(at, at + copiedFrom))) found.add('copied');
  return [...found];
}
