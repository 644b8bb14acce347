import clsx from 'clsx';

export const faceColours = ['pine', 'ochre', 'slate', 'moss', 'sky'] as const;
export type FaceColour = (typeof faceColours)[number];

/** The colour of a shop: the same for ever, because it follows from its id. */
export function faceColour(shopId: string): FaceColour {
  let sum = 0;
  for (const char of shopId) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return faceColours[sum % faceColours.length] as FaceColour;
}

/** 票面: the picture of a product without pictures. Decoration only: name and price stand beside it in words. */
export function Face({ name, line, colour, mini }: { name: string; line?: string | undefined; colour: FaceColour; mini?: boolean }) {
  return (
    <div className={clsx('face', `f-${colour}`, mini && 'mini')} aria-hidden="true">
      <b>{name}</b>
      <span>{line}</span>
    </div>
  );
}
