import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { count, moment } from '../text/format.ts';
import { operator } from '../text/operator.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Cite } from '../ui/Cite.tsx';
import { Table } from '../ui/Table.tsx';
import { asStaff } from './staff.server.ts';
import { whatText } from './whats.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const { kinds } = await found(api.analytics.deadlines({}));
  return { kinds, title: textIn(operator, language)('deadlines') };
}

export default function Deadlines() {
  const { kinds } = useLoaderData<typeof loader>();
  const t = useText(operator);
  const { now, language } = useFrame();
  const number = (value: number) => count(value, language);
  return (
    <>
      <header className="mh">
        <h1>{t('deadlines')}</h1>
        <p className="mute">{t('deadlinesLead')}</p>
      </header>
      <section className="card">
        <Table
          caption={t('deadlines')}
          rows={kinds}
          rowKey={(one) => one.what}
          empty={<Empty title={t('deadlinesNone')}>{t('deadlinesNoneText')}</Empty>}
          columns={[
            {
              key: 'what',
              head: t('colWhat'),
              cell: (one) => <a href={paths.operatorDeadlinesOf(one.what)}>{whatText(one.what, t)}</a>,
            },
            {
              key: 'article',
              head: t('colArticle'),
              cell: (one) => (/^\d+$/.test(one.article) ? <Cite article={one.article} /> : '—'),
            },
            { key: 'open', head: t('colOpen'), right: true, cell: (one) => number(one.open) },
            { key: 'day', head: t('colDay'), right: true, cell: (one) => number(one.day) },
            {
              key: 'overdue',
              head: t('colOverdue'),
              right: true,
              cell: (one) => (
                <b className={one.overdue > 0 ? 'text-alarm' : undefined}>{number(one.overdue)}</b>
              ),
            },
            {
              key: 'next',
              head: t('colNext'),
              right: true,
              cell: (one) => moment(one.nextAt, now, language),
            },
          ]}
        />
      </section>
    </>
  );
}
