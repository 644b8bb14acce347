import { paths, withQuery } from '../paths.ts';
import { common } from '../text/common.ts';
import { precedents } from '../text/precedents.ts';
import { risk } from '../text/risk.ts';
import { useFrame, useText } from '../text/use.ts';

export function Footer() {
  const t = useText(common);
  const p = useText(precedents);
  const r = useText(risk);
  const { viewer, demo } = useFrame();
  return (
    <footer className="foot">
      <div className="wrap">
        <a href={paths.rules()}>{t('rules')}</a>
        <a href={paths.verify()}>{t('verify')}</a>
        <a href={paths.precedents()}>{p('title')}</a>
        <a href={paths.trust()}>{p('trust')}</a>
        <a href={paths.penalties()}>{r('publishedTitle')}</a>
        <a href={paths.findOrder()}>{t('findOrder')}</a>
        <a href={paths.help()}>{t('help')}</a>
        <a href={paths.status()}>{t('status')}</a>
        {viewer.merchant && <a href={paths.merchant()}>{t('merchantConsole')}</a>}
        {viewer.operator && <a href={paths.operator()}>{t('operatorConsole')}</a>}
        <LanguageLink />
        <br />
        {t(demo ? 'footNoteDemo' : 'footNote')}
      </div>
    </footer>
  );
}

/** The same page in the other language: a link, and the server remembers the choice. */
export function LanguageLink() {
  const t = useText(common);
  const { language, path } = useFrame();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <a
      href={withQuery(path, { lang: other })}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      hrefLang={other === 'zh' ? 'zh-CN' : 'en'}
    >
      {t('otherLanguage')}
    </a>
  );
}
