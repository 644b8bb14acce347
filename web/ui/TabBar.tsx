import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { useFrame, useText } from '../text/use.ts';
import { Icon, type IconName } from './Icon.tsx';

const tabs = [
  ['home', 'home', paths.home()],
  ['goods', 'tiles', paths.search()],
  ['orders', 'order', paths.orders()],
  ['mine', 'person', paths.account()],
] as const satisfies readonly (readonly [keyof typeof common, IconName, string])[];

/** The bottom bar of the phone. */
export function TabBar() {
  const t = useText(common);
  const { path } = useFrame();
  return (
    <nav className="tabbar" aria-label={t('bottomNav')}>
      {tabs.map(([key, icon, href]) => (
        <a key={key} href={href} aria-current={path === href ? 'page' : undefined}>
          <Icon name={icon} size={22} />
          {t(key)}
        </a>
      ))}
    </nav>
  );
}
