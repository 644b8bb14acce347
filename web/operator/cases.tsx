import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { caseStateWords } from '../../src/aftersales/words.contract.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { desk as words } from '../text/desk.ts';
import { leftText, moment, money, msOf } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { useNow } from '../ui/Clock.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  return { ...(await found(api.desk.queue({}))), title: textIn(words, language)('title') };
}

export const meta = ({ loaderData }: { loaderData: { title: string } | undefined }) => [
  { title: loaderData?.title },
];

/** What waits for the platform, by the time until which it decides. */
export default function Desk() {
  const { cases, objections } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { now: made, language } = useFrame();
  const now = useNow(30_000);
  return (
    <>
      <header className="mh">
        <h1>{t('title')}</h1>
        <p className="mute">{t('lead')}</p>
      </header>
      <div className="inbox">
        <section className="card">
          {cases.length === 0 && <Empty title={t('none')}>{t('noneText')}</Empty>}
          <ol className="q">
            {cases.map((one) => (
              <li key={one.caseId} className={one.decideBy && msOf(one.decideBy) < now ? 'late' : undefined}>
                <p className="t">
                  {one.decideBy ? leftText(msOf(one.decideBy) - now, language) : '—'}
                  <small>{t('left')}</small>
                </p>
                <div>
                  <b>
                    {reasons[one.reason].words[language]} {money(one.asked)}
                  </b>
                  <p className="c">
                    {one.title} {one.variantName} · {one.shopName}
                  </p>
                  <p className="row">
                    <Tag tone={one.mine ? 'ok' : undefined}>
                      {t(one.mine ? 'mine' : one.taken ? 'taken' : 'free')}
                    </Tag>
                    <Tag>{caseStateWords[one.state][language]}</Tag>
                    {one.fast && <Tag tone="hold">{t('fast')}</Tag>}
                  </p>
                </div>
                <p className="b">
                  <ButtonLink href={paths.operatorCase(one.caseId)} small kind="line">
                    {t('see')}
                  </ButtonLink>
                </p>
              </li>
            ))}
          </ol>
        </section>
        <section className="card">
          <h2 className="mb-2">{t('objections')}</h2>
          {objections.length === 0 && <p className="mute">{t('objectionsNone')}</p>}
          <ul className="lines">
            {objections.map((one) => (
              <li key={one.caseId}>
                <a href={paths.operatorCase(one.caseId)}>
                  {one.shopName} {money(one.amount)}
                </a>
                <br />
                <span className="mute">
                  {moment(one.at, made, language)} · {one.text}
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
