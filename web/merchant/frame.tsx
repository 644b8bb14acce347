import { Outlet, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { deposit } from '../text/deposit.ts';
import { merchant } from '../text/merchant.ts';
import { outside } from '../text/outside.ts';
import { risk } from '../text/risk.ts';
import { parcels } from '../text/parcels.ts';
import { useText } from '../text/use.ts';
import { ConsoleShell, type ConsoleLink } from '../ui/ConsoleShell.tsx';
import { Submit } from '../ui/Button.tsx';
import { DemoBanner } from '../ui/DemoBanner.tsx';
import { usePageDock } from '../ui/Dock.tsx';
import { Select } from '../ui/Field.tsx';
import { may, shopOf, shopsOf } from './shop.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const shops = await shopsOf({ context, request });
  const [goods, answers] = [may(shop, 'goods'), may(shop, 'orders')];
  const { api } = page(context);
  const shopId = shop.id;
  const [stock, talks, work] = await Promise.all([
    goods ? found(api.inventory.readStock({ shopId })) : undefined,
    answers ? found(api.messaging.ofShop({ shopId, waiting: true, limit: 1 })) : undefined,
    answers ? found(api.delivery.todo({ shopId, limit: 1 })) : undefined,
  ]);
  return {
    name: shop.name,
    others: shops.slice(1).map(({ id, name }) => ({ id, name })),
    toDeliver: work?.counts.open ?? 0,
    alarms: stock?.alarms ?? 0,
    answers,
    waiting: talks?.waiting ?? 0,
    goods,
    licences: goods || answers,
    orders: answers || may(shop, 'money'),
    money: may(shop, 'money'),
  };
}

/** The console of a shop: only the parts that somebody works in are in the menu. */
export default function MerchantFrame() {
  const { name, others, toDeliver, alarms, answers, waiting, goods, licences, orders, money } =
    useLoaderData<typeof loader>();
  const dock = usePageDock();
  const t = useText(merchant);
  const p = useText(parcels);
  const o = useText(outside);
  const r = useText(risk);
  const d = useText(deposit);
  const links: (ConsoleLink | false)[] = [
    { href: paths.merchant(), label: t('inbox'), icon: 'clock', end: true },
    answers && { href: paths.merchantMessages(), label: t('messages'), icon: 'message', count: waiting },
    answers && { href: paths.merchantDeliveries(), label: t('deliveries'), icon: 'box', count: toDeliver },
    answers && { href: paths.merchantParcels(), label: p('m_title'), icon: 'box' },
    orders && { href: paths.merchantOrders(), label: t('orders'), icon: 'order' },
    orders && { href: paths.merchantCases(), label: t('cases'), icon: 'case' },
    answers && { href: paths.merchantComplaints(), label: o('channelTitle'), icon: 'message' },
    goods && { href: paths.merchantListings(), label: t('listings'), icon: 'tiles' },
    goods && { href: paths.merchantStock(), label: t('stock'), icon: 'box', count: alarms },
    goods && { href: paths.merchantImport(), label: t('import'), icon: 'key' },
    goods && { href: paths.merchantDownloads(), label: t('downloads'), icon: 'download' },
    licences && { href: paths.merchantLicences(), label: t('licences'), icon: 'screen' },
    (orders || goods) && { href: paths.merchantMembers(), label: t('members'), icon: 'person' },
    licences && { href: paths.merchantSupply(), label: t('supply'), icon: 'phone' },
    { href: paths.merchantMeasures(), label: r('title'), icon: 'scales' },
    money && { href: paths.merchantMoney(), label: t('money'), icon: 'money' },
    money && { href: paths.merchantDeposit(), label: d('title'), icon: 'lock' },
  ];
  return (
    <>
      <DemoBanner />
      <ConsoleShell name={name} home={paths.merchant()} links={links.filter((link) => link !== false)}>
        {others.length > 0 && (
          <form method="post" action={paths.merchantShop()} className="row">
            <Select
              label={t('shop')}
              name="shop"
              options={others.map((other) => ({ value: other.id, label: other.name }))}
            />
            <Submit kind="line">{t('changeShop')}</Submit>
          </form>
        )}
        <Outlet />
      </ConsoleShell>
      {dock}
    </>
  );
}
