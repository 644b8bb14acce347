import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { common } from '../text/common.ts';
import { textIn } from '../text/use.ts';
import type { PageHandle } from './frame.tsx';
import { chosenOf } from './listing.view.ts';
import { ListingBody, ListingDock } from './ListingBody.tsx';

export const handle: PageHandle = { static: true, dock: ListingDock };

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const product = await found(api.catalog.product({ listingId: params['listingId'] ?? '' }));
  const record = await found(api.risk.record({ shopId: product.shop.shopId }));
  const chosen = chosenOf(product, new URL(request.url).searchParams);
  // Keys come with the payment: there is nothing to measure.
  const kept =
    product.mode === 'pool' ? undefined : await found(api.delivery.promise({ listingId: product.listingId }));
  return { product, chosen, kept, record, title: `${product.title} · ${textIn(common, language)('brand')}` };
}

export const meta = ({ loaderData }: { loaderData: { product: { subtitle: string } } | undefined }) => [
  { name: 'description', content: loaderData?.product.subtitle },
];

export default function Listing() {
  const { product, chosen, kept, record } = useLoaderData<typeof loader>();
  return <ListingBody product={product} chosen={chosen} kept={kept} record={record} />;
}
