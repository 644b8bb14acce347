import { useActionData, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { actTalk, loadTalk } from '../talk/talk.server.ts';
import { Talk } from '../talk/Talk.tsx';
import { chat } from '../text/chat.ts';
import { textIn, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { shopOf } from './shop.server.ts';

export async function loader(p: LoaderFunctionArgs) {
  await shopOf(p);
  return { talk: await loadTalk(p), title: textIn(chat, page(p.context).language)('titleShop') };
}

export const action = (p: ActionFunctionArgs) =>
  actTalk(p, paths.merchantConversation(p.params['orderId'] ?? ''));

export default function ShopConversation() {
  const { talk, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(chat);
  const { orderId, title: goods } = talk.thread;
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantMessages(), label: t('messages') }]} here={goods} />
      <header className="mh">
        <h1>{title}</h1>
        <p className="mute">{goods}</p>
      </header>
      <Talk talk={talk} answer={answer ?? undefined} order={paths.merchantOrder(orderId)} />
    </>
  );
}
