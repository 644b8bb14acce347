import type { DeliveryMode, GoodsKind, ListingContent } from '../../catalog/content.contract.ts';

export type ShopKey = 'songjian' | 'qinghe' | 'nanqiao' | 'tonghai' | 'guizhou' | 'shiguang';

/** What differs between the listings of a family beside label, price (fen) and note. */
export type Extra = {
  /** Wholesale: the quantities from which each costs a little less. */
  readonly from?: readonly number[];
  readonly perBuyer?: number;
  readonly perOrder?: number;
  /** Several face values in one listing. */
  readonly variants?: readonly (readonly [name: string, price: number])[];
  readonly activations?: number;
};
export type Item = readonly [label: string, price: number, note: string, extra?: Extra];

/** Listings of one invented brand: what is true of all of them, and one sentence of its own for each. */
export type Family = {
  readonly shop: ShopKey;
  readonly category: string;
  readonly goods: GoodsKind;
  readonly brand: string;
  readonly noun: string;
  readonly face: string;
  readonly colour: ListingContent['face']['colour'];
  readonly intro: string;
  readonly redeem: string;
  readonly verify: string;
  readonly binding: string;
  readonly devices: string;
  readonly validity: string;
  readonly keywords: readonly string[];
  /** null: nothing that is a key. */
  readonly keyFormat: ListingContent['keyFormat'];
  readonly mustConfirm?: boolean;
  readonly useWithin_hours?: number;
  readonly mode?: DeliveryMode;
  readonly within_seconds?: number;
  readonly activations?: number;
  readonly download?: { readonly url: string; readonly version: string };
  readonly realName?: 'none' | 'changeable';
  readonly noReason_days?: number;
  readonly response_hours?: number;
  readonly promises?: ListingContent['promises'];
  readonly elsewhere?: string;
  readonly items: readonly Item[];
};
