import clsx from 'clsx';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

/** A measured fact in words. ok = proved, hold = money or a clock, bad = failed. */
export function Tag({
  tone,
  icon,
  children,
}: {
  tone?: 'ok' | 'hold' | 'bad' | undefined;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <span className={clsx('tag', tone)}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </span>
  );
}
