import { useActionData, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { actTalk, loadTalk } from '../talk/talk.server.ts';
import { Talk } from '../talk/Talk.tsx';
import { chat } from '../text/chat.ts';
import { textIn, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { asStaff } from './staff.server.ts';

export async function loader(p: LoaderFunctionArgs) {
  asStaff(p);
  return { talk: await loadTalk(p), title: textIn(chat, page(p.context).language)('titleSupport') };
}

export const action = (p: ActionFunctionArgs) =>
  actTalk(p, paths.operatorConversation(p.params['orderId'] ?? ''));

export const meta = ({ loaderData }: { loaderData: { title: string } | undefined }) => [
  { title: loaderData?.title },
];

export default function SupportConversation() {
  const { talk, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(chat);
  const { shop, title: goods, orderId } = talk.thread;
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.operatorMessages(), label: t('supportTitle') }]} here={goods} />
      <header className="mh">
        <h1>{title}</h1>
        <p className="mute">
          {shop.name} · {goods}
        </p>
      </header>
      <Talk talk={talk} answer={answer ?? undefined} order={paths.order(orderId)} />
    </>
  );
}
