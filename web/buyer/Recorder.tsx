import { useEffect, useRef, useState } from 'react';
import { useRevalidator } from 'react-router';
import type { Answers } from '../api.ts';
import { exhibits as words } from '../text/exhibits.ts';
import { bytes, moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Note } from '../ui/Blank.tsx';
import { Button } from '../ui/Button.tsx';
import { canRecord, startRecording, type Ended, type Kept, type Running } from './recording.ts';

export type Recordings = Answers['recordings']['recordings']['recordings'];
type Source = 'screen' | 'camera';
type State = {
  running?: Running | undefined;
  kept?: Kept | undefined;
  ended?: Ended | undefined;
  said?: 'r_denied' | 'r_failed' | undefined;
};

/** What this page knows of the one recording that it runs. A page that is gone hears nothing any more; the server does not need it. */
function useRecording(orderId: string) {
  const { language } = useFrame();
  const { revalidate } = useRevalidator();
  const [able, setAble] = useState<readonly Source[]>([]);
  const [state, setState] = useState<State>({});
  const isAlive = useRef(true);
  useEffect(() => {
    isAlive.current = true;
    setAble((['screen', 'camera'] as const).filter(canRecord));
    return () => void (isAlive.current = false);
  }, []);
  const end = (ended: Promise<Ended>): void =>
    void ended
      .then((done) => {
        if (!isAlive.current) return;
        setState({ ended: done });
        void revalidate();
      })
      .catch(() => isAlive.current && setState({ said: 'r_failed' }));
  const begin = async (source: Source): Promise<void> => {
    setState({});
    try {
      const running = await startRecording({
        orderId,
        source,
        language,
        onKept: (kept) => isAlive.current && setState((now) => (now.running ? { ...now, kept } : now)),
      });
      setState({ running });
      end(running.ended);
    } catch {
      setState({ said: 'r_denied' });
    }
  };
  return { able, state, begin };
}

/** Optional: a recording that begins before the key is seen. It needs script; without it, the list is all there is. */
export function Recorder({
  orderId,
  recordings,
  sealed,
}: {
  orderId: string;
  recordings: Recordings;
  /** Something is still to be seen for the first time; else a recording would show little. */
  sealed: boolean;
}) {
  const t = useText(words);
  const { able, state, begin } = useRecording(orderId);
  const { running, kept, ended, said } = state;
  const isIdle = !running && !ended && !said && recordings.length === 0;
  if (isIdle && (able.length === 0 || !sealed)) return null;
  return (
    <section className="card rec" aria-label={t('r_title')}>
      <details className="fold">
        <summary className="btn line s">{t('r_title')}</summary>
        <div className="rec mt-3">
          <p className="mute">{t('r_intro')}</p>
          {running ? (
            <>
              <p className="on" role="status">
                {t('r_running', { time: bytes(kept?.size ?? 0), count: kept?.pieces ?? 0 })}
              </p>
              <Button kind="filled" onClick={() => void running.stop()}>
                {t('r_stop')}
              </Button>
            </>
          ) : (
            <p className="row">
              {able.map((source) => (
                <Button
                  key={source}
                  kind="line"
                  small
                  icon={source === 'screen' ? 'screen' : 'phone'}
                  onClick={() => void begin(source)}
                >
                  {t(`r_${source}`)}
                </Button>
              ))}
            </p>
          )}
          {said && (
            <Note tone="bad" answer>
              {t(said)}
            </Note>
          )}
          {ended && <Receipt ended={ended} />}
          {recordings.length > 0 && <List orderId={orderId} recordings={recordings} />}
        </div>
      </details>
    </section>
  );
}

function Receipt({ ended: { receipt, same } }: { ended: Ended }) {
  const t = useText(words);
  const seen = receipt.seen.length;
  return (
    <Note answer>
      <b>{t('r_done')}</b>：{t(same ? 'r_same' : 'r_other')}
      <br />
      {seen > 0 ? t('r_seen', { count: seen }) : t('r_seenNone')}
      {receipt.sha256 && (
        <>
          <br />
          <span className="mono hash">{receipt.sha256}</span>
        </>
      )}
    </Note>
  );
}

function List({ orderId, recordings }: { orderId: string; recordings: Recordings }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <>
      <h3>{t('r_list')}</h3>
      <ul className="seals">
        {recordings.map((one) => (
          <li key={one.recordingId}>
            <span>
              {t('r_row', { time: moment(one.startedAt, now, language), size: bytes(one.size) })}{' '}
              {one.endedAt === null
                ? t('r_open')
                : one.endedBy !== 'stopped'
                  ? t(one.endedBy === 'empty' ? 'r_empty' : 'r_cut_off')
                  : ''}{' '}
              {one.sha256 && (
                <a href={`/api/v1/orders/${orderId}/recordings/${one.recordingId}/file`}>{t('r_watch')}</a>
              )}
            </span>
            {one.seen.length > 0 && <span className="mute">{t('r_seen', { count: one.seen.length })}</span>}
            {one.sha256 && <span className="mono hash mute">{one.sha256}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
