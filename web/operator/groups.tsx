import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { court as words } from '../text/court.ts';
import { moment, money } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const shown = await found(api.groups.list({}));
  return { ...shown, title: textIn(words, language)('groups') };
}

export const meta = ({ loaderData }: { loaderData: { title: string } | undefined }) => [
  { title: loaderData?.title },
];

/** Cases about one batch that are heard together, and batches that rang. */
export default function Groups() {
  const { groups, alarms } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <>
      <header className="mh">
        <h1>{t('groups')}</h1>
        <p className="mute">{t('groupsLead')}</p>
      </header>
      <div className="inbox">
        <section className="card">
          {groups.length === 0 && <Empty title={t('noGroups')}>{t('noGroupsText')}</Empty>}
          <ul className="lines">
            {groups.map((one) => (
              <li key={one.groupId} className="between">
                <span>
                  <b>
                    {one.title} · {one.shopName}
                  </b>
                  <br />
                  <span className="mute">
                    {t('groupLine', { cases: one.cases, amount: money(one.asked), waiting: one.waiting })} ·{' '}
                    {moment(one.openedAt, now, language)}
                  </span>
                  <br />
                  <Tag tone={one.state === 'decided' ? 'ok' : 'hold'}>{t(`group_${one.state}`)}</Tag>
                </span>
                <ButtonLink href={paths.operatorGroup(one.groupId)} small kind="line">
                  {t('members')}
                </ButtonLink>
              </li>
            ))}
          </ul>
        </section>
        <section className="card">
          <h2 className="mb-2">{t('alarms')}</h2>
          {alarms.length === 0 && <p className="mute">{t('noAlarms')}</p>}
          <ul className="lines">
            {alarms.map((one) => (
              <li key={`${one.listingId}${one.alarmedAt}`}>
                <a href={paths.listing(one.listingId)}>{one.title}</a> · {one.shopName}
                <br />
                <span className="mute">
                  {t('alarmLine', { cases: one.cases, sold: one.sold })} ·{' '}
                  {moment(one.alarmedAt, now, language)}
                </span>{' '}
                {one.suspended && <Tag tone="hold">{t('stopped')}</Tag>}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
