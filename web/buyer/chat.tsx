import { useActionData, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { page } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { actTalk, loadTalk } from '../talk/talk.server.ts';
import { Talk } from '../talk/Talk.tsx';
import { chat } from '../text/chat.ts';
import { common } from '../text/common.ts';
import { textIn, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { loggedIn } from './loggedIn.server.ts';

// The line to write in stands at the bottom edge, so no other bar does.
export const handle: PageHandle = { dock: () => null };

export async function loader(p: LoaderFunctionArgs) {
  loggedIn(p.context, p.request);
  const talk = await loadTalk(p);
  const { language } = page(p.context);
  return { talk, title: textIn(chat, language)('titleBuyer', { shop: talk.thread.shop.name }) };
}

export const action = (p: ActionFunctionArgs) =>
  actTalk(p, paths.conversationPage(p.params['orderId'] ?? ''));

export default function Chat() {
  const { talk, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const c = useText(common);
  const { orderId, title: goods } = talk.thread;
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.orders(), label: c('myOrders') },
          { href: paths.order(orderId), label: goods },
        ]}
        here={title}
      />
      <h1 className="mb-4">{title}</h1>
      <Talk talk={talk} answer={answer ?? undefined} order={paths.order(orderId)} />
    </>
  );
}
