import { gramsOf, normalised, termsOf } from '../catalog/search.rules.ts';
import type { Words } from '../kit/text.ts';

export type Written = {
  readonly title: Words;
  readonly summary: Words;
  readonly body: Words;
};
export type Searchable = Written & { readonly slug: string; readonly topic: string; readonly reads: number };

/** How often each part of a guide tells more than its body does. */
const weights = [
  ['title', 6],
  ['summary', 3],
  ['body', 1],
] as const;

/** Pairs that stand in every question and tell nothing. */
const everyday = new Set(['怎么', '么办', '了怎', '我的', '请问', '什么', '可以', '以吗', '多少', '如何']);

/** What a query asks for, as pairs of neighbouring characters: Chinese has no spaces, and people write whole sentences. */
const pairsOf = (query: string): string[] => {
  const grams = gramsOf(query);
  const pairs = grams.filter((gram) => [...gram].length === 2);
  const telling = pairs.filter((pair) => !everyday.has(pair));
  return telling.length > 0 ? telling : pairs.length > 0 ? pairs : grams;
};

/**
 * Guides that answer a query, the best first (F187). A guide is found when it holds a fifth of what was asked, and of more than three
 * pairs two: so a sentence finds the guide that shares its words, and a word alone must be there. Both languages are searched.
 */
export function search<T extends Searchable>(guides: readonly T[], query: string): T[] {
  const asked = pairsOf(query);
  if (asked.length === 0) return [];
  const whole = termsOf(query);
  const scored = guides.flatMap((guide) => {
    let score = 0;
    const met = new Set<string>();
    for (const [part, weight] of weights) {
      const text = normalised(`${guide[part].zh} ${guide[part].en}`);
      for (const gram of asked)
        if (text.includes(gram)) {
          met.add(gram);
          score += weight;
        }
      for (const term of whole) if (term.length > 1 && text.includes(term)) score += weight * 4;
    }
    const enough = met.size * 5 >= asked.length && met.size >= (asked.length > 3 ? 2 : 1);
    return enough ? [{ guide, score: (score * met.size) / asked.length }] : [];
  });
  return scored
    .toSorted((a, b) => b.score - a.score || b.guide.reads - a.guide.reads)
    .map(({ guide }) => guide);
}

const excerptLength = 60;

/** The piece of a text around the first thing that was asked for, without marks; its beginning where nothing of it stands in the body. */
export function excerptOf(body: string, query: string): string {
  const plain = plainOf(body);
  const low = plain.toLowerCase();
  const places = [...termsOf(query), ...pairsOf(query)]
    .map((term) => low.indexOf(term))
    .filter((at) => at >= 0);
  const at = places[0] ?? 0;
  const from = Math.max(0, at - 16);
  const piece = plain.slice(from, from + excerptLength);
  return `${from > 0 ? '…' : ''}${piece}${from + excerptLength < plain.length ? '…' : ''}`;
}

export const plainOf = (body: string): string =>
  body
    .replaceAll('**', '')
    .replace(/\[\[\d+\]\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** What belongs to a guide: the same topic, the most read first, then the most read of all. The same for everybody, nothing is personal (F210). */
export function relatedTo<T extends Pick<Searchable, 'slug' | 'topic' | 'reads'>>(
  guides: readonly T[],
  slug: string,
  count = 4,
): T[] {
  const topic = guides.find((one) => one.slug === slug)?.topic;
  return guides
    .filter((one) => one.slug !== slug)
    .toSorted(
      (a, b) =>
        Number(b.topic === topic) - Number(a.topic === topic) ||
        b.reads - a.reads ||
        (a.slug < b.slug ? -1 : 1),
    )
    .slice(0, count);
}

export const isSame = (a: Written, b: Written): boolean =>
  (['title', 'summary', 'body'] as const).every(
    (part) => a[part].zh === b[part].zh && a[part].en === b[part].en,
  );

/** The words of those who sell help with claims, or lead people to them (F130). Spaces and marks inside them do not hide them. */
const touting: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['维权代理', /代理维权|维权代理|代维权|维权团队|维权律师团|专业维权|代(理)?申诉|申诉代办|代办申诉/],
  [
    '追款退款',
    /(包|保证?|帮|代)(你|您)?(追回|追款|退款|退费|要回)|追款(团队|平台|专员)|不成功不收费|先退后付/,
  ],
  [
    '站外联系',
    /(加|联系|咨询)(我|下面|下方)(的)?(微信|v信|vx|wx|qq|q群|飞机|tg|电报|whatsapp|telegram)|(微信|qq|vx|wx)号?[a-z0-9_]{5,}/,
  ],
  ['假冒客服', /(官方|平台|盟约)(的)?(退款|理赔|维权)(专员|客服|热线)(是|:|：|\d)/],
  [
    'recovery service',
    /\b(recover(y)? (your )?(money|funds?|refund)|chargeback (agent|service)|refund agent|no win no fee)\b/,
  ],
];

/** Why a post is held until somebody has looked at it; nothing for one that may be shown at once. */
export function heldFor(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase();
  const close = folded.replace(/[\s.,，。、·*_\-|/\\~!！?？"'“”‘’()（）【】[\]]+/gu, '');
  return touting.filter(([, pattern]) => pattern.test(folded) || pattern.test(close)).map(([name]) => name);
}
