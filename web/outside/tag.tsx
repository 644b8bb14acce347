import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { loggedIn } from '../buyer/loggedIn.server.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { outside as words } from '../text/outside.ts';
import { textIn, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';

export const handle: PageHandle = { dock: () => null };

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const [orderId, unit] = [params['orderId'] ?? '', params['unit'] ?? ''];
  const made = await found(api.delivery.makeTag({ orderId, unit, site: new URL(request.url).origin }));
  return { ...made, orderId, unit, title: textIn(words, language)('qrTitle') };
}

/** The code of one unit, drawn by the server. */
export default function TagPage() {
  const { svg, path, orderId, unit, title } = useLoaderData<typeof loader>();
  const t = useText(words);
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.order(orderId), label: t('back') }]} here={title} />
      <h1>{title}</h1>
      <p className="sub">{t('qrLead')}</p>
      <p>
        <img
          src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`}
          alt={t('qrFor', { unit })}
          width={260}
          height={260}
        />
      </p>
      <p>
        <a href={path}>{t('qrOpen')}</a> <span className="mono">{path}</span>
      </p>
    </>
  );
}
