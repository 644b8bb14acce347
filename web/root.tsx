import type { ReactNode } from 'react';
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteLoaderData,
  type LoaderFunctionArgs,
} from 'react-router';
import { clockContext, languageContext, requestIdContext, unreadContext, viewerContext } from '#context';
import { common } from './text/common.ts';
import { htmlLang } from './text/language.ts';
import { textIn, type Frame } from './text/use.ts';
import { ErrorPanel } from './ui/Blank.tsx';
import { ButtonLink } from './ui/Button.tsx';
import { Footer } from './ui/Footer.tsx';
import { Header } from './ui/Header.tsx';
import { paths } from './paths.ts';
import './ui/app.css';

export function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = context.get(viewerContext);
  const clock = context.get(clockContext);
  const url = new URL(request.url);
  url.searchParams.delete('lang');
  return {
    language: context.get(languageContext),
    viewer: {
      name: viewer.name,
      signedIn: viewer.userId !== null && !viewer.guest,
      merchant: viewer.shops.length > 0,
      operator: viewer.staff.length > 0,
      unread: context.get(unreadContext),
    },
    now: clock.business,
    wall: clock.wall,
    demo: clock.demo,
    path: url.pathname + url.search,
    requestId: context.get(requestIdContext),
  } satisfies Frame;
}

/** Pages whose route says `handle = { static: true }` are sent without any script: they are links and forms. */
const isStatic = (handle: unknown): boolean => (handle as { static?: boolean } | undefined)?.static === true;

/** What a page's loader calls `title` is its title; an error page has none of its own. */
const titleOf = (given: unknown): string | undefined => (given as { title?: string } | undefined)?.title;

export function Layout({ children }: { children: ReactNode }) {
  const frame = useRouteLoaderData('root') as Frame | undefined;
  const language = frame?.language ?? 'zh';
  const matches = useMatches();
  const still = matches.some((match) => isStatic(match.handle));
  return (
    <html lang={htmlLang[language]}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        <title>{titleOf(matches.at(-1)?.loaderData) ?? textIn(common, language)('brand')}</title>
        <Meta />
        <Links />
      </head>
      <body>
        <a className="skip" href="#main">
          {textIn(common, language)('skip')}
        </a>
        {children}
        {!still && (
          <>
            <ScrollRestoration />
            <Scripts />
          </>
        )}
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** Every error page says what happened, whether the money is safe, what to do, and the number to tell us. */
export function ErrorBoundary({ error }: { error: unknown }) {
  const frame = useRouteLoaderData('root') as Frame | undefined;
  const t = textIn(common, frame?.language ?? 'zh');
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const said =
    isRouteErrorResponse(error) && error.data && typeof error.data === 'object' && 'message' in error.data
      ? String(error.data.message)
      : undefined;
  const kind = status === 404 ? 'notFound' : status >= 500 ? 'fail' : 'refused';
  return (
    <>
      <Header />
      <main id="main" className="wrap">
        <ErrorPanel
          title={t(`${kind}Title`)}
          what={kind === 'refused' ? (said ?? t('refusedTitle')) : t(`${kind}What`)}
          safe={t(`${kind}Money`)}
          todo={t(`${kind}Do`)}
          number={kind === 'fail' ? frame?.requestId : undefined}
          next={
            <>
              <ButtonLink href={paths.home()}>{t('goHome')}</ButtonLink>
              <ButtonLink href={paths.findOrder()} kind="line">
                {t('findOrder')}
              </ButtonLink>
            </>
          }
        />
      </main>
      <Footer />
    </>
  );
}
