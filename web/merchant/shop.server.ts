import { data, type RouterContextProvider } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page, signedIn } from '../page.server.ts';
import { merchant } from '../text/merchant.ts';
import { textIn } from '../text/use.ts';

type Asked = { context: Readonly<RouterContextProvider>; request: Request };
export type MyShop = Answers['merchants']['myShops']['shops'][number];

/** The shop of whoever asks. Nobody logged in goes to the login; an account without a shop hears why there is nothing here. */
export async function shopOf({ context, request }: Asked): Promise<MyShop> {
  signedIn(context, request);
  const { api, language } = page(context);
  const { shops } = await found(api.merchants.myShops({}));
  const [shop] = shops;
  if (!shop) throw data({ code: 'NO_SHOP', message: textIn(merchant, language)('noShop') }, { status: 403 });
  return shop;
}

/** Whether somebody may do this part of the shop's work; the api decides again. */
export const may = (shop: MyShop, role: 'goods' | 'orders' | 'money'): boolean =>
  shop.roles.includes('owner') || shop.roles.includes(role);
