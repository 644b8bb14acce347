import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { moment } from '../text/format.ts';
import { precedents as words } from '../text/precedents.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Kpis } from '../ui/Facts.tsx';
import { TrustNumbers } from '../ui/TrustNumbers.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { cases } = asStaff({ context, request });
  const { api, language } = page(context);
  const [report, surveys] = await Promise.all([
    found(api.trust.quality({})),
    cases ? found(api.desk.surveys({})) : null,
  ]);
  return { report, surveys, title: textIn(words, language)('quality') };
}

/** How well it goes: the numbers of the public report over the last thirty days, and what buyers said after closing. */
export default function Quality() {
  const { report, surveys } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { now, language } = useFrame();
  const mark = (value: number | null): string => (value === null ? '—' : value.toFixed(1));
  return (
    <>
      <header className="mh">
        <h1>{t('quality')}</h1>
        <p className="mute">{t('qualityLead')}</p>
        <p className="row">
          <a href={paths.trust()}>{t('trust')}</a>
          <a href={paths.precedents()}>{t('title')}</a>
        </p>
      </header>
      {surveys && (
        <section className="card mb-4">
          <h2 className="mb-2">{t('surveys')}</h2>
          <p className="mute">{t('surveysLead', { asked: surveys.asked, answered: surveys.answered })}</p>
          <Kpis
            items={[
              { value: mark(surveys.result), text: t('mark_result') },
              { value: mark(surveys.speed), text: t('mark_speed') },
              { value: mark(surveys.clarity), text: t('mark_clarity') },
            ]}
          />
          {surveys.newest.length === 0 && <p className="mute">{t('surveysNone')}</p>}
          <ul className="lines">
            {surveys.newest
              .filter((one) => one.words !== '')
              .map((one) => (
                <li key={one.caseId}>
                  <a href={paths.operatorCase(one.caseId)}>{t('points', { n: one.result })}</a> {one.words}{' '}
                  <span className="mute">{moment(one.at, now, language)}</span>
                </li>
              ))}
          </ul>
        </section>
      )}
      <TrustNumbers report={report} />
    </>
  );
}
