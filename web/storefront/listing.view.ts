import type { FaceColour } from '../ui/Face.tsx';
import type { Right } from '../ui/RightsCard.tsx';

/** What the listing page draws. The loader makes it from the answer of the api. */
export type Variant = {
  readonly variantId: string;
  readonly name: string;
  readonly price_fen: string;
  readonly tiers: readonly { readonly from: number; readonly price_fen: string }[];
  readonly stock: number | null;
  /** Why it cannot be bought now. */
  readonly block: 'sold-out' | 'not-live' | null;
  readonly perOrder: number | null;
  readonly perBuyer: number | null;
  /** The largest quantity that one order can have now. */
  readonly max: number;
};

export type ListingFact = { readonly name: string; readonly value: string };

export type ListingView = {
  readonly listingId: string;
  readonly title: string;
  readonly description: string;
  readonly face: { readonly colour: FaceColour; readonly title: string; readonly subtitle: string };
  readonly version: number;
  readonly hash: string;
  readonly category: { readonly slug: string; readonly name: string };
  readonly shop: {
    readonly shopId: string;
    readonly name: string;
    readonly lines: readonly string[];
    readonly facts: readonly { readonly value: string; readonly text: string }[];
  };
  readonly tags: readonly { readonly tone?: 'ok'; readonly text: string }[];
  readonly variants: readonly Variant[];
  readonly facts: readonly ListingFact[];
};

export type ListingChosen = {
  readonly variant: Variant;
  readonly quantity: number;
  readonly unit_fen: string;
  readonly total_fen: string;
  readonly rights: readonly Right[];
};
