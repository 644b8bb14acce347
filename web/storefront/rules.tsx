import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { fullDay } from '../text/format.ts';
import { rulesText } from '../text/rules.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { PageHandle } from './frame.tsx';
import { RulesContents } from './RulesContents.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const q = (query.get('q') ?? '').trim().slice(0, 60);
  const { current } = await found(api.rules.list({}));
  const version = query.get('version') ?? current;
  const [book, hits] = await Promise.all([
    found(api.rules.read({ version })),
    q ? found(api.rules.search({ version, q })) : null,
  ]);
  const title = `${textIn(rulesText, language)('title')} · ${textIn(common, language)('brand')}`;
  return { book, q, hits: hits?.articles ?? null, pinned: version === current ? undefined : version, title };
}

export const meta = ({ loaderData }: { loaderData: { title: string } | undefined }) => [
  { title: loaderData?.title },
];

export default function Rules() {
  const { book, q, hits, pinned } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const c = useText(common);
  const language = useLanguage();
  const articles = hits ?? book.chapters.flatMap((chapter) => chapter.articles);
  return (
    <>
      <header className="list-h">
        <h1>{t('title')}</h1>
        <p className="sub">{t('lead')}</p>
        <form className="hs" role="search" action={paths.rules()}>
          <Icon name="search" />
          <input
            className="in"
            type="search"
            name="q"
            defaultValue={q}
            maxLength={60}
            aria-label={t('searchLabel')}
            placeholder={t('searchHint')}
          />
          <button className="btn" type="submit">
            {c('search')}
          </button>
        </form>
      </header>
      <div className="rl">
        <RulesContents chapters={book.chapters} version={pinned} />
        <div className="stack">
          {hits && <p className="sub">{t('found', { count: hits.length })}</p>}
          {articles.map((article) => (
            <Entry key={article.no} article={article} version={pinned} />
          ))}
          {hits?.length === 0 && (
            <Empty title={t('foundNone')} next={<ButtonLink href={paths.rules()}>{t('whole')}</ButtonLink>}>
              {t('foundNoneText')}
            </Empty>
          )}
        </div>
        <aside className="stack">
          <section className="card">
            <h3>{t('versionTitle')}</h3>
            <p className="mute">
              {t('versionText', {
                title: book.title[language],
                version: book.version,
                day: book.effectiveAt ? fullDay(book.effectiveAt, language) : '—',
              })}
            </p>
            <p className="mute mono mt-3">{t('fingerprint', { hash: book.sha256.slice(0, 16) })}</p>
            <p className="mute mt-3">{t('stillYours')}</p>
          </section>
        </aside>
      </div>
    </>
  );
}

function Entry({
  article,
  version,
}: {
  article: Answers['rules']['article']['article'];
  version: string | undefined;
}) {
  const t = useText(rulesText);
  const language = useLanguage();
  return (
    <section className="card">
      <h3>
        <a href={paths.article(article.no, version)}>{t('articleNo', { no: article.no })}</a>{' '}
        {article.title[language]}
      </h3>
      <p className="sub">{article.plain[language]}</p>
    </section>
  );
}
