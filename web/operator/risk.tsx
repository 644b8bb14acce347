import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import {
  causeWords,
  measureStateWords,
  stepWords,
  ticketStateWords,
  ticketWords,
} from '../../src/risk/words.contract.ts';
import type { Answers } from '../api.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { moment, money, percent } from '../text/format.ts';
import { risk as words } from '../text/risk.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

type Queue = Answers['risk']['queue'];
type Ticket = Queue['tickets'][number];
const ticketEvents = ['propose_lift', 'lift', 'keep', 'pass', 'report', 'close'] as const;
type TicketEvent = (typeof ticketEvents)[number];

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  return {
    queue: await found(api.risk.queue({})),
    did: new URL(request.url).searchParams.get('did'),
    title: textIn(words, language)('desk'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const { api } = page(context);
  const form = await request.formData();
  const intent = text(form, 'intent');
  const event = ticketEvents.find((one) => one === intent);
  const outcome = await tried<unknown>(
    event
      ? api.risk.ticket({ ticketId: text(form, 'ticketId'), event, text: text(form, 'text') })
      : api.risk.inspect({ orderId: text(form, 'orderId') }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  return redirect(withQuery(paths.operatorRisk(), { did: event ? 'ticket' : 'inspected' }));
}

/** The risk desk: alarms with a clock first, then what waits for a second or third person, then new evidence. */
export default function RiskDesk() {
  const { queue, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <header className="mh">
        <h1>{t('desk')}</h1>
        <p className="mute">{t('deskLead')}</p>
      </header>
      <Answer refused={answer?.refusal.message} did={did && t(did === 'inspected' ? 'inspected' : 'done')} />
      <div className="inbox">
        <div className="stack">
          <h2>{t('tickets')}</h2>
          {queue.tickets.length === 0 && <p className="mute">{t('ticketsNone')}</p>}
          {queue.tickets.map((one) => (
            <TicketCard key={one.ticketId} one={one} />
          ))}
          <Inspections queue={queue} />
        </div>
        <aside className="stack">
          <Waiting queue={queue} />
          <Subjects queue={queue} />
          <Paused queue={queue} />
        </aside>
      </div>
    </>
  );
}

function factsOf(one: Ticket, t: ReturnType<typeof useText<typeof words>>): string {
  const say = (name: string) => one.facts[name] ?? 0;
  if (one.kind === 'runaway') return t('factCases', { cases: say('cases') });
  if (one.kind === 'velocity') return t('factUnits', { units: say('units') });
  if (one.kind === 'dispute_rate')
    return t('factRate', {
      rate: percent(Number(say('bps')) / 10_000),
      orders: say('orders'),
      disputed: say('disputed'),
    });
  return '';
}

const eventsOf = (one: Ticket): TicketEvent[] => {
  if (one.state === 'raised') return ['propose_lift'];
  if (one.state === 'lifting') return one.mine ? ['keep'] : ['lift', 'keep'];
  if (one.state === 'reported') return ['pass'];
  return one.kind === 'velocity' ? ['pass', 'report'] : ['close'];
};

function TicketCard({ one }: { one: Ticket }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const events = eventsOf(one);
  const after = one.kind === 'runaway' || one.kind === 'velocity' ? one.kind : 'other';
  return (
    <section className="card stack" aria-label={ticketWords[one.kind][language]}>
      <div className="between">
        <h3>{ticketWords[one.kind][language]}</h3>
        <Tag tone={one.kind === 'runaway' ? 'bad' : 'hold'}>{ticketStateWords[one.state][language]}</Tag>
      </div>
      <p>
        <a href={paths.operatorRiskSubject(one.kind === 'velocity' ? 'buyer' : 'merchant', one.subjectId)}>
          {one.name}
        </a>{' '}
        {factsOf(one, t)}
        <br />
        <span className="mute">
          {moment(one.openedAt, now, language)}
          {one.dueAt && ` · ${t('dueBy', { time: moment(one.dueAt, now, language) })}`}
        </span>
      </p>
      <Form method="post" className="stack">
        <input type="hidden" name="ticketId" value={one.ticketId} />
        <Textarea label={t('why')} name="text" required minLength={4} maxLength={2000} />
        <Act consequence={<Rich text={t(`after_${after}`)} />}>
          <p className="row">
            {events.map((event, index) => (
              <Submit key={event} intent={event} {...(index > 0 && { kind: 'line' as const })}>
                {t(`do_${event}`)}
              </Submit>
            ))}
          </p>
        </Act>
      </Form>
    </section>
  );
}

function Inspections({ queue }: { queue: Queue }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h2 className="mb-2">{t('inspections')}</h2>
      {queue.inspections.length === 0 && <p className="mute">{t('inspectionsNone')}</p>}
      <ul className="lines">
        {queue.inspections.map((one) => (
          <li key={one.orderId}>
            <Form method="post" className="between">
              <input type="hidden" name="orderId" value={one.orderId} />
              <span>
                {one.shopName} {money(one.total)}
                <br />
                <span className="mute">
                  <span className="mono">{one.orderId.slice(-6)}</span> · {moment(one.at, now, language)}
                </span>{' '}
                {one.witness && <Tag tone="hold">{t('witness')}</Tag>}
              </span>
              <Submit intent="inspect" kind="line" small>
                {t('inspect')}
              </Submit>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Waiting({ queue }: { queue: Queue }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h2 className="mb-2">{t('waiting')}</h2>
      {queue.measures.length === 0 && <p className="mute">{t('waitingNone')}</p>}
      <ul className="lines">
        {queue.measures.map((one) => (
          <li key={one.measureId}>
            <b>{stepWords[one.step][language]}</b> {one.name}
            <br />
            <span className="mute">
              {measureStateWords[one.state][language]} · {moment(one.at, now, language)}
              {one.mine && ` · ${t('mine')}`}
            </span>
            <br />
            <ButtonLink href={paths.operatorRiskSubject(one.side, one.subjectId)} small kind="line">
              {t('see')}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Subjects({ queue }: { queue: Queue }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h2 className="mb-2">{t('subjects')}</h2>
      {queue.subjects.length === 0 && <p className="mute">{t('subjectsNone')}</p>}
      <ul className="lines">
        {queue.subjects.map((one) => (
          <li key={one.subjectId}>
            <a href={paths.operatorRiskSubject(one.side, one.subjectId)}>{one.name}</a>{' '}
            <Tag>{t(`side_${one.side}`)}</Tag>
            <br />
            <span className="mute">
              {t('fresh', { count: one.fresh })} · {moment(one.lastAt, now, language)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Paused({ queue }: { queue: Queue }) {
  const t = useText(words);
  const { now, language } = useFrame();
  if (queue.pauses.length === 0) return null;
  return (
    <section className="card">
      <h2 className="mb-2">{t('pausedNow')}</h2>
      <ul className="lines">
        {queue.pauses.map((one) => (
          <li key={`${one.listingId} ${one.cause}`}>
            {one.shopName} {one.title}
            <br />
            <span className="mute">
              {causeWords[one.cause][language]} · {t('since', { time: moment(one.since, now, language) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
