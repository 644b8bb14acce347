import clsx from 'clsx';
import { Form } from 'react-router';
import { paths } from '../paths.ts';
import { chat } from '../text/chat.ts';
import { deadline, moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Empty, Note } from '../ui/Blank.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Composer, type Typed } from './Composer.tsx';
import { TalkMessage } from './TalkMessage.tsx';
import type { TalkData } from './talk.server.ts';
import type { Thread } from './talk.view.ts';
import { useLive, useNewest } from './useLive.ts';

type Refused = { readonly refusal: { readonly message: string }; readonly typed: Typed } | undefined;

/** The conversation of an order, for all three sides: the words, who waits for whom, and where to write. `order` is its page on this side. */
export function Talk({ talk, answer, order }: { talk: TalkData; answer: Refused; order: string }) {
  const { thread } = talk;
  const { state, messages } = thread;
  const line = useLive({ orderId: thread.orderId, last: state.last, unread: state.unread });
  useNewest(messages.at(-1)?.seq ?? 0);
  return (
    <div className="two">
      <div className="talk">
        <section className="card" aria-label={thread.title}>
          <Log talk={talk} />
          <Line line={line} unread={state.unread} last={state.last} />
          {answer && (
            <Note tone="bad" answer>
              {answer.refusal.message}
            </Note>
          )}
          <div id="end" />
        </section>
        <Composer talk={talk} typed={answer?.typed} />
      </div>
      <aside className="stack">
        <Turn thread={thread} />
        <Around thread={thread} order={order} />
      </aside>
    </div>
  );
}

export function Log({ talk }: { talk: TalkData }) {
  const t = useText(chat);
  const { thread } = talk;
  const [first] = thread.messages;
  if (!first)
    return (
      <Empty title={t(thread.me === 'buyer' ? 'emptyBuyer' : 'emptyShop')}>
        {thread.me === 'buyer' ? (
          <Rich text={t('emptyBuyerText')} version={thread.rulebook} />
        ) : (
          t('emptyShopText')
        )}
      </Empty>
    );
  return (
    <div className="chat" role="log" aria-label={t('log')}>
      {thread.earlier && (
        <p className="sys">
          <a href={`?before=${first.seq}`}>{t('earlier')}</a>
        </p>
      )}
      {thread.messages.map((message) => (
        <TalkMessage key={message.seq} message={message} thread={thread} />
      ))}
    </div>
  );
}

/** Whether new words come by themselves, and the way to get them when they do not. */
export function Line({
  line,
  unread,
  last,
}: {
  line: 'none' | 'live' | 'broken';
  unread: number;
  last: number;
}) {
  const t = useText(chat);
  return (
    <div
      className={clsx('live mt-4', line === 'broken' && 'off')}
      role={line === 'broken' ? 'status' : undefined}
    >
      {line !== 'live' && (
        <>
          <a href="?#end">{t('reload')}</a>
          {line === 'broken' && <span>{t('broken')}</span>}
        </>
      )}
      {line === 'live' && (
        <>
          <Icon name="check" size={16} />
          <span>{t('live')}</span>
        </>
      )}
      {unread > 0 && line === 'none' && (
        <Form method="post">
          <input type="hidden" name="upTo" value={last} />
          <button className="btn line s" type="submit" name="intent" value="read">
            {t('sawIt')}
          </button>
        </Form>
      )}
    </div>
  );
}

/** Whose turn it is, and since or until when. */
function Turn({ thread }: { thread: Thread }) {
  const t = useText(chat);
  const { now, language } = useFrame();
  const { demand, waitsSince, supportSince } = thread.state;
  if (demand?.state === 'open')
    return (
      <Clock
        who={t(thread.me === 'merchant' ? 'clockYou' : 'clockShop')}
        due={demand.dueAt}
        since={demand.askedAt}
        label={t('clockShop')}
      >
        <Rich text={t('clockElse')} version={thread.rulebook} />
      </Clock>
    );
  if (waitsSince === null && supportSince === null) return null;
  return (
    <Note tone="hold">
      {waitsSince !== null && <p>{t('waits', { time: moment(waitsSince, now, language) })}</p>}
      {supportSince !== null && <p>{t('supportWaits', { time: moment(supportSince, now, language) })}</p>}
    </Note>
  );
}

function Around({ thread, order }: { thread: Thread; order: string }) {
  const t = useText(chat);
  const { language } = useFrame();
  const { call } = thread.state.able;
  return (
    <section className="card stack">
      <h2 className="text-lg">{t('around')}</h2>
      {thread.me === 'buyer' && <Escalate thread={thread} />}
      {thread.me !== 'support' &&
        (call.ok ? (
          <Form method="post" preventScrollReset>
            <Act consequence={t('callAfter')}>
              <CallKey thread={thread} />
              <Submit intent="call" kind="line">
                {t('call')}
              </Submit>
            </Act>
          </Form>
        ) : (
          <Why label={t('call')} reason={call.why?.[language] ?? ''} />
        ))}
      <p>
        <ButtonLink href={order} kind="line" wide>
          {t('toOrder')}
        </ButtonLink>
      </p>
      <p className="mute">
        <Rich text={t('lead')} version={thread.rulebook} />
      </p>
    </section>
  );
}

/** Calling the support is one wish as long as nothing was said after it: pressed twice, it is said once. */
const CallKey = ({ thread }: { thread: Thread }) => (
  <input
    type="hidden"
    name="idempotencyKey"
    value={`call-${thread.orderId}-${thread.me}-${thread.state.last}`}
  />
);

/** Lit after a silence (F080); before that it says when it will be. */
function Escalate({ thread }: { thread: Thread }) {
  const t = useText(chat);
  const { now, language } = useFrame();
  const { able, demand } = thread.state;
  if (able.escalate.ok)
    return (
      <Act consequence={t('escalateAfter')}>
        <ButtonLink href={paths.claim(thread.orderId)}>{t('escalate')}</ButtonLink>
      </Act>
    );
  const isRunning = able.escalate.code === 'ESCALATE_STILL_RUNNING' && demand;
  return (
    <Why
      label={t('escalate')}
      reason={
        isRunning
          ? t('escalateRunning', { time: deadline(demand.dueAt, now, language) })
          : (able.escalate.why?.[language] ?? '')
      }
    />
  );
}
