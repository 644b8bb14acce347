import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';
import { paths } from '../paths.ts';

/** 〔第n条〕, a link to the article in the version that the order pinned; without one, in the version in force. */
export function Cite({ article, version }: { article: number | string; version?: string | undefined }) {
  const t = useText(common);
  return (
    <>
      {'\u2060'}
      <a className="cite" href={paths.article(article, version)} aria-label={t('citeLabel', { article })}>
        {t('cite', { article })}
      </a>
    </>
  );
}
