import { leftText, msOf } from '../text/format.ts';
import { told as words } from '../text/told.ts';
import { useFrame, useText } from '../text/use.ts';
import type { CasePage } from '../cases/case.view.ts';
import { paths } from '../paths.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { useNow } from '../ui/Clock.tsx';
import { Dock } from '../ui/Dock.tsx';

type Key = keyof typeof words;

/** The one thing that a buyer would do next, always within reach of the thumb; with whose turn it is and how long it still has. */
export function CaseDock({ data }: { data: never }) {
  const loaded = data as { one: CasePage; survey?: { open: boolean } | null } | undefined;
  return loaded ? <Bar one={loaded.one} asks={loaded.survey?.open === true} /> : null;
}

function Bar({ one, asks }: { one: CasePage; asks: boolean }) {
  const t = useText(words);
  const { language } = useFrame();
  const now = useNow(15_000);
  const next = nextOf(one, asks);
  const isOver = one.endedAt !== null || one.state === 'executed' || one.turn === null;
  const rest = one.dueAt === null ? null : msOf(one.dueAt) - now;
  return (
    <Dock
      sum={isOver ? t('dockDone') : t(`dockWho_${one.turn}` as Key)}
      note={
        isOver || rest === null
          ? one.title
          : rest > 0
            ? t('dockLeft', { left: leftText(rest, language) })
            : t('dockOver')
      }
    >
      <ButtonLink href={next.href} kind={next.mine ? 'filled' : 'line'}>
        {t(next.label)}
      </ButtonLink>
    </Dock>
  );
}

function nextOf(one: CasePage, asks: boolean): { label: Key; href: string; mine: boolean } {
  const able = (name: string): boolean => one.able[name]?.ok === true;
  if (asks) return { label: 'dockSurvey', href: '#survey', mine: true };
  if (one.offer && able('accept')) return { label: 'dockAccept', href: '#acts', mine: true };
  if (one.state === 'lapsed' && able('escalate')) return { label: 'dockReopen', href: '#acts', mine: true };
  if (able('escalate')) return { label: 'dockEscalate', href: '#acts', mine: true };
  if (one.state === 'evidence' && one.turn === 'buyer')
    return { label: 'dockProduce', href: '#binder', mine: true };
  if (able('appeal') && one.award?.remedy === 'none')
    return { label: 'dockAppeal', href: '#acts', mine: true };
  if (one.endedAt !== null) return { label: 'dockOrder', href: paths.order(one.orderId), mine: false };
  return { label: 'dockTalk', href: '#talk', mine: false };
}
