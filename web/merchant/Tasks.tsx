import clsx from 'clsx';
import { leftText } from '../text/format.ts';
import { merchant } from '../text/merchant.ts';
import { inbox } from '../text/shop-inbox.ts';
import { useFrame, useText } from '../text/use.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { useNow } from '../ui/Clock.tsx';
import type { Task } from './inbox.view.ts';

/** What waits in a shop, by the time that is left; each row says what happens if nothing is done. */
export const Tasks = ({ tasks }: { tasks: readonly Task[] }) => (
  <ol className="q mt-3">
    {tasks.map((task) => (
      <TaskRow key={task.key} task={task} />
    ))}
  </ol>
);

const soon_ms = 3 * 3_600_000;

function TaskRow({ task }: { task: Task }) {
  const t = useText(merchant);
  const i = useText(inbox);
  const { language } = useFrame();
  const now = useNow(15_000);
  const rest = task.due === null ? null : task.due - now;
  const isLate = task.mine && (rest === null || rest <= 0);
  return (
    <li className={clsx(isLate && 'late', !isLate && rest !== null && rest < soon_ms && 'soon')}>
      <p className="t">
        {task.pick && (
          <input
            className="pick-one"
            type="checkbox"
            name="case"
            value={task.pick}
            aria-label={i('pick', { title: task.what })}
          />
        )}
        {rest === null || rest <= 0 ? t('now') : task.guessed ? roughly(rest, t) : leftText(rest, language)}
        {rest !== null && rest > 0 && <small>{t(task.guessed ? 'atThisPace' : 'left')}</small>}
      </p>
      <div>
        <b>{task.title}</b>
        <p className="c">{task.what}</p>
        <p className="c">{task.otherwise}</p>
      </div>
      <p className="b">
        <ButtonLink href={task.href} small kind={isLate ? 'filled' : 'line'}>
          {task.action}
        </ButtonLink>
      </p>
    </li>
  );
}

/** An estimate, in hours or days. */
export const roughly = (ms: number, t: ReturnType<typeof useText<typeof merchant>>): string =>
  ms < 48 * 3_600_000
    ? t('hoursLeft', { hours: Math.max(1, Math.round(ms / 3_600_000)) })
    : t('daysLeft', { days: Math.round(ms / 86_400_000) });
