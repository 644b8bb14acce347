import { Fragment, type ReactNode } from 'react';
import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';

/** The way here: links, and at the end where you are. */
export function Breadcrumbs({
  trail,
  here,
}: {
  trail: readonly { href: string; label: ReactNode }[];
  here: ReactNode;
}) {
  const t = useText(common);
  return (
    <nav className="crumb" aria-label={t('crumbs')}>
      {trail.map((step) => (
        <Fragment key={step.href}>
          <a href={step.href}>{step.label}</a> /{' '}
        </Fragment>
      ))}
      <span aria-current="page">{here}</span>
    </nav>
  );
}
