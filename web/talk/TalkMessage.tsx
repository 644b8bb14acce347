import clsx from 'clsx';
import { Form } from 'react-router';
import { lureWords, sideWords } from '../../src/messaging/contract.ts';
import { paths } from '../paths.ts';
import { chat } from '../text/chat.ts';
import { bytes, deadline, moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Cite } from '../ui/Cite.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Rich } from '../ui/Rich.tsx';
import type { Citation, Message, Thread } from './talk.view.ts';

/** One message with what belongs to it: the time to answer, the promise, cited articles, files, and what was noticed about it. */
export function TalkMessage({ message, thread }: { message: Message; thread: Thread }) {
  const t = useText(chat);
  const { now, language } = useFrame();
  if (message.kind === 'notice') return <Notice message={message} thread={thread} />;
  const isOwnSide = message.side === thread.me;
  const who = message.mine ? t('you') : sideWords[message.side][language];
  const time = moment(message.at, now, language);
  if (message.kind === 'call')
    return <p className="sys">{t('called', { who: sideWords[message.side][language] })}</p>;
  if (message.gone)
    return (
      <p className="sys">
        {message.gone === 'erased' ? t('erased') : t(isOwnSide ? 'hiddenMine' : 'hiddenTheirs')}
      </p>
    );
  return (
    <>
      <div
        className={clsx('msg', isOwnSide && 'me', message.side === 'support' && 'support')}
        id={`m${message.seq}`}
      >
        {message.text && <p className="say-b">{message.text}</p>}
        <Files message={message} thread={thread} />
        <Timed message={message} thread={thread} />
        {message.citations.map((one) => (
          <Cited key={one.article} citation={one} />
        ))}
        <Foot
          message={message}
          said={t('meta', { who, time })}
          showsRead={isOwnSide && thread.me !== 'support'}
        />
      </div>
      {message.lures.length > 0 && (
        <p className="sys warn">
          <Icon name="flag" size={16} />{' '}
          <Rich
            text={t('lureTitle', {
              what: message.lures
                .map((kind) => lureWords[kind][language])
                .join(language === 'zh' ? '、' : ', '),
            })}
            version={thread.rulebook}
          />
        </p>
      )}
      {message.rude && (
        <p className="sys warn">
          {t('rude')} <a href="?template=calm#end">{t('rudeUse')}</a>
        </p>
      )}
    </>
  );
}

/** Who said it and when; of one's own words whether they were seen, and the way to take them back. */
function Foot({ message, said, showsRead }: { message: Message; said: string; showsRead: boolean }) {
  const t = useText(chat);
  return (
    <small>
      {said}
      {showsRead && ` · ${t(message.readAt ? 'read' : 'unreadYet')}`}
      {message.mine && message.kind === 'text' && (
        <>
          {' · '}
          <TakeBack seq={message.seq} />
        </>
      )}
    </small>
  );
}

function TakeBack({ seq }: { seq: number }) {
  const t = useText(chat);
  return (
    <details className="inline-block">
      <summary>{t('takeBack')}</summary>
      <Form method="post" preventScrollReset>
        <input type="hidden" name="seq" value={seq} />
        <button className="btn line s" type="submit" name="intent" value="hide">
          {t('takeBack')}
        </button>
        <br />
        {t('takeBackAfter')}
      </Form>
    </details>
  );
}

function Notice({ message, thread }: { message: Message; thread: Thread }) {
  const t = useText(chat);
  const { now, language } = useFrame();
  return (
    <div className="sys warn">
      <p>
        <Icon name="clock" size={16} />{' '}
        <Rich
          text={t('notice_silent', { time: deadline(message.at, now, language) })}
          version={thread.rulebook}
        />
      </p>
      {thread.state.able.escalate.ok && (
        <p className="mt-2">
          <ButtonLink href={paths.claim(thread.orderId)} small>
            {t('escalate')}
          </ButtonLink>
        </p>
      )}
    </div>
  );
}

/** The card of a demand or a promise: by when, and what follows. */
function Timed({ message, thread }: { message: Message; thread: Thread }) {
  const t = useText(chat);
  const { now, language } = useFrame();
  if (message.dueAt === null) return null;
  const time = deadline(message.dueAt, now, language);
  if (message.kind === 'promise')
    return (
      <div className="paper">
        <b>{t('promiseCard')}</b>
        <span>{t('promiseBy', { time })}</span>
        <span>
          <Rich text={t('promiseNote')} version={thread.rulebook} />
        </span>
      </div>
    );
  const { demand } = thread.state;
  const state = demand?.seq === message.seq ? demand.state : undefined;
  return (
    <div className={clsx('paper', state === 'open' && 'run', state === 'silent' && 'over')}>
      <b>{t('demandCard', { hours: message.hours ?? 0 })}</b>
      <span>{t('demandBy', { time })}</span>
      {state === 'open' && (
        <span>
          <Rich text={t('demandOpen')} version={thread.rulebook} />
        </span>
      )}
      {state === 'answered' && demand?.closedAt && (
        <span>{t('demandAnswered', { time: moment(demand.closedAt, now, language) })}</span>
      )}
      {state === 'silent' && <span>{t('demandSilent')}</span>}
    </div>
  );
}

/** An article as it was cited: its sentence with the time of this order, and the way to its text. */
function Cited({ citation }: { citation: Citation }) {
  const t = useText(chat);
  const { now, language } = useFrame();
  return (
    <div className="paper law">
      <span>{citation.text[language]}</span>
      <span>
        {citation.dueAt !== null && <b>{t('citeBy', { time: deadline(citation.dueAt, now, language) })} </b>}
        <Cite article={citation.article} version={citation.version} />
      </span>
    </div>
  );
}

function Files({ message, thread }: { message: Message; thread: Thread }) {
  const t = useText(chat);
  if (message.attachments.length === 0) return null;
  const at = (id: string, copy: string): string =>
    `/api/v1/orders/${thread.orderId}/attachments/${id}/${copy}`;
  const mayOriginal = message.mine || thread.me === 'support';
  return (
    <div className="pics">
      {message.attachments.map((file) =>
        file.width === null || file.height === null ? (
          <a key={file.id} href={at(file.id, 'original')} download={file.name}>
            {t('fileSent', { name: file.name, size: bytes(file.size) })}
          </a>
        ) : (
          <span key={file.id}>
            <a href={at(file.id, 'view')}>
              <img
                src={at(file.id, 'thumb')}
                width={file.width}
                height={file.height}
                alt={t('picture', { name: file.name })}
                loading="lazy"
              />
            </a>
            {mayOriginal && (
              <a href={at(file.id, 'original')} download={file.name}>
                {t('fileOriginal')}
              </a>
            )}
          </span>
        ),
      )}
    </div>
  );
}
