/** Words that stand for what could tell who somebody is. */
const covered = '▇▇▇';

/**
 * A text without what tells who wrote it: names that are known, e-mail addresses, numbers of seven digits and more that are no dates, addresses of the web. What
 * a party wrote about itself in plain words cannot be found by a machine; jurors promise to look away.
 */
export function withoutNames(text: string, names: readonly string[]): string {
  let plain = text;
  for (const name of names) if (name.length >= 2) plain = plain.replaceAll(name, covered);
  return plain
    .replaceAll(/https?:\/\/[\w./?=&%#~:-]+/gi, covered)
    .replaceAll(/[\w.+-]+@[\w-]+\.[\w.]+/g, covered)
    .replaceAll(
      /(\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2})?)|\d[\d -]{5,}\d/g,
      (_, date?: string) => date ?? covered,
    );
}

/** What of a case jurors read. */
export const sheetKinds: readonly string[] = [
  'claim',
  'demand',
  'offer',
  'refusal',
  'request',
  'arbitration',
  'decision',
];
