/**
 * Words as a search compares them: compatibility forms folded, lower case, everything that is neither letter nor digit a single space.
 * Chinese has no spaces between words, so what is looked for is any run of characters.
 */
export const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The terms of a query: each must be found. At most eight, so that nobody can make a search expensive. */
export const termsOf = (query: string): string[] =>
  [...new Set(normalised(query).split(' ').filter(Boolean))].slice(0, 8);

/** Single characters and pairs of neighbours inside words: a GIN index over them narrows a search, LIKE on the text then decides. */
export function gramsOf(text: string): string[] {
  const grams = new Set<string>();
  for (const word of normalised(text).split(' ')) {
    const characters = [...word];
    characters.forEach((character, index) => {
      grams.add(character);
      const next = characters[index + 1];
      if (next !== undefined) grams.add(character + next);
    });
  }
  return [...grams];
}

/** The grams that everything a query finds must have: the pairs, and a single character where a term is only that. */
export function gramsAsked(terms: readonly string[]): string[] {
  const grams = new Set<string>();
  for (const term of terms) {
    const characters = [...term];
    if (characters.length === 1) grams.add(term);
    characters.slice(1).forEach((character, index) => grams.add((characters[index] ?? '') + character));
  }
  return [...grams];
}

/** A term as a LIKE pattern. After normalising it holds letters, digits and nothing that LIKE reads. */
export const patternOf = (term: string): string => `%${term}%`;
