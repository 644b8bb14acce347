import { sha256 } from '../kit/secret.ts';
import type { Language } from '../kit/text.ts';
import type { ListingContent } from '../catalog/content.contract.ts';
import { acknowledgementsOf, type Acknowledgement } from '../catalog/rules.ts';

/** A text to confirm, with the hash of each language as it is shown, so that a later edit cannot pass for what was ticked (F020, F176). */
export type ShownText = Acknowledgement & {
  readonly hash: { readonly zh: string; readonly en: string };
};

const hashOf = (one: Acknowledgement, language: Language): string =>
  sha256(`${one.name}\n${one.title[language]}\n${one.text[language]}`).toString('base64url');

// Content is immutable, so its texts are worked out once.
const shown = new WeakMap<ListingContent, readonly ShownText[]>();

/** What the buyer of this version confirms, each by itself, never ticked beforehand (VGSR articles 8, 19, 20; Consumer Law art. 25). */
export function textsOf(content: ListingContent): readonly ShownText[] {
  const known = shown.get(content);
  if (known) return known;
  const texts = acknowledgementsOf(content).map((one) => ({
    ...one,
    hash: { zh: hashOf(one, 'zh'), en: hashOf(one, 'en') },
  }));
  shown.set(content, texts);
  return texts;
}

/** In which language a text was ticked, by its hash; undefined when it is another text. */
export function languageTicked(text: ShownText, hash: string): Language | undefined {
  if (hash === text.hash.zh) return 'zh';
  return hash === text.hash.en ? 'en' : undefined;
}
