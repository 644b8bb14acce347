import { sideWords } from '../../src/messaging/contract.ts';
import type { Answers } from '../api.ts';
import { chat } from '../text/chat.ts';
import { deadline, leftText, moment, msOf } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';

export type Row = Answers['messaging']['mine']['threads'][number];

function useLastWords(): (row: Row) => string {
  const t = useText(chat);
  const { language } = useFrame();
  return (row) =>
    t('lastBy', { who: sideWords[row.lastSide][language], text: row.preview ?? t('noPreview') });
}

/** Conversations by their newest words: whole rows that lead there. */
export function Conversations({ rows, hrefOf }: { rows: readonly Row[]; hrefOf: (row: Row) => string }) {
  const t = useText(chat);
  const said = useLastWords();
  const { now, language } = useFrame();
  return (
    <ul className="conv">
      {rows.map((row) => (
        <li key={row.orderId}>
          <a className="go" href={hrefOf(row)}>
            <span className="between">
              <b>{row.title}</b>
              <span className="mute">{moment(row.lastAt, now, language)}</span>
            </span>
            <p>{said(row)}</p>
            <span className="row">
              {row.unread > 0 && <Tag tone="ok">{t('unread', { count: row.unread })}</Tag>}
              {row.demandDueAt !== null && (
                <Tag tone="hold" icon="clock">
                  {t('demandTag', { time: deadline(row.demandDueAt, now, language) })}
                </Tag>
              )}
              {row.demandDueAt === null && row.waitsSince !== null && <Tag tone="hold">{t('waitsTag')}</Tag>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Those who wait, by how long they do: the time on the left, the way to answer on the right. */
export function Waiting({
  rows,
  sinceOf,
  hrefOf,
}: {
  rows: readonly Row[];
  sinceOf: (row: Row) => string | null;
  hrefOf: (row: Row) => string;
}) {
  const t = useText(chat);
  const said = useLastWords();
  const { now, language } = useFrame();
  return (
    <ol className="q mt-3">
      {rows.map((row) => {
        const due = row.demandDueAt === null ? null : msOf(row.demandDueAt) - now;
        const since = sinceOf(row);
        return (
          <li key={row.orderId} className={due === null ? undefined : due < 3_600_000 ? 'late' : 'soon'}>
            <p className="t">
              {since !== null && leftText(Math.max(60_000, now - msOf(since)), language)}
              <small>{t('waited')}</small>
            </p>
            <div>
              <b>{row.title}</b>
              <p className="c">{said(row)}</p>
              {row.demandDueAt !== null && (
                <p className="c">{t('demandTag', { time: deadline(row.demandDueAt, now, language) })}</p>
              )}
            </div>
            <p className="b">
              <ButtonLink href={hrefOf(row)} small kind={due === null ? 'line' : 'filled'}>
                {t('answer')}
              </ButtonLink>
            </p>
          </li>
        );
      })}
    </ol>
  );
}
