import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { Conversations, Waiting } from '../talk/Conversations.tsx';
import { chat } from '../text/chat.ts';
import { textIn, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Rich } from '../ui/Rich.tsx';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const all = new URL(request.url).searchParams.get('all') !== null;
  const answer = await found(api.messaging.ofShop({ shopId: shop.id, waiting: !all, limit: 100 }));
  return { ...answer, all, title: textIn(chat, language)('messages') };
}

export default function ShopMessages() {
  const { threads, waiting, all } = useLoaderData<typeof loader>();
  const t = useText(chat);
  const hrefOf = (row: { orderId: string }): string => `${paths.merchantConversation(row.orderId)}#end`;
  return (
    <>
      <header className="mh">
        <h1>{waiting > 0 ? t('inboxTitle', { count: waiting }) : t('inboxNone')}</h1>
        <ButtonLink href={paths.merchantQuickReplies()} kind="line" small>
          {t('editQuick')}
        </ButtonLink>
      </header>
      <Filters
        label={t('messages')}
        links={[
          { href: paths.merchantMessages(), label: t('waitingTab'), on: !all },
          { href: paths.merchantMessages(true), label: t('allTab'), on: all },
        ]}
      />
      <section className="card inb">
        <p className="mute">
          <Rich text={t('inboxLead')} />
        </p>
        {threads.length === 0 && <Empty title={t('inboxNone')}>{t('inboxNoneText')}</Empty>}
        {threads.length > 0 &&
          (all ? (
            <Conversations rows={threads} hrefOf={hrefOf} />
          ) : (
            <Waiting rows={threads} sinceOf={(row) => row.waitsSince} hrefOf={hrefOf} />
          ))}
      </section>
    </>
  );
}
