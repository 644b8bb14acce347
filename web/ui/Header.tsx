import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { useFrame, useText } from '../text/use.ts';
import { Icon } from './Icon.tsx';
import { Mark } from './Mark.tsx';
import { Search } from './Search.tsx';

export function Brand({ href = paths.home(), name, size }: { href?: string; name?: string; size?: number }) {
  const t = useText(common);
  return (
    <a className="brand" href={href}>
      <Mark {...(size ? { size } : {})} />
      <b>{name ?? t('brand')}</b>
    </a>
  );
}

/** The head of every page outside the consoles. Plain links: most of these pages have no JavaScript. */
export function Header({ q }: { q?: string | undefined }) {
  const t = useText(common);
  const { viewer } = useFrame();
  const messages = viewer.unread > 0 ? t('messagesUnread', { count: viewer.unread }) : t('messages');
  return (
    <header className="top">
      <div className="wrap">
        <Brand />
        <Search q={q} />
        <nav aria-label={t('mainNav')}>
          <a className="only-s" href={paths.search()} aria-label={t('search')}>
            <Icon name="search" size={22} />
          </a>
          <a href={paths.orders()} aria-label={t('myOrders')}>
            <Icon name="order" size={22} />
            <span className="txt">{t('myOrders')}</span>
          </a>
          <a href={paths.rules()} aria-label={t('rules')}>
            <Icon name="rule" size={22} />
            <span className="txt">{t('rules')}</span>
          </a>
          {viewer.signedIn ? (
            <a href={paths.messages()} aria-label={messages}>
              <Icon name="message" size={22} />
              <span className="txt">
                {t('messages')}
                {viewer.unread > 0 && ` ${viewer.unread}`}
              </span>
            </a>
          ) : (
            <a href={paths.login()} aria-label={t('logIn')}>
              <Icon name="person" size={22} />
              <span className="txt">{t('logIn')}</span>
            </a>
          )}
          {viewer.signedIn && (
            <a className="me" href={paths.account()} aria-label={t('mine')}>
              <Icon name="person" size={22} />
              <span className="txt">{viewer.name ?? t('mine')}</span>
            </a>
          )}
        </nav>
      </div>
    </header>
  );
}
