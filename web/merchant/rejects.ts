import type { LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { shopOf } from './shop.server.ts';

/** The rows that were not imported, with reason and cure, as a file. */
export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const file = await found(
    page(context).api.inventory.downloadRejects({ shopId: shop.id, importId: params['importId'] ?? '' }),
  );
  return new Response(file, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="rejects.csv"',
      'cache-control': 'no-store',
    },
  });
}
