import type { ReactNode } from 'react';
import { Outlet, useMatches, useSearchParams, type UIMatch } from 'react-router';
import { DemoBanner } from '../ui/DemoBanner.tsx';
import { usePageDock } from '../ui/Dock.tsx';
import { Footer } from '../ui/Footer.tsx';
import { Header } from '../ui/Header.tsx';
import { TabBar } from '../ui/TabBar.tsx';

/** What a page may ask of the frame in its `handle`. */
export type PageHandle = {
  /** Sent without any script. */
  readonly static?: boolean;
  /** A class for its main. */
  readonly main?: string;
  /** Its own bar at the bottom of the phone instead of the usual one, made from what its loader gave. */
  readonly dock?: (p: { data: never }) => ReactNode;
};

/** Header, footer and bottom bar around every page outside the consoles. */
export default function StorefrontFrame() {
  const matches = useMatches() as UIMatch<unknown, PageHandle | undefined>[];
  const match = matches.at(-1);
  const main = match?.handle?.main;
  const dock = usePageDock();
  const [query] = useSearchParams();
  return (
    <>
      <DemoBanner />
      <Header q={query.get('q') ?? undefined} />
      <main id="main" className={main ? `wrap ${main}` : 'wrap'}>
        <Outlet />
      </main>
      <Footer />
      {dock ?? <TabBar />}
    </>
  );
}
