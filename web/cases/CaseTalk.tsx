import { useEffect, useRef, useState } from 'react';
import { paths } from '../paths.ts';
import { Composer } from '../talk/Composer.tsx';
import { Line, Log } from '../talk/Talk.tsx';
import type { TalkData } from '../talk/talk.server.ts';
import { useLive } from '../talk/useLive.ts';
import { told as words } from '../text/told.ts';
import { useText } from '../text/use.ts';
import { Note } from '../ui/Blank.tsx';

type Answer =
  | { readonly refusal: { readonly message: string }; readonly typed: Record<string, string> }
  | undefined;

/** The conversation of the order inside the page of its case: nobody has to leave what they are afraid of to ask about it. */
export function CaseTalk({ talk, answer }: { talk: TalkData; answer: Answer }) {
  const t = useText(words);
  const { thread } = talk;
  const { state } = thread;
  const place = useRef<HTMLElement>(null);
  const isSeen = useSeenOnScreen(place);
  // What is below the edge of the screen was not seen yet, so the other side is not told that it was.
  const line = useLive({ orderId: thread.orderId, last: state.last, unread: isSeen ? state.unread : 0 });
  return (
    <section className="card case-talk" id="talk" ref={place}>
      <div className="between">
        <h2>{thread.me === 'buyer' ? t('talk', { shop: thread.shop.name }) : t('talkShop')}</h2>
        <a
          className="mute"
          href={
            thread.me === 'buyer'
              ? paths.conversation(thread.orderId)
              : `${paths.merchantConversation(thread.orderId)}#end`
          }
        >
          {t('talkMore')}
        </a>
      </div>
      <p className="mute mb-3">{t('talkLead')}</p>
      <div className="talk-log" tabIndex={0} role="group" aria-label={t('talkMore')}>
        <Log talk={talk} />
      </div>
      <Line line={line} unread={state.unread} last={state.last} />
      {answer && (
        <Note tone="bad" answer>
          {answer.refusal.message}
        </Note>
      )}
      <div id="end" />
      <Composer talk={talk} typed={answer?.typed} />
    </section>
  );
}

function useSeenOnScreen(place: React.RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!place.current || typeof IntersectionObserver === 'undefined') return undefined;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [place]);
  return isSeen;
}
