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

export const handle: PageHandle = { static: true };

type Article = Answers['rules']['article']['article'];

/** An article in the version of the address (an order's pinned one), else in the one in force. */
export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const { current } = await found(api.rules.list({}));
  const version = new URL(request.url).searchParams.get('version') ?? current;
  const [{ book, article }, { chapters }] = await Promise.all([
    found(api.rules.article({ version, no: params['article'] ?? '' })),
    found(api.rules.read({ version })),
  ]);
  const no = textIn(rulesText, language)('articleNo', { no: article.no });
  const title = `${no} ${article.title[language]} · ${textIn(common, language)('brand')}`;
  return { book, article, chapters, isCurrent: version === current, title };
}

export const meta = ({ loaderData }: { loaderData: { title: string } | undefined }) => [
  { title: loaderData?.title },
];

export default function ArticlePage() {
  const { book, article, chapters, isCurrent } = useLoaderData<typeof loader>();
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
            <Tag tone={isCurrent ? 'ok' : 'hold'}>{t(isCurrent ? 'inForce' : 'retired', { version })}</Tag>
            {book.effectiveAt && <Tag>{t('since', { day: fullDay(book.effectiveAt, language) })}</Tag>}
            {article.bold && <Tag tone="hold">{t('bold')}</Tag>}
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
        </article>
        <Aside article={article} />
      </div>
    </>
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
