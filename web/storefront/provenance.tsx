import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { linkWords } from '../../src/delivery/provenance/contract.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { count, exact } from '../text/format.ts';
import { outside as words } from '../text/outside.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Note } from '../ui/Blank.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true, main: 'vw' };

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const one = await found(api.delivery.provenance({ tag: params['tag'] ?? '' }));
  return { one, title: textIn(words, language)('provenance') };
}

const tones = { valid: 'ok', pending: 'hold', invalid: 'bad' } as const;

/** What whoever scans the code of a unit sees: its chain, and whether it holds. */
export default function Provenance() {
  const { one } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { language } = useFrame();
  return (
    <>
      <p className="mute">{t('provenance')}</p>
      <h1>{t(`provenance_${one.verdict}`)}</h1>
      <p>
        <b>{one.title}</b> · {t('soldBy', { shop: one.shopName })}
      </p>
      {one.verdict === 'invalid' && <Note tone="bad">{t('provenanceBad')}</Note>}
      <ol className="lines card">
        {one.links.map((link) => (
          <li key={link.kind + link.at}>
            <b>{linkWords[link.kind][language]}</b>{' '}
            <Tag tone={tones[link.state]}>
              {link.logIndex === null ? t('logPending') : t('logAt', { index: count(link.logIndex) })}
            </Tag>
            <p className="sub">{exact(link.at, language)}</p>
          </li>
        ))}
      </ol>
      <p className={one.stock.state === 'valid' ? 'mute' : undefined}>
        {one.stock.state === 'valid'
          ? t('batch', { count: count(one.stock.batchSize) })
          : t('provenance_invalid')}
      </p>
      <p className="mute">{t('provenanceLead')}</p>
      <p className="mute">
        {t('logNow', { name: one.logName, count: count(one.logSize) })} · <a href={paths.verify()}>/verify</a>
      </p>
    </>
  );
}
