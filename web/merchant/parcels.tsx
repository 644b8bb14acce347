import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { parcelStateWords } from '../../src/delivery/parcel/contract.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { deadline } from '../text/format.ts';
import { parcels } from '../text/parcels.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  return {
    ...(await found(api.parcels.toSend({ shopId: shop.id }))),
    title: textIn(parcels, language)('m_title'),
  };
}

export default function Parcels() {
  const { rows, title } = useLoaderData<typeof loader>();
  const t = useText(parcels);
  const { now, language } = useFrame();
  return (
    <>
      <header className="mh">
        <h1>{title}</h1>
        <p className="mute">{t('m_lead')}</p>
      </header>
      <section className="card">
        {rows.length === 0 && <Empty title={t('m_none')}>{t('m_noneText')}</Empty>}
        <ul className="hits">
          {rows.map((row) => (
            <li key={`${row.orderId} ${row.line}`}>
              <span className="row">
                <a href={paths.merchantParcel(row.orderId)}>
                  {row.title} × {row.quantity}
                </a>
                <Tag tone={row.state === 'refused' ? 'bad' : row.state === null ? 'hold' : undefined}>
                  {row.state === null
                    ? t('m_due', { time: deadline(row.promisedAt, now, language) })
                    : parcelStateWords[row.state][language]}
                </Tag>
              </span>
              <span className="mute mono">{row.tracking ?? row.orderId}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
