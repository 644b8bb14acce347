import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { community } from '../text/community.ts';
import { deadline, moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Here } from '../ui/Here.tsx';
import { Cite } from '../ui/Cite.tsx';
import { SellerCard } from '../ui/SellerCard.tsx';
import { Timeline } from '../ui/Timeline.tsx';

export type Guide = Answers['community']['orderGuide'];
type Task = Guide['tasks'][number];

/** The next task of the buyer before what others do by themselves. */
const nextOf = (tasks: readonly Task[]): Task | undefined => {
  const now = tasks.filter((task) => task.state === 'now');
  return now.find((task) => task.by === 'you') ?? now.find((task) => task.by === 'shop');
};

/** What to do next, in one line with its time (F064); all tasks stand folded below it. */
export function NextTask({ guide }: { guide: Guide }) {
  const t = useText(community);
  const { now, language } = useFrame();
  const next = nextOf(guide.tasks);
  const done = guide.tasks.every((task) => task.state === 'done');
  const time = (at: string) => t('taskUntil', { time: deadline(at, now, language) });
  return (
    <section className="card" id="tasks">
      <h2>{t('guideTitle')}</h2>
      <p>
        {next ? (
          <>
            <b>{t(`task_${next.task}`)}</b>{' '}
            {next.of > 1 && <span className="mute">{t('taskCount', { done: next.done, of: next.of })}</span>}{' '}
            {next.until && <span className="mute">{time(next.until)}</span>}{' '}
            <Cite article={next.article} version={guide.rulebook} />
          </>
        ) : (
          t(done ? 'guideOver' : 'guideWait')
        )}
      </p>
      {guide.tasks.length > 0 && (
        <details className="unfold">
          <summary>{t('taskAll')}</summary>
          <ol className="tk">
            {guide.tasks.map((task) => (
              <li key={task.task} className={task.state === 'done' ? 'done' : undefined}>
                <span>
                  {task.state === 'done' ? '✓ ' : ''}
                  {t(`task_${task.task}`)} {task.of > 1 && t('taskCount', { done: task.done, of: task.of })}
                </span>
                <span className="mute">
                  {task.at ? moment(task.at, now, language) : task.until ? time(task.until) : ''}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

/** Beside the keys: who answers for what, the whole course, and the place on the map (F061, F100, F191). */
export function GuideAside({ guide }: { guide: Guide }) {
  const t = useText(community);
  const { now, language } = useFrame();
  const { seller, selfRun } = guide.card;
  return (
    <>
      <SellerCard
        seller={{ ...seller, verified: seller.verifiedAt !== null, selfRun }}
        version={guide.rulebook}
      />
      <details className="card unfold">
        <summary>{t('courseTitle')}</summary>
        <Timeline
          steps={guide.course.map((one) => ({
            state: one.state,
            text: (
              <>
                <span className="mute">{t(`phase_${one.phase}`)}</span> {one.words[language]}
                {one.article && <Cite article={one.article} version={guide.rulebook} />}
              </>
            ),
            time: one.at
              ? one.state === 'done'
                ? moment(one.at, now, language)
                : t('taskUntil', { time: deadline(one.at, now, language) })
              : undefined,
          }))}
        />
      </details>
      {guide.here[0] && (
        <Here here={guide.here[0]} rulebook={guide.rulebook} map={paths.rulesMap({ order: guide.orderId })} />
      )}
    </>
  );
}
