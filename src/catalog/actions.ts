import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { canonicalJson, toJson } from '../kit/json.ts';
import { nextState } from '../kit/machine.ts';
import { fen } from '../kit/money.ts';
import { publish } from '../kit/outbox.ts';
import { encodeId } from '../kit/public-id.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { sha256 } from '../kit/secret.ts';
import type { Instant } from '../kit/time.ts';
import { send, type Tx } from '../kit/tx.ts';
import { recordNext } from '../evidence/actions.ts';
import { newListingsStopped } from '../risk/actions.ts';
import { pausedListings } from '../risk/pauses.actions.ts';
import { readVersions } from './offers.store.ts';
import type { ListingContent, ListingDraft } from './content.contract.ts';
import type { CatalogRefusal } from './contract.ts';
import { refusalOf } from './lint.rules.ts';
import { orderModeOf } from './rules.ts';
import { listingTable, type ListingEvent, type ListingState } from './machine.ts';
import { gramsOf, normalised } from './search.rules.ts';
import {
  dropMembers,
  dropVariants,
  insertListings,
  insertVersions,
  lockListings,
  putCards,
  putGroup,
  putMembers,
  putVariants,
  readNames,
  setNewest,
  setState,
  variantsOfListing,
  type CardRow,
} from './store.ts';

export type NewListing = {
  readonly shopId: string;
  readonly categoryId: string;
  readonly content: ListingDraft;
  readonly live: boolean;
  readonly byId: string;
};
export type Published = {
  readonly listingId: string;
  readonly version: number;
  readonly hash: string;
  readonly state: ListingState;
  readonly variantIds: readonly string[];
};
type Answer<T> = Result<T, CatalogRefusal>;

/**
 * Writes new listings with their first version, in the order given. One that is to be live must pass the lints (articles 8, 11, 12, 21);
 * a draft may still have gaps. A refused one leaves nothing and does not hinder the others.
 * Refuses CATEGORY_NOT_FOUND, VARIANT_NOT_FOUND, LISTING_NEW_STOPPED, LISTING_INCOMPLETE, LISTING_FORBIDDEN, LISTING_TERM_VOID, LISTING_CLAIM_REFUSED, LISTING_CONTACT_REFUSED.
 */
export async function createListings(tx: Tx, asked: readonly NewListing[]): Promise<Answer<Published>[]> {
  const names = await namesOf(tx, asked);
  const stopped = await newListingsStopped(
    tx,
    asked.filter((one) => one.live).map((one) => one.shopId),
  );
  const writes: Write[] = [];
  const answers = asked.map((one): Answer<Published> => {
    if (!names.has(one.categoryId)) return refuse('CATEGORY_NOT_FOUND');
    if (one.content.variants.some((variant) => variant.id !== null)) return refuse('VARIANT_NOT_FOUND');
    if (one.live && stopped.has(one.shopId)) return refuse('LISTING_NEW_STOPPED');
    const content = withIds(one.content, tx.wall);
    const refused = one.live ? refusalOf(content) : undefined;
    if (refused) return refused;
    const write = {
      ...one,
      listingId: newId(tx.wall),
      version: 1,
      content,
      hash: hashOf(content),
      state: one.live ? ('live' as const) : ('draft' as const),
    };
    writes.push(write);
    return done(publishedOf(write));
  });
  if (writes.length > 0) await writeNew(tx, writes, names);
  return answers;
}

/** One new listing; see `createListings`. */
export async function createListing(tx: Tx, asked: NewListing): Promise<Answer<Published>> {
  const [answer] = await createListings(tx, [asked]);
  return must(answer, 'one listing asked, one answer');
}

/**
 * Writes the next version of a listing; what was ordered keeps the version it was ordered at (article 10, F068). A price change is a version too.
 * Refuses LISTING_NOT_FOUND, LISTING_STATE_REFUSED (delisted), LISTING_CHANGED_MEANWHILE (`after` is not the newest), LISTING_UNCHANGED,
 * CATEGORY_NOT_FOUND, VARIANT_NOT_FOUND, and for a listing on sale all that the lints refuse.
 */
