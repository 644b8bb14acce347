import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { Waiting } from '../talk/Conversations.tsx';
import { chat } from '../text/chat.ts';
import { took } from '../text/format.ts';
import { ticket } from '../text/ticket.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const [list, figures] = await Promise.all([
    found(api.messaging.ofSupport({ limit: 100 })),
    found(api.desk.support({})),
  ]);
  return {
    ...list,
    figures,
    title: textIn(chat, language)('supportTitle'),
  };
}

export default function SupportMessages() {
  const { threads, title, figures } = useLoaderData<typeof loader>();
  const t = useText(chat);
  const k = useText(ticket);
  const { language } = useFrame();
  const said = (ms: number | null) => (ms === null ? '—' : took(ms, language));
  return (
    <>
      <header className="mh">
        <h1>{threads.length > 0 ? title : t('supportNone')}</h1>
        <p className="mute">{t('supportLead')}</p>
        <p className="mute">
          {figures.calls === 0
            ? k('figuresNone')
            : k('figures', {
                calls: figures.calls,
                median: said(figures.median_ms),
                slowest: said(figures.slowest_ms),
              })}
        </p>
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
