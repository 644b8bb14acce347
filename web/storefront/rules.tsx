import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { community } from '../text/community.ts';
import { deadline, fullDay } from '../text/format.ts';
import { rulesText } from '../text/rules.ts';
import { textIn, useFrame, useLanguage, useText } from '../text/use.ts';
import { Empty, Note } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { PageHandle } from './frame.tsx';
import { RulesContents } from './RulesContents.tsx';
import { Downloads, Schedule, Subscribe, VersionTag } from './RulesPieces.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, viewer, language } = page(context);
  const query = new URL(request.url).searchParams;
  const q = (query.get('q') ?? '').trim().slice(0, 60);
  const { books, current } = await found(api.rules.list({}));
  const version = query.get('version') ?? current;
  const [book, hits, subscription] = await Promise.all([
    found(api.rules.read({ version })),
    q ? found(api.rules.search({ version, q })) : null,
    viewer.userId && !viewer.guest ? found(api.rules.subscription({})) : null,
  ]);
  const title = `${textIn(rulesText, language)('title')} · ${textIn(common, language)('brand')}`;
  return {
    book,
    coming: books.filter((one) => one.state === 'consultation' || one.state === 'announced'),
    q,
    hits: hits?.articles ?? null,
    pinned: version === current ? undefined : version,
    subscription,
    title,
  };
}

export default function Rules() {
  const { book, q, hits, pinned, subscription } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const c = useText(common);
  const articles = hits ?? book.chapters.flatMap((chapter) => chapter.articles);
  return (
    <>
      <header className="list-h">
        <h1>{t('title')}</h1>
        <p className="sub">{t('lead')}</p>
        {pinned && (
          <p className="row">
            <VersionTag book={book} /> <a href={paths.rules()}>{t('readCurrent')}</a>
          </p>
        )}
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
          {pinned && <input type="hidden" name="version" value={pinned} />}
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
          <Coming />
          <ThisVersion />
          <Downloads book={book} />
          <Subscribe subscription={subscription} />
        </aside>
      </div>
    </>
  );
}

function ThisVersion() {
  const { book } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const m = useText(community);
  const language = useLanguage();
  return (
    <section className="card">
      <h3>{t('versionTitle')}</h3>
      <p className="mute">
        {t('versionText', {
          title: book.title[language],
          version: book.version,
          day: book.effectiveAt ? fullDay(book.effectiveAt, language) : '—',
        })}
      </p>
      <p className="mute mt-3">{t('stillYours')}</p>
      <p className="row mt-3">
        <ButtonLink kind="line" small href={paths.rulesVersions()}>
          {t('versions')}
        </ButtonLink>
        <ButtonLink kind="line" small href={paths.rulesCalendar()}>
          {t('calendar')}
        </ButtonLink>
        <ButtonLink kind="line" small href={paths.rulesMap()}>
          {m('mapTitle')}
        </ButtonLink>
      </p>
    </section>
  );
}

/** Versions that are discussed or will take effect: what they change, and until when one can say something. */
function Coming() {
  const { coming } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const { now, language } = useFrame();
  return coming.map((one) => (
    <section className="card" key={one.version}>
      <p className="row mb-3">
        <VersionTag book={one} />
      </p>
      <p>{one.reasons[language]}</p>
      {one.state === 'consultation' && one.consultUntil && (
        <Note tone="hold">{t('commentsUntil', { time: deadline(one.consultUntil, now, language) })}</Note>
      )}
      <Schedule book={one} />
      <p className="row mt-3">
        {one.state === 'consultation' && (
          <ButtonLink small href={paths.rulesComments(one.version)}>
            {t('commentTitle')}
          </ButtonLink>
        )}
        <ButtonLink kind="line" small href={paths.rulesChanges(one.version, one.base)}>
          {t('whatChanges')}
        </ButtonLink>
      </p>
    </section>
  ));
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
