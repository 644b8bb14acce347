import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { fullDay } from '../text/format.ts';
import { rulesText } from '../text/rules.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';
import { RulesContents } from './RulesContents.tsx';
import { ParamChanges, Pieces, Schedule, VersionTag, type Change } from './RulesPieces.tsx';

export const handle: PageHandle = { static: true };

type Article = Answers['rules']['article']['article'];

/** An article in the version of the address (an order's pinned one), else in the one in force. */
export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const { books, current } = await found(api.rules.list({}));
  const version = new URL(request.url).searchParams.get('version') ?? current;
  const [{ book, article }, { chapters }] = await Promise.all([
    found(api.rules.article({ version, no: params['article'] ?? '' })),
    found(api.rules.read({ version })),
  ]);
  const no = textIn(rulesText, language)('articleNo', { no: article.no });
  const title = `${no} ${article.title[language]} · ${textIn(common, language)('brand')}`;
  const coming = books.find(
    (one) => one.version !== version && (one.state === 'consultation' || one.state === 'announced'),
  );
  const changes = coming
    ? await found(api.rules.diff({ version: coming.version, from: version }))
    : book.base
      ? await found(api.rules.diff({ version, from: book.base }))
      : null;
  const change = changes?.articles.find((one) => one.no === article.no) ?? null;
  return { book, article, chapters, isCurrent: version === current, changes, change, coming, title };
}

export default function ArticlePage() {
  const { book, article, chapters, isCurrent, changes, change, coming } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const language = useLanguage();
  const { version } = book;
  const no = t('articleNo', { no: article.no });
  const pinned = isCurrent ? undefined : version;
  const home = [{ href: paths.rules(), label: t('title') }];
  return (
    <>
      <Breadcrumbs trail={home} here={`${book.title[language]} / ${no}`} />
      <div className="rl">
        <RulesContents chapters={chapters} here={article.no} version={pinned} />
        <article className="art">
          <p className="row mb-3">
            <VersionTag book={book} />
            {book.effectiveAt && <Tag>{t('since', { day: fullDay(book.effectiveAt, language) })}</Tag>}
            {article.bold && <Tag tone="hold">{t('bold')}</Tag>}
            {coming && <VersionTag book={coming} />}
          </p>
          <h1>
            <span className="no">{no}</span> {article.title[language]}
          </h1>
          <p className="lawtext" lang="zh-CN">
            <Marked article={article} />
          </p>
          {language === 'en' && <p className="mute">{t('binding')}</p>}
          <div className="plain">
            <b>{t('plain')}</b>
            {article.plain[language]}
          </div>
          {article.examples.length > 0 && (
            <section className="mt-5">
              <h2>{t('exampleTitle')}</h2>
              <ul className="lines">
                {article.examples.map((one) => (
                  <li key={one.zh}>{one[language]}</li>
                ))}
              </ul>
            </section>
          )}
          {changes && change && <Changed change={change} from={changes.from} to={changes.to} />}
        </article>
        <Aside article={article} />
      </div>
    </>
  );
}

type Head = Answers['rules']['list']['books'][number];

/** What this article changes: both texts side by side, on the phone one above the other. */
function Changed({ change, from, to }: { change: Change; from: Head; to: Head }) {
  const t = useText(rulesText);
  const sides = [
    { book: from, pieces: change.pieces.filter((piece) => piece.kind !== 'added') },
    { book: to, pieces: change.pieces.filter((piece) => piece.kind !== 'removed') },
  ];
  return (
    <section className="mt-5">
      <h2 className="mb-3">{t('changeHere')}</h2>
      <div className="diff">
        {sides.map(({ book, pieces }) => (
          <article key={book.version}>
            <h4>
              <VersionTag book={book} />
            </h4>
            <p lang="zh-CN">
              <Pieces pieces={pieces} />
            </p>
          </article>
        ))}
      </div>
      <ParamChanges change={change} />
      <p className="mute mt-3">{t(to.ordersBefore === 'old_version' ? 'ordersOld' : 'ordersBetter')}</p>
      <Schedule book={to} />
      <p className="mt-3">
        <a href={paths.rulesChanges(to.version, from.version)}>{t('wholeComparison')}</a>
      </p>
    </section>
  );
}

/** The text with its numbers underlined, as they are the part that a deadline is made of. */
function Marked({ article }: { article: Article }) {
  const said = [...new Set(article.params.map((param) => param.said.zh))].filter((text) => text !== '');
  const places = said.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (places.length === 0) return article.text;
  return article.text
    .split(new RegExp(`(${places.sort((a, b) => b.length - a.length).join('|')})`))
    .map((piece, index) =>
      said.includes(piece) ? (
        <span className="p" key={index}>
          {piece}
        </span>
      ) : (
        piece
      ),
    );
}

const clockWords = { elapsed: 'clockElapsed', day: 'clockDay', workday: 'clockWorkday' } as const;

function Aside({ article }: { article: Article }) {
  const t = useText(rulesText);
  const language = useLanguage();
  const timed = article.params.filter((param) => param.clock !== null);
  return (
    <aside className="stack">
      {timed.length > 0 && (
        <section className="card">
          <h3>{t('numbers')}</h3>
          <Facts
            facts={timed.map((param) => ({
              name: <b className="num">{param.said[language]}</b>,
              value: t(clockWords[param.clock ?? 'elapsed']),
            }))}
          />
        </section>
      )}
      <section className="card">
        <h3>{t('law')}</h3>
        <ul className="mute" lang="zh-CN">
          {article.law.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
        <p className="mute mt-3">{t('stillYours')}</p>
      </section>
    </aside>
  );
}