export async function publishVersion(
  tx: Tx,
  asked: {
    shopId: string;
    listingId: string;
    categoryId: string;
    content: ListingDraft;
    after: number;
    byId: string;
  },
): Promise<Answer<Published>> {
  const old = await lockOne(tx, asked);
  if (!old) return refuse('LISTING_NOT_FOUND');
  if (old.state === 'delisted') return refuse('LISTING_STATE_REFUSED', { state: old.state });
  if (old.version !== asked.after) return refuse('LISTING_CHANGED_MEANWHILE', { version: old.version });
  const names = await namesOf(tx, [asked]);
  if (!names.has(asked.categoryId)) return refuse('CATEGORY_NOT_FOUND');
  if (!(await ownVariants(tx, asked))) return refuse('VARIANT_NOT_FOUND');
  const content = withIds(asked.content, tx.wall);
  const hash = hashOf(content);
  if (hash.equals(old.hash) && asked.categoryId === old.categoryId) return refuse('LISTING_UNCHANGED');
  const refused = old.state === 'live' ? refusalOf(content) : undefined;
  if (refused) return refused;
  const write: Write = { ...asked, content, hash, version: old.version + 1, state: old.state };
  await writeVersions(tx, [write], names);
  send(
    tx,
    setNewest(tx, {
      shopId: asked.shopId,
      listingId: asked.listingId,
      version: write.version,
      categoryId: asked.categoryId,
    }),
    dropVariants(tx, {
      shopId: asked.shopId,
      listingId: asked.listingId,
      kept: content.variants.map((one) => one.id),
    }),
  );
  return done(publishedOf(write));
}

/**
 * Puts a listing on sale, suspends, resumes or delists it. Refuses LISTING_NOT_FOUND, LISTING_STATE_REFUSED, and where it would be on sale
 * LISTING_PAUSED, LISTING_NEW_STOPPED and all that the lints refuse.
 */
export async function changeListing(
  tx: Tx,
  asked: { shopId: string; listingId: string; event: ListingEvent; by: 'merchant' | 'operator' },
): Promise<Answer<{ listingId: string; state: ListingState }>> {
  const listing = await lockOne(tx, asked);
  if (!listing) return refuse('LISTING_NOT_FOUND');
  const state = nextState(listingTable, listing.state, asked.event, asked.by);
  if (!state) return refuse('LISTING_STATE_REFUSED', { state: listing.state });
  const refused = state === 'live' ? refusalOf(listing.content) : undefined;
  if (refused) return refused;
  if (state === 'live' && asked.by === 'merchant') {
    // A cause that is not the shop's wish is cured, not switched off (article 46).
    if ((await pausedListings(tx, [asked])).size > 0) return refuse('LISTING_PAUSED');
    if ((await newListingsStopped(tx, [asked.shopId])).size > 0) return refuse('LISTING_NEW_STOPPED');
  }
  send(tx, setState(tx, { shopId: asked.shopId, listingId: asked.listingId, state }));
  await publish(tx, [{ event: `listing.${state}`, about: [asked.listingId], shops: [asked.shopId] }]);
  return done({ listingId: asked.listingId, state });
}

/** Makes a price group of a shop, or changes it. The discount applies from the next purchase on. */
export async function savePriceGroup(
  tx: Tx,
  p: { shopId: string; id: string | null; name: string; discount_bps: number },
): Promise<{ id: string }> {
  const id = p.id ?? newId(tx.wall);
  await putGroup(tx, { ...p, id });
  return { id };
}

/** Puts people into a price group; `groupId` null takes them out of theirs. */
export async function setPriceGroup(
  tx: Tx,
  p: { shopId: string; groupId: string | null; userIds: readonly string[] },
): Promise<void> {
  if (p.groupId === null) await dropMembers(tx, p);
  else await putMembers(tx, { ...p, groupId: p.groupId });
}

type Write = {
  shopId: string;
  listingId: string;
  categoryId: string;
  version: number;
  content: ListingContent;
  hash: Buffer;
  state: ListingState;
  byId: string;
};

/** A listing, locked, with the content of its newest version. Read past what this process remembers: a version of this very transaction may yet be rolled back. */
async function lockOne(tx: Tx, p: { shopId: string; listingId: string }) {
  const [listing] = await lockListings(tx, { shopIds: [p.shopId], listingIds: [p.listingId] });
  if (!listing) return undefined;
  const [version] = await readVersions(tx, {
    shopIds: [p.shopId],
    listingIds: [p.listingId],
    versions: [listing.version],
  });
  const { content, hash } = must(version, 'a listing has its version');
  return { ...listing, content, hash };
}

const hashOf = (content: ListingContent): Buffer => sha256(canonicalJson(content));

