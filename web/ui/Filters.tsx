import type { ReactNode } from 'react';

export type FilterLink = {
  readonly href: string;
  readonly label: ReactNode;
  readonly count?: ReactNode;
  readonly on: boolean;
};

/** Chips that narrow a list: each is an address. */
export const Filters = ({ label, links }: { label: string; links: readonly FilterLink[] }) => (
  <Links className="filters" label={label} links={links} />
);

/** Parts of one thing, each with its own address. */
export const Tabs = ({ label, links }: { label: string; links: readonly FilterLink[] }) => (
  <Links className="tabs" label={label} links={links} />
);

function Links({
  className,
  label,
  links,
}: {
  className: string;
  label: string;
  links: readonly FilterLink[];
}) {
  return (
    <nav className={className} aria-label={label}>
      {links.map((link) => (
        <a key={link.href} href={link.href} aria-current={link.on ? 'true' : undefined}>
          {link.label}
          {link.count !== undefined && <em>{link.count}</em>}
        </a>
      ))}
    </nav>
  );
}
