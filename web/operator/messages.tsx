import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { Waiting } from '../talk/Conversations.tsx';
import { chat } from '../text/chat.ts';
import { textIn, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  return {
    ...(await found(api.messaging.ofSupport({ limit: 100 }))),
    title: textIn(chat, language)('supportTitle'),
  };
}

export const meta = ({ loaderData }: { loaderData: { title: string } | undefined }) => [
  { title: loaderData?.title },
];

export default function SupportMessages() {
  const { threads, title } = useLoaderData<typeof loader>();
  const t = useText(chat);
  return (
    <>
      <header className="mh">
        <h1>{threads.length > 0 ? title : t('supportNone')}</h1>
        <p className="mute">{t('supportLead')}</p>
      </header>
      <section className="card inb">
        {threads.length === 0 ? (
          <Empty title={t('supportNone')}>{t('supportNoneText')}</Empty>
        ) : (
          <Waiting
            rows={threads}
            sinceOf={(row) => row.supportSince}
            hrefOf={(row) => `${paths.operatorConversation(row.orderId)}#end`}
          />
        )}
      </section>
    </>
  );
}