const withIds = (draft: ListingDraft, wall: Instant): ListingContent => ({
  ...draft,
  variants: draft.variants.map((variant) => ({ ...variant, id: variant.id ?? newId(wall) })),
});

const publishedOf = (write: Write): Published => ({
  listingId: write.listingId,
  version: write.version,
  hash: write.hash.toString('hex'),
  state: write.state,
  variantIds: write.content.variants.map((one) => one.id),
});

async function namesOf(
  tx: Tx,
  asked: readonly { shopId: string; categoryId: string }[],
): Promise<Map<string, string>> {
  const rows = await readNames(tx, {
    categoryIds: [...new Set(asked.map((one) => one.categoryId))],
    shopIds: [...new Set(asked.map((one) => one.shopId))],
  });
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Every id in the draft is a variant of this listing, each once: another listing's variant would carry its pool along. */
async function ownVariants(
  tx: Tx,
  asked: { shopId: string; listingId: string; content: ListingDraft },
): Promise<boolean> {
  const ids = asked.content.variants.flatMap((variant) => (variant.id === null ? [] : [variant.id]));
  const own = await variantsOfListing(tx, asked);
  return new Set(ids).size === ids.length && ids.every((id) => own.some((row) => row.id === id));
}

async function writeNew(tx: Tx, writes: readonly Write[], names: ReadonlyMap<string, string>): Promise<void> {
  send(
    tx,
    insertListings(tx, {
      shopIds: writes.map((one) => one.shopId),
      ids: writes.map((one) => one.listingId),
      states: writes.map((one) => one.state),
      categoryIds: writes.map((one) => one.categoryId),
      at: tx.business,
    }),
  );
  await writeVersions(tx, writes, names);
}

async function writeVersions(
  tx: Tx,
  writes: readonly Write[],
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const variants = writes.flatMap((one) =>
    one.content.variants.map((variant, position) => ({
      ...variant,
      position,
      shopId: one.shopId,
      listingId: one.listingId,
    })),
  );
  send(
    tx,
    insertVersions(tx, {
      shopIds: writes.map((one) => one.shopId),
      listingIds: writes.map((one) => one.listingId),
      versions: writes.map((one) => one.version),
      contents: writes.map((one) => toJson(one.content)),
      hashes: writes.map((one) => one.hash),
      byIds: writes.map((one) => one.byId),
      at: tx.business,
    }),
    putVariants(tx, {
      shopIds: variants.map((one) => one.shopId),
      ids: variants.map((one) => one.id),
      listingIds: variants.map((one) => one.listingId),
      names: variants.map((one) => one.name),
      positions: variants.map((one) => one.position),
      states: variants.map((one) => (one.on ? 'live' : 'off')),
    }),
    putCards(tx, { rows: writes.map((one) => cardOf(one, names)) }),
  );
  await recordNext(tx, writes.map(snapshotOf));
  await publish(tx, [
    {
      event: 'listing.versioned',
      about: writes.map((one) => one.listingId),
      shops: writes.map((one) => one.shopId),
    },
  ]);
}

/** 商品描述 of 四固定: the version's hash stands in the public log, so that whoever has the text can check it (article 10). */
const snapshotOf = (write: Write) => ({
  shopId: write.shopId,
  about: write.listingId,
  kind: 'listing.snapshot',
  actor: `user:${write.byId}`,
  body: { listing: write.listingId, version: write.version, hash: write.hash.toString('hex') },
  keyOwner: null,
  publicFacts: {
    l: encodeId('listing', write.listingId),
    n: write.version,
    h: write.hash.toString('base64'),
  },
});

function cardOf(write: Write, names: ReadonlyMap<string, string>): CardRow {
  const { content } = write;
  const sold = content.variants.filter((one) => one.on);
  const prices = (sold.length > 0 ? sold : content.variants).map((one) => fen(one.price));
  const words = [
    content.title,
    content.subtitle,
    ...content.keywords,
    names.get(write.categoryId) ?? '',
    names.get(write.shopId) ?? '',
  ];
  const foundBy = normalised(words.join(' '));
  return {
    shopId: write.shopId,
    listingId: write.listingId,
    state: write.state,
    categoryId: write.categoryId,
    content,
    price_fen: prices.reduce((low, price) => (price < low ? price : low)),
    priceMax_fen: prices.reduce((high, price) => (price > high ? price : high)),
    variantIds: sold.map((one) => one.id),
    pooled: orderModeOf(content) === 'pool',
    foundBy,
    grams: gramsOf(foundBy),
  };
}
