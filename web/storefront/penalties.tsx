import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { measureStateWords, stepWords } from '../../src/risk/words.contract.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { fullDay } from '../text/format.ts';
import { risk as words } from '../text/risk.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  return {
    ...(await found(api.risk.published({}))),
    title: textIn(words, language)('publishedTitle'),
  };
}

/** Penalties against shops, for everybody (article 34). */
export default function Penalties() {
  const { penalties } = useLoaderData<typeof loader>();
  const t = useText(words);
  const language = useLanguage();
  return (
    <>
      <header className="list-h">
        <h1>{t('publishedTitle')}</h1>
        <p className="sub">
          <Rich text={t('publishedLead')} />
        </p>
      </header>
      {penalties.length === 0 && <Empty title={t('publishedNone')} />}
      <ul className="stack">
        {penalties.map((one, index) => (
          <li key={index} className="card stack">
            <div className="between">
              <h2>
                <a href={paths.shop(one.shopId)}>{one.shopName}</a> {stepWords[one.step][language]}
              </h2>
              <Tag tone={one.state === 'lifted' ? 'ok' : 'bad'}>{measureStateWords[one.state][language]}</Tag>
            </div>
            <p>{one.reasons}</p>
            <p className="mute">
              {fullDay(one.at, language)} <Rich text={one.articles.map((no) => `[[${no}]]`).join(' ')} />
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
