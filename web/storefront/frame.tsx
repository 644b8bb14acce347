import { Outlet, useMatches, useSearchParams, type UIMatch } from 'react-router';
import { DemoBanner } from '../ui/DemoBanner.tsx';
import { Footer } from '../ui/Footer.tsx';
import { Header } from '../ui/Header.tsx';
import { TabBar } from '../ui/TabBar.tsx';

/** What a page may ask of the frame in its `handle`: a class for its main, and no bottom bar because it has one of its own. */
export type PageHandle = { readonly static?: boolean; readonly main?: string; readonly dock?: boolean };

/** Header, footer and bottom bar around every page outside the consoles. */
export default function StorefrontFrame() {
  const matches = useMatches() as UIMatch<unknown, PageHandle | undefined>[];
  const handle = matches.at(-1)?.handle;
  const [query] = useSearchParams();
  return (
    <>
      <DemoBanner />
      <Header q={query.get('q') ?? undefined} />
      <main id="main" className={handle?.main ? `wrap ${handle.main}` : 'wrap'}>
        <Outlet />
      </main>
      <Footer />
      {!handle?.dock && <TabBar />}
    </>
  );
}
