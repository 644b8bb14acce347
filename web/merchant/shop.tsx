import { redirect, type ActionFunctionArgs } from 'react-router';
import { paths } from '../paths.ts';
import { chooseShop } from './shop.server.ts';

/** Somebody who works in several shops goes over to another one: POST only. */
export async function action(args: ActionFunctionArgs) {
  const form = await args.request.formData();
  const cookie = await chooseShop(args, String(form.get('shop') ?? ''));
  return redirect(paths.merchant(), cookie ? { headers: { 'Set-Cookie': cookie } } : {});
}

export const loader = () => redirect(paths.merchant());
