import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { downloads as words } from '../text/downloads.ts';
import { textIn, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const { listings } = await found(api.downloads.listDownloads({ shopId: shop.id }));
  return { listings, title: textIn(words, language)('shopTitle') };
}

/** The downloads of the shop: what buyers get of each, and what waits for a correction. */
export default function Downloads() {
  const { listings } = useLoaderData<typeof loader>();
  const t = useText(words);
  return (
    <>
      <h1>{t('shopTitle')}</h1>
      <p className="sub">{t('shopLead')}</p>
      {listings.length === 0 ? (
        <Empty
          title={t('shopNone')}
          next={<ButtonLink href={paths.merchantNewListing()}>{t('shopNew')}</ButtonLink>}
        >
          {t('shopNoneText')}
        </Empty>
      ) : (
        <section className="card">
          <ul className="lines">
            {listings.map((one) => (
              <Row key={one.listingId} one={one} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Row({ one }: { one: Answers['downloads']['listDownloads']['listings'][number] }) {
  const t = useText(words);
  const file = one.origin === null ? t('fileNone') : t(`file_${one.origin}`, { version: one.version ?? '' });
  return (
    <li className="row justify-between">
      <span>
        <a href={paths.merchantDownload(one.listingId)}>{one.title}</a>
        <br />
        <span className="mute">{file}</span>
      </span>
      <span className="row">
        {one.origin === null && <Tag tone="bad">{t('fileNone')}</Tag>}
        {one.reach === 'dead' && <Tag tone="bad">{t('addressDead')}</Tag>}
        {one.open > 0 && <Tag tone="hold">{t('openCount', { count: one.open })}</Tag>}
        {one.waiting > 0 && <Tag tone="hold">{t('waitingCount', { count: one.waiting })}</Tag>}
      </span>
    </li>
  );
}
