import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers } from '../api.ts';
import { Fold } from '../buyer/CaseActs.tsx';
import { again, found, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { court as words } from '../text/court.ts';
import { deadline, moment, money } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Act } from '../ui/Act.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Textarea } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const [shown, seats] = await Promise.all([found(api.groups.list({})), found(api.panel.seats({}))]);
  return { ...shown, seats, title: textIn(words, language)('groups') };
}

/** What an alarm stopped is sold again. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const resumed = page(context).api.groups.resume({
    listingId: text(form, 'listingId'),
    text: text(form, 'text'),
  });
  const outcome = await tried(resumed);
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(paths.operatorGroups(), 303);
}

/** Cases about one batch that are heard together, and batches that rang. */
export default function Groups() {
  const { groups, alarms, seats } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <>
      <header className="mh">
        <h1>{t('groups')}</h1>
        <p className="mute">{t('groupsLead')}</p>
      </header>
      <Answer refused={answer?.refusal.message} did={null} />
      <div className="inbox">
        <section className="card">
          <h2 className="mb-2">{t('groupsTitle')}</h2>
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
        <div className="stack">
          <Seats seats={seats} />
          <Alarms alarms={alarms} />
        </div>
      </div>
    </>
  );
}

/** Batches that rang; what an alarm stopped is put on sale again here. */
function Alarms({ alarms }: { alarms: Answers['groups']['list']['alarms'] }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h2 className="mb-2">{t('alarms')}</h2>
      {alarms.length === 0 && <p className="mute">{t('noAlarms')}</p>}
      <ul className="lines">
        {alarms.map((one) => (
          <li key={`${one.listingId}${one.alarmedAt}`}>
            <a href={paths.listing(one.listingId)}>{one.title}</a> · {one.shopName}
            <br />
            <span className="mute">
              {t('alarmLine', { cases: one.cases, sold: one.sold })} · {moment(one.alarmedAt, now, language)}
            </span>{' '}
            {one.suspended && (
              <>
                <Tag tone="hold">{t('stopped')}</Tag>
                <Fold title={t('resume')} after={t('resumeAfter')}>
                  <Form method="post" className="stack">
                    <input type="hidden" name="listingId" value={one.listingId} />
                    <Textarea label={t('resumeWhy')} name="text" rows={2} required maxLength={1000} />
                    <Act consequence={t('resumeAfter')}>
                      <Submit kind="line">{t('resume')}</Submit>
                    </Act>
                  </Form>
                </Fold>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The panels that wait for my vote, and the seats that somebody has to decide about. */
function Seats({ seats }: { seats: Answers['panel']['seats'] }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const mine = seats.mine.filter((one) => one.live && !one.voted);
  return (
    <section className="card">
      <h2 className="mb-2">{t('mySeats')}</h2>
      {mine.length === 0 && <p className="mute">{t('noMySeats')}</p>}
      <ul className="lines">
        {mine.map((one) => (
          <li key={one.caseId}>
            <a href={paths.operatorHearing(one.caseId)}>
              {t('seatOf')} <span className="mono">{one.caseId.slice(-6)}</span>
            </a>
            {one.dueAt && (
              <span className="mute"> {t('until', { time: deadline(one.dueAt, now, language) })}</span>
            )}
          </li>
        ))}
      </ul>
      <h3 className="mt-4 mb-2">{t('doubts')}</h3>
      {seats.doubts.length === 0 && <p className="mute">{t('noDoubts')}</p>}
      <ul className="lines">
        {seats.doubts.map((one) => (
          <li key={`${one.caseId}${one.name}`}>
            <a href={paths.operatorHearing(one.caseId)}>{one.name}</a>
            <br />
            <span className="mute">{one.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
