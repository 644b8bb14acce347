import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { community } from '../text/community.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Rich } from '../ui/Rich.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const lesson = await found(api.community.lesson({ lesson: params['lesson'] ?? '' }));
  return { lesson, title: `${lesson.title[language]} · ${textIn(common, language)('brand')}` };
}

export default function LessonPage() {
  const { lesson } = useLoaderData<typeof loader>();
  const t = useText(community);
  const language = useLanguage();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.learn(), label: t('learnTitle') }]} here={lesson.title[language]} />
      <article className="card stack">
        <h1>{lesson.title[language]}</h1>
        <div className="read">
          {lesson.text.map((paragraph, index) => (
            <p key={index}>
              <Rich text={paragraph[language]} />
            </p>
          ))}
        </div>
        <p className="row">
          {lesson.next ? (
            <ButtonLink href={paths.lesson(lesson.next.slug)}>
              {t('nextLesson', { title: lesson.next.title[language] })}
            </ButtonLink>
          ) : (
            <ButtonLink href={paths.quiz()}>{t('quizGo')}</ButtonLink>
          )}
        </p>
      </article>
    </>
  );
}
