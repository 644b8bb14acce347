import type { LicenceTerms } from '../../catalog/licence.contract.ts';
import type { FileSystem } from '../../catalog/file.contract.ts';
import type { noKinds } from '../../catalog/kinds.contract.ts';
import type {
  DeliveryMode,
  GoodsKind,
  ListingContent,
  MembershipContent,
} from '../../catalog/content.contract.ts';

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
  /** Of a direct top-up: what is put into the account, in fen. */
  readonly faceValue?: number;
  /** Of a membership that the shop keeps: the term of this one. */
  readonly term?: MembershipContent['term'];
  /** Of a licence: how many days it is valid; without it for good. */
  readonly days?: number;
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
  /** Licences that the platform issues; keyFormat is null then. */
  readonly licence?: Omit<LicenceTerms, 'duration_days'>;
  readonly download?: { readonly url: string; readonly version: string };
  readonly realName?: 'none' | 'changeable';
  readonly noReason_days?: number;
  readonly response_hours?: number;
  readonly promises?: ListingContent['promises'];
  readonly elsewhere?: string;
  /** Fields that only its kind of goods has (questions, the form of a manual delivery, …). */
  readonly kinds?: Partial<Pick<ListingContent, keyof typeof noKinds>>;
  /** 直充: straight into somebody's account. */
  readonly topup?: ListingContent['topup'];
  /** Who issued the keys, where the platform can ask them. */
  readonly issuer?: string;
  /** The official page where it is used. */
  readonly site?: string;
  /** A file that the platform keeps; each item has its own. */
  readonly file?: {
    readonly version: string;
    readonly systems: readonly FileSystem[];
    readonly requires: string;
    readonly install: readonly string[];
    readonly ending: 'zip' | 'csv';
  };
  /** A membership that the shop keeps itself; each item has its own term. */
  readonly membership?: Omit<MembershipContent, 'term'>;
  readonly items: readonly Item[];
};
