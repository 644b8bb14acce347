import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { Conversations } from '../talk/Conversations.tsx';
import { chat } from '../text/chat.ts';
import { textIn, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { loggedIn } from './loggedIn.server.ts';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  return { ...(await found(api.messaging.mine({}))), title: textIn(chat, language)('listTitle') };
}

export default function MyConversations() {
  const { threads, unread, title } = useLoaderData<typeof loader>();
  const t = useText(chat);
  return (
    <>
      <header className="list-h">
        <h1>{title}</h1>
        <p className="sub">{t('listLead')}</p>
      </header>
      {threads.length === 0 ? (
        <Empty
          title={t('listNone')}
          next={<ButtonLink href={paths.orders()}>{t('listNoneNext')}</ButtonLink>}
        >
          {t('listNoneText')}
        </Empty>
      ) : (
        <section className="card">
          <p className="mute">{unread > 0 ? t('unread', { count: unread }) : t('allRead')}</p>
          <Conversations rows={threads} hrefOf={(row) => paths.conversation(row.orderId)} />
        </section>
      )}
    </>
  );
}
