import { redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { precedents as words } from '../text/precedents.ts';
import { textIn, useText } from '../text/use.ts';
import { Filters } from '../ui/Filters.tsx';
import { Tag } from '../ui/Tag.tsx';
import { TrustNumbers } from '../ui/TrustNumbers.tsx';

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const quarter = params['quarter'] ?? 'current';
  if (quarter !== 'current' && !/^\d{4}-Q[1-4]$/.test(quarter)) throw redirect(paths.trust());
  const report = await found(api.trust.report({ quarter }));
  return { report, title: `${textIn(words, language)('trust')} ${report.quarter}` };
}

/** The quarterly trust report, reproducible: each number with its query. */
export default function Trust() {
  const { report, title } = useLoaderData<typeof loader>();
  const t = useText(words);
  return (
    <>
      <header className="mh mt-6">
        <h1>{title}</h1>
        <p className="mute">{t('trustLead', { quarter: report.quarter })}</p>
        <p className="row">
          {!report.complete && <Tag tone="hold">{t('running')}</Tag>}
          <a href={`/api/v1/trust/${report.quarter}`}>{t('json')}</a>
          <a href={paths.precedents()}>{t('title')}</a>
        </p>
      </header>
      <Filters
        label={t('quarters')}
        links={report.quarters.map((quarter) => ({
          href: paths.trust(quarter),
          label: quarter,
          on: quarter === report.quarter,
        }))}
      />
      <TrustNumbers report={report} />
    </>
  );
}
