import { createCookie, data, type RouterContextProvider } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page, signedIn } from '../page.server.ts';
import { merchant } from '../text/merchant.ts';
import { textIn } from '../text/use.ts';

type Asked = { context: Readonly<RouterContextProvider>; request: Request };
export type MyShop = Answers['merchants']['myShops']['shops'][number];

const chosen = createCookie('mengyue-shop', { path: '/merchant', httpOnly: true, sameSite: 'lax' });

/** The shops that somebody works in, the chosen one first. */
export async function shopsOf({ context, request }: Asked): Promise<readonly MyShop[]> {
  signedIn(context, request);
  const { shops } = await found(page(context).api.merchants.myShops({}));
  const wanted: unknown = await chosen.parse(request.headers.get('cookie'));
  const [first] = shops.filter((shop) => shop.id === wanted);
  return first ? [first, ...shops.filter((shop) => shop !== first)] : shops;
}

/** The shop of whoever asks. Nobody logged in goes to the login; an account without a shop hears why there is nothing here. */
export async function shopOf(asked: Asked): Promise<MyShop> {
  const [shop] = await shopsOf(asked);
  const { language } = page(asked.context);
  if (!shop) throw data({ code: 'NO_SHOP', message: textIn(merchant, language)('noShop') }, { status: 403 });
  return shop;
}

/** The cookie that remembers a shop which is one's own; nothing for any other. What may be done there the api decides each time. */
export async function chooseShop(asked: Asked, id: string): Promise<string | undefined> {
  const own = (await shopsOf(asked)).some((shop) => shop.id === id);
  return own ? chosen.serialize(id) : undefined;
}

/** Whether somebody may do this part of the shop's work; the api decides again. */
export const may = (shop: MyShop, role: 'goods' | 'orders' | 'money'): boolean =>
  shop.roles.includes('owner') || shop.roles.includes(role);
