import clsx from 'clsx';
import type { faceColours } from '../../src/catalog/content.contract.ts';

export type FaceColour = (typeof faceColours)[number];

/** 票面: the picture of a product without pictures. Decoration only: name and price stand beside it in words. */
export function Face({
  name,
  line,
  colour,
  mini,
}: {
  name: string;
  line?: string | undefined;
  colour: FaceColour;
  mini?: boolean;
}) {
  return (
    <div
      className={clsx('face', `f-${colour}`, mini && 'mini', [...name].length > 5 && 'long')}
      aria-hidden="true"
    >
      <b>{name}</b>
      <span>{line}</span>
    </div>
  );
}
