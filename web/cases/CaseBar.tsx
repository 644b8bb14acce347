import { leftText, msOf } from '../text/format.ts';
import { told as words } from '../text/told.ts';
import { useFrame, useText } from '../text/use.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { useNow } from '../ui/Clock.tsx';
import { Dock } from '../ui/Dock.tsx';
import type { CasePage } from './case.view.ts';

/** What somebody would do next in a case; `mine` when the case waits for it, or it serves whoever does it. */
export type Next = { readonly label: keyof typeof words; readonly href: string; readonly mine: boolean };

function waitsFor({ state, turn, role }: CasePage): keyof typeof words {
  if (state === 'decided' || state === 'awarded') return 'dockFinal';
  if (turn === role) return 'dockMine';
  if (turn === 'buyer' || turn === 'merchant') return `dockWho_${turn}`;
  return turn === null ? 'dockClose' : 'dockWho_platform';
}

/** Whose turn it is and how long it still has, beside the one thing to do next, always within reach of the thumb. */
export function CaseBar({ one, next }: { one: CasePage; next: Next }) {
  const t = useText(words);
  const { language } = useFrame();
  const now = useNow(15_000);
  const isOver =
    one.endedAt !== null || one.state === 'executed' || (one.turn === null && one.dueAt === null);
  const rest = one.dueAt === null ? null : msOf(one.dueAt) - now;
  return (
    <Dock
      sum={t(isOver ? 'dockDone' : waitsFor(one))}
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
