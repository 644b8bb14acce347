import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { community } from '../text/community.ts';
import { fullDay } from '../text/format.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';
import { Official } from './help.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  return { ...(await found(api.community.lessons({}))), title: textIn(community, language)('learnTitle') };
}

export default function Learn() {
  const { lessons, passMark, badge } = useLoaderData<typeof loader>();
  const t = useText(community);
  const language = useLanguage();
  return (
    <>
      <header className="list-h">
        <h1>{t('learnTitle')}</h1>
        <p className="sub">{t('learnLead')}</p>
        {badge && (
          <p className="row">
            <Tag tone="ok" icon="check">
              {t('badge')}
            </Tag>
            <span className="mute">
              {t('badgeSince', { day: fullDay(badge.at, language), edition: badge.edition })}
            </span>
          </p>
        )}
      </header>
      <div className="two">
        <section className="card">
          <ol className="hits">
            {lessons.map((lesson, index) => (
              <li key={lesson.slug}>
                <span className="row">
                  <span className="mute">{t('lessonNo', { n: index + 1 })}</span>
                  <a href={paths.lesson(lesson.slug)}>{lesson.title[language]}</a>
                </span>
                <span className="mute">{t('minutes', { count: lesson.minutes })}</span>
              </li>
            ))}
          </ol>
        </section>
        <aside className="stack">
          <section className="card stack">
            <h2>{t('quizTitle')}</h2>
            <p className="mute">{t('quizLead', { mark: passMark })}</p>
            <p>
              <ButtonLink href={paths.quiz()}>{t('quizGo')}</ButtonLink>
            </p>
          </section>
          <Official />
        </aside>
      </div>
    </>
  );
}
