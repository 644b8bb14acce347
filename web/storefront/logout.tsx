import { redirect, type ActionFunctionArgs } from 'react-router';
import { page } from '../page.server.ts';
import { paths } from '../paths.ts';

/** Only a POST logs out: a link somewhere else must not be able to. */
export const loader = () => redirect(paths.account());

export async function action({ context }: ActionFunctionArgs) {
  await page(context).api.identity.logout({});
  return redirect(paths.home());
}
