import type { RouterContextProvider } from 'react-router';
import { page, signedIn } from '../page.server.ts';

/** For pages that a guest of this browser may see as well as an account: nobody else, who logs in first and comes back. */
export function loggedIn(context: Readonly<RouterContextProvider>, request: Request): void {
  if (page(context).viewer.userId === null) signedIn(context, request);
}
