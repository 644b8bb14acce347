import { must } from '../kit/assert.ts';
import { eventsOpenTo } from '../kit/machine.ts';
import { once } from '../kit/once.ts';
import { decodeId, encodeId } from '../kit/public-id.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, transaction, type Tx } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { changeListing, createListing, publishVersion } from './actions.ts';
import type { ListingContent, ListingDraft } from './content.contract.ts';
import { catalogContract, listingStates } from './contract.ts';
import { lint } from './lint.rules.ts';
import { listingTable, type ListingState } from './machine.ts';
import { changesBetween } from './rules.ts';
import { termsOf } from './search.rules.ts';
import { categoriesShown, countsSeenBy, listingsSeenBy, versionsSeenBy } from './views.ts';

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const versionsMax = 200;
/** A draft of a form may have variants without ids; the lints do not look at ids. */
const asContent = (draft: ListingDraft): ListingContent => ({
  ...draft,
  variants: draft.variants.map((one) => ({ ...one, id: one.id ?? '' })),
});
const eventsOf = (state: ListingState): string[] => eventsOpenTo(listingTable, state, 'merchant');
const by = (ctx: Context): string => must(ctx.viewer.userId, 'a shop route has a user');

/** A write of a merchant, once per idempotency key. */
const keyed = <T, R extends string>(
  ctx: Context,
  what: string,
  input: unknown,
  act: (tx: Tx) => Promise<Result<T, R>>,
) =>
  transaction(ctx.db, (tx) =>
    once(
      tx,
      { scope: `${by(ctx)}/${what}`, key: must(ctx.idempotencyKey, 'the route is keyed'), input },
      () => act(tx),
    ),
  );

export const catalogRoutes = {
  categories: serve(catalogContract.categories, async (ctx) => {
    const rows = await categoriesShown(await reader(ctx.db));
    return done({
      categories: rows.map(({ id, slug, icon, zh, en }) => ({ id, slug, icon, name: { zh, en } })),
    });
  }),

  myListings: serve(catalogContract.myListings, async (ctx, input) => {
    const before = input.cursor === undefined ? lastId : decodeId('listing', input.cursor);
    if (before === undefined) return refuse('CURSOR_INVALID');
    const on = await reader(ctx.db);
    const asked = {
      viewer: ctx.viewer,
      shopId: input.shopId,
      terms: termsOf(input.q ?? ''),
      state: input.state ?? null,
      before,
      limit: input.limit + 1,
    };
    const [rows, counts] = await Promise.all([listingsSeenBy(on, asked), countsSeenBy(on, asked)]);
    const shown = rows.slice(0, input.limit);
    const last = rows.length > input.limit ? shown.at(-1) : undefined;
    return done({
      listings: shown.map(({ price, ...row }) => ({ ...row, price_fen: price, events: eventsOf(row.state) })),
      counts: Object.fromEntries(
        listingStates.map((state) => [state, counts.find((row) => row.state === state)?.count ?? 0]),
      ) as Record<ListingState, number>,
      next: last ? encodeId('listing', last.id) : null,
    });
  }),

  myListing: serve(catalogContract.myListing, async (ctx, input) => {
    const [row] = await versionsSeenBy(await reader(ctx.db), { viewer: ctx.viewer, ...input, limit: 1 });
    if (!row) return refuse('LISTING_NOT_FOUND');
    const { content, state } = row;
    return done({
      id: input.listingId,
      state,
      version: row.version,
      hash: row.hash.toString('hex'),
      categoryId: row.categoryId,
      content,
      findings: lint(content),
      events: eventsOf(state),
    });
  }),

  check: serve(catalogContract.check, async (_, input) => done({ findings: lint(asContent(input.content)) })),

  create: serve(catalogContract.create, (ctx, input) =>
    keyed(ctx, 'listing.create', input, (tx) => createListing(tx, { ...input, byId: by(ctx) })),
  ),

  publishVersion: serve(catalogContract.publishVersion, (ctx, input) =>
    keyed(ctx, 'listing.version', input, (tx) => publishVersion(tx, { ...input, byId: by(ctx) })),
  ),

  versions: serve(catalogContract.versions, async (ctx, input) => {
    const rows = await versionsSeenBy(await reader(ctx.db), {
      viewer: ctx.viewer,
      ...input,
      limit: versionsMax + 1,
    });
    if (rows.length === 0) return refuse('LISTING_NOT_FOUND');
    return done({
      versions: rows.slice(0, versionsMax).map((row, index) => {
        const older = rows[index + 1];
        return {
          version: row.version,
          hash: row.hash.toString('hex'),
          at: row.at,
          changes: older ? changesBetween(older.content, row.content) : [],
        };
      }),
    });
  }),

  change: serve(catalogContract.change, (ctx, input) =>
    transaction(ctx.db, (tx) => changeListing(tx, { ...input, by: 'merchant' })),
  ),
};
