import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { rulesText } from '../text/rules.ts';
import { useLanguage, useText } from '../text/use.ts';

type Chapters = Answers['rules']['read']['chapters'];
type Props = {
  chapters: Chapters;
  here?: string;
  /** Only when it is not the version in force. */ version?: string | undefined;
};

/** The contents beside an article; on the phone folded. Both are there, and the width shows one: no script opens it. */
export function RulesContents(props: Props) {
  const t = useText(rulesText);
  return (
    <>
      <nav className="toc desk-only" aria-label={t('contents')}>
        <Entries {...props} />
      </nav>
      <details className="toc phone-only">
        <summary>{props.here ? t('contentsHere', { no: props.here }) : t('contents')}</summary>
        <nav aria-label={t('contents')}>
          <Entries {...props} />
        </nav>
      </details>
    </>
  );
}

function Entries({ chapters, here, version }: Props) {
  const t = useText(rulesText);
  const language = useLanguage();
  return chapters.map((chapter) => (
    <section key={chapter.title.zh}>
      <h2>{chapter.title[language]}</h2>
      {chapter.articles.map((article) => (
        <a
          key={article.no}
          href={paths.article(article.no, version)}
          aria-current={article.no === here ? 'page' : undefined}
        >
          <span>{t('articleNo', { no: article.no })}</span>
          {article.title[language]}
        </a>
      ))}
    </section>
  ));
}
