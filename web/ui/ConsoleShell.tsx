import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';
import { LanguageLink } from './Footer.tsx';
import { Brand } from './Header.tsx';
import { Icon, type IconName } from './Icon.tsx';

export type ConsoleLink = {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  readonly count?: number;
  readonly end?: boolean;
};

/** 控制台: a side bar of 208 px and the rest; on the phone the same links fold out under 菜单. */
export function ConsoleShell({
  name,
  home,
  links,
  children,
}: {
  name: string;
  home: string;
  links: readonly ConsoleLink[];
  children: ReactNode;
}) {
  const t = useText(common);
  const list = links.map((link) => (
    <NavLink key={link.href} to={link.href} end={link.end ?? false}>
      <Icon name={link.icon} size={18} />
      {link.label}
      {link.count ? <em>{link.count}</em> : null}
    </NavLink>
  ));
  return (
    <div className="desk">
      <aside className="side">
        <Brand href={home} name={name} size={26} />
        <nav aria-label={t('consoleNav')}>{list}</nav>
        <details className="only-s menu">
          <summary className="btn line s">{t('menu')}</summary>
          <nav aria-label={t('consoleNav')}>
            {list}
            <LanguageLink />
          </nav>
        </details>
        <p className="side-foot">
          <a href="/">{t('home')}</a>
          <LanguageLink />
        </p>
      </aside>
      <main id="main" className="main">
        {children}
      </main>
    </div>
  );
}
