import type { ReactNode } from 'react';
import { useMatches, type UIMatch } from 'react-router';

/** The bar at the bottom of a phone page that asks for one decision: the sum, and its button. */
export const Dock = ({ sum, note, children }: { sum: ReactNode; note: ReactNode; children: ReactNode }) => (
  <div className="dock">
    <div className="p">
      <b>{sum}</b>
      <small>{note}</small>
    </div>
    {children}
  </div>
);

type Docked = { readonly dock?: (p: { data: never }) => ReactNode };

/** The bar that the page shown asks for in its `handle`, made from what its loader gave; undefined where it asks for none. */
export function usePageDock(): ReactNode | undefined {
  const match = (useMatches() as UIMatch<unknown, Docked | undefined>[]).at(-1);
  const PageDock = match?.handle?.dock;
  return PageDock && <PageDock data={match?.loaderData as never} />;
}
