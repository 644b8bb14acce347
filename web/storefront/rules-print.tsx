import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { fullDay } from '../text/format.ts';
import { rulesText } from '../text/rules.ts';
import { useLanguage, useText } from '../text/use.ts';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true, main: 'printed' };

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api } = page(context);
  const { current } = await found(api.rules.list({}));
  const version = new URL(request.url).searchParams.get('version') || current;
  const book = await found(api.rules.read({ version }));
  return { book, title: `VGSR ${book.version}` };
}

/** A whole version on paper: the binding text with its fingerprint, and nothing else. */
export default function Print() {
  const { book } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const language = useLanguage();
  return (
    <article>
      <p className="mute no-print">{t('printHow')}</p>
      <h1>{t('printTitle', { title: book.title[language], version: book.version })}</h1>
      <p>
        {book.effectiveAt
          ? t('effectiveOn', { day: fullDay(book.effectiveAt, language) })
          : t('draftNotBinding')}
      </p>
      <p className="mono wrap-anywhere">{t('printHash', { hash: book.sha256 })}</p>
      {language === 'en' && <p className="mute">{t('binding')}</p>}
      {book.chapters.map((chapter) => (
        <section key={chapter.title.zh}>
          <h2>{chapter.title[language]}</h2>
          {chapter.articles.map((article) => (
            <div key={article.no} className="printed-a">
              <h3>
                {t('articleNo', { no: article.no })} {article.title[language]}
              </h3>
              <p lang="zh-CN">{article.bold ? <b>{article.text}</b> : article.text}</p>
              {language === 'en' && <p>{article.plain.en}</p>}
              {article.law.length > 0 && (
                <p className="mute" lang="zh-CN">
                  {article.law.join('；')}
                </p>
              )}
            </div>
          ))}
        </section>
      ))}
    </article>
  );
}
