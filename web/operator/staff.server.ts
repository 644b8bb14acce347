import { data, type RouterContextProvider } from 'react-router';
import { page, signedIn } from '../page.server.ts';

type Asked = { context: Readonly<RouterContextProvider>; request: Request };

/** Pages of the staff: for everybody else they are not there. The api decides again, role by role. */
export function asStaff({ context, request }: Asked) {
  signedIn(context, request);
  const { viewer } = page(context);
  if (viewer.staff.length === 0) throw data({ code: 'NOT_FOUND', message: '' }, { status: 404 });
  return {
    admin: viewer.staff.includes('admin'),
    support: viewer.staff.some((role) => role === 'admin' || role === 'support'),
    cases: viewer.staff.some((role) => role === 'admin' || role === 'support' || role === 'arbitrator'),
    rules: viewer.staff.some((role) => role === 'admin' || role === 'risk' || role === 'support'),
    riskDesk: viewer.staff.some((role) => role === 'admin' || role === 'risk'),
    finance: viewer.staff.some((role) => role === 'admin' || role === 'finance'),
  };
}
