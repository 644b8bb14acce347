import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { topics, topicWords } from '../../src/community/guides.contract.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { community } from '../text/community.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Empty, Note } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const q = (query.get('q') ?? '').trim().slice(0, 80);
  const topic = topics.find((one) => one === query.get('topic'));
  const help = await found(api.community.help({ q, ...(topic ? { topic } : {}) }));
  return { ...help, q, topic, title: textIn(community, language)('helpTitle') };
}

export default function Help() {
  const { q, topic, guides } = useLoaderData<typeof loader>();
  const t = useText(community);
  const c = useText(common);
  return (
    <>
      <header className="list-h">
        <h1>{t('helpTitle')}</h1>
        <p className="sub">{t('helpLead')}</p>
        <form className="hs" role="search" action={paths.help()}>
          <Icon name="search" />
          <input
            className="in"
            type="search"
            name="q"
            defaultValue={q}
            maxLength={80}
            aria-label={t('helpSearch')}
            placeholder={t('helpHint')}
          />
          <button className="btn" type="submit">
            {c('search')}
          </button>
        </form>
      </header>
      <div className="two">
        <div className="stack">
          <Guides />
          {(q || topic) && (
            <p>
              <a href={paths.help()}>{t('helpAll')}</a>
            </p>
          )}
          {guides.length === 0 && (
            <Empty
              title={t('helpNone')}
              next={<ButtonLink href={paths.callback()}>{t('chanCallGo')}</ButtonLink>}
            >
              {t('helpNoneText')}
            </Empty>
          )}
          <Channels />
        </div>
        <Beside />
      </div>
    </>
  );
}

/** The official way, the topics, and what else explains the shop. */
function Beside() {
  const { topic, counts } = useLoaderData<typeof loader>();
  const t = useText(community);
  const language = useLanguage();
  return (
    <aside className="stack">
      <Official />
      <nav className="card" aria-label={t('topics')}>
        <h3>{t('topics')}</h3>
        <ul className="hits">
          {counts.map((one) => (
            <li key={one.topic}>
              <a href={paths.help({ topic: one.topic })} aria-current={one.topic === topic || undefined}>
                {t('topicCount', { topic: topicWords[one.topic][language], count: one.count })}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p className="row">
        <ButtonLink kind="line" small href={paths.learn()}>
          {t('learnTitle')}
        </ButtonLink>
        <ButtonLink kind="line" small href={paths.rulesMap()}>
          {t('mapTitle')}
        </ButtonLink>
      </p>
    </aside>
  );
}

function Guides() {
  const { guides, q } = useLoaderData<typeof loader>();
  const t = useText(community);
  const language = useLanguage();
  if (guides.length === 0) return null;
  return (
    <section className="card" id="faq">
      {q && <p className="sub">{t('helpFound', { count: guides.length })}</p>}
      <ul className="hits">
        {guides.map((guide) => (
          <li key={guide.slug}>
            <span className="row">
              <a href={paths.guide(guide.slug)}>{guide.title[language]}</a>
              <Tag>{t(`kind_${guide.kind}`)}</Tag>
            </span>
            <span className="mute">{guide.excerpt?.[language] ?? guide.summary[language]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** F192: chat, a call, questions. */
function Channels() {
  const t = useText(community);
  return (
    <section>
      <h2>{t('channels')}</h2>
      <div className="chan">
        <article>
          <h3>{t('chanChat')}</h3>
          <p className="mute">{t('chanChatText')}</p>
          <p>
            <ButtonLink kind="line" small href={paths.conversations()} icon="message">
              {t('chanChatGo')}
            </ButtonLink>
          </p>
        </article>
        <article>
          <h3>{t('chanCall')}</h3>
          <p className="mute">{t('chanCallText')}</p>
          <p>
            <ButtonLink kind="line" small href={paths.callback()} icon="clock">
              {t('chanCallGo')}
            </ButtonLink>
          </p>
        </article>
        <article>
          <h3>{t('chanFaq')}</h3>
          <p className="mute">{t('chanFaqText')}</p>
          <p>
            <ButtonLink kind="line" small href={`${paths.help()}#faq`} icon="rule">
              {t('chanFaqGo')}
            </ButtonLink>
          </p>
        </article>
      </div>
    </section>
  );
}

/** The official way, said where people look for help (F130). */
export function Official() {
  const t = useText(community);
  return (
    <Note tone="hold">
      <b>{t('official')}</b> {t('officialText')}
    </Note>
  );
}
