import { redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { queueViews, type QueueView } from '../../src/aftersales/queue/contract.ts';
import { reasons, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import { caseStateWords } from '../../src/aftersales/words.contract.ts';
import { decodeId } from '../../src/kit/public-id.ts';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { desk as words } from '../text/desk.ts';
import { leftText, moment, money, msOf } from '../text/format.ts';
import { queue as more } from '../text/queue.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { useNow } from '../ui/Clock.tsx';
import { Input, Select } from '../ui/Field.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Pager } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

type Queue = Answers['desk']['queue'];
type Asked = { view: QueueView; reason: ReasonCode | undefined; q: string; after: string | undefined };

function askedIn(request: Request): Asked {
  const query = new URL(request.url).searchParams;
  return {
    view: queueViews.find((one) => one === query.get('view')) ?? 'all',
    reason: (Object.keys(reasons) as ReasonCode[]).find((one) => one === query.get('reason')),
    q: (query.get('q') ?? '').trim().slice(0, 64),
    after: query.get('after') ?? undefined,
  };
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const asked = askedIn(request);
  // A whole number leads to its case without a stop.
  if (decodeId('case', asked.q)) throw redirect(paths.operatorCase(asked.q));
  const { view, reason, q, after } = asked;
  const answer = await found(
    api.desk.queue({ view, ...(reason && { reason }), ...(q && { search: q }), ...(after && { after }) }),
  );
  return { ...answer, asked, title: textIn(words, language)('title') };
}

/** What waits for the platform, by the time until which it decides. */
export default function Desk() {
  const { cases, next, counts, objections, asked } = useLoaderData<typeof loader>();
  const t = useText(words);
  const m = useText(more);
  const narrowed = asked.q !== '' || asked.reason !== undefined || asked.view !== 'all';
  return (
    <>
      <header className="mh">
        <h1>{t('title')}</h1>
        <p className="mute">{t('lead')}</p>
      </header>
      <Ways asked={asked} counts={counts} />
      <div className="inbox">
        <section className="card">
          {cases.length === 0 && (
            <Empty title={next ? m('windowNone') : narrowed ? m('noHit') : t('none')}>
              {narrowed ? m('noHitText') : t('noneText')}
            </Empty>
          )}
          <ol className="q">
            {cases.map((one) => (
              <Row key={one.caseId} one={one} />
            ))}
          </ol>
          <Pager
            next={
              next
                ? paths.operatorCases({
                    view: asked.view === 'all' ? undefined : asked.view,
                    reason: asked.reason,
                    q: asked.q,
                    after: next,
                  })
                : undefined
            }
          />
        </section>
        <Objections objections={objections} />
      </div>
    </>
  );
}

/** The ways to look at the queue, each with its address, and the search. */
function Ways({ asked, counts }: { asked: Asked; counts: Queue['counts'] }) {
  const m = useText(more);
  const { language } = useFrame();
  const counted: Partial<Record<QueueView, number>> = counts;
  return (
    <section className="stack mb-4">
      <Filters
        label={m('views')}
        links={queueViews.map((view) => {
          const many = counted[view];
          return {
            href: paths.operatorCases({ view: view === 'all' ? undefined : view, reason: asked.reason }),
            label: m(`view_${view}`),
            on: asked.view === view && asked.q === '',
            ...(many === undefined ? {} : { count: many > 99 ? m('many') : many }),
          };
        })}
      />
      <form method="get" role="search" className="find-by">
        {asked.view !== 'all' && <input type="hidden" name="view" value={asked.view} />}
        <Input
          label={m('search')}
          hint={m('searchHint')}
          name="q"
          type="search"
          maxLength={64}
          defaultValue={asked.q}
        />
        <Select
          label={m('reason')}
          name="reason"
          defaultValue={asked.reason ?? ''}
          options={[
            { value: '', label: m('reasonAny') },
            ...(Object.keys(reasons) as ReasonCode[]).map((code) => ({
              value: code,
              label: reasons[code].words[language],
            })),
          ]}
        />
        <p className="row">
          <button className="btn line" type="submit">
            {m('find')}
          </button>
          {(asked.q !== '' || asked.reason) && <a href={paths.operatorCases()}>{m('clear')}</a>}
        </p>
      </form>
    </section>
  );
}

function Row({ one }: { one: Queue['cases'][number] }) {
  const t = useText(words);
  const m = useText(more);
  const { language } = useFrame();
  const now = useNow(30_000);
  const by = one.decideBy ?? one.dueAt;
  return (
    <li className={by && msOf(by) < now ? 'late' : undefined}>
      <p className="t">
        {by ? leftText(msOf(by) - now, language) : '—'}
        <small>{t('left')}</small>
      </p>
      <div>
        <b>
          {reasons[one.reason].words[language]} {money(one.asked)}
        </b>
        <p className="c">
          {one.title} {one.variantName} · {one.shopName} ·{' '}
          <span className="mono">{one.caseId.slice(-6)}</span>
        </p>
        <p className="row">
          <Tag tone={one.mine ? 'ok' : undefined}>
            {one.mine ? t('mine') : one.holder ? m('holder', { name: one.holder }) : t('free')}
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
  );
}

function Objections({ objections }: { objections: Queue['objections'] }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
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
              {moment(one.at, now, language)} · {one.text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
