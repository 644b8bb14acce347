import { createContext } from 'react-router';
import type { Language } from '../kit/text.ts';
import type { Viewer } from '../kit/viewer.ts';

// The one server module that the web build imports (as '#context'). The server puts these values in before a page is
// asked for, and loaders and actions take them out. Nothing here may import anything that does work.

/**
 * The in-process caller of every public route, bound to this request: same checks and refusals as over HTTP.
 * Its type is put together from the contracts in web/api.ts, since nothing here may know the domains.
 */
export type Api = unknown;

/** The caller for a write whose form carries an idempotency key; null for a read. */
export type Caller = (idempotencyKey: string | null) => Api;

/** The two clocks of the request, in milliseconds. `demo` is true when the business clock may be moved. */
export type PageClock = { readonly business: number; readonly wall: number; readonly demo: boolean };

export const apiContext = createContext<Api>();
export const callerContext = createContext<Caller>();
/** Who looks at the page. Rights are checked by the api, never by a page. */
export const viewerContext = createContext<Viewer>();
/** How many messages the viewer has not read. */
export const unreadContext = createContext<number>(0);
export const languageContext = createContext<Language>('zh');
export const clockContext = createContext<PageClock>();
/** Every inline script of the page carries this, and the Content-Security-Policy names it. */
export const nonceContext = createContext<string>('');
/** Makes the hidden idempotency key of a form: a new one for every form that is shown. */
export const formKeyContext = createContext<() => string>();
/** The number that an error page shows and the log holds. */
export const requestIdContext = createContext<string>('');
