import type { Answers } from '../api.ts';
import { exhibits as words } from '../text/exhibits.ts';
import { moment, msOf } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { Timeline, type Step } from '../ui/Timeline.tsx';

type Unsealings = Answers['exhibits']['unsealings']['unsealings'];
type Unsealing = Unsealings[number];

/** What a party sees of the desk looking at a key: who asked and why, who answered, when it was open and that it closed. Never the key. */
export function UnsealingsPart({ version, list }: { version: string; list: Unsealings }) {
  const t = useText(words);
  if (list.length === 0) return null;
  return (
    <section className="card stack" id="unsealings">
      <h2>{t('u_title')}</h2>
      <p className="mute">
        <Rich text={t('u_party')} version={version} />
      </p>
      {list.map((each) => (
        <One key={each.unsealingId} each={each} />
      ))}
    </section>
  );
}

const tones = { asked: 'hold', granted: 'hold', denied: undefined, shown: 'ok', over: undefined } as const;

function One({ each }: { each: Unsealing }) {
  const t = useText(words);
  const { now } = useFrame();
  const isOver = each.state === 'granted' && each.until !== null && now > msOf(each.until);
  const state = isOver ? 'over' : each.state;
  return (
    <div>
      <div className="between mb-2">
        <b>{t('u_row', { place: each.place, extent: t(`u_${each.granted ?? each.extent}`) })}</b>
        <Tag tone={tones[state]}>{t(`u_is_${state}`)}</Tag>
      </div>
      <Timeline steps={useSteps(each, state)} />
    </div>
  );
}

function useSteps(each: Unsealing, state: keyof typeof tones): Step[] {
  const t = useText(words);
  const { now, language } = useFrame();
  const time = (at: string | null): string => (at === null ? '' : moment(at, now, language));
  const until = time(each.until);
  const steps: Step[] = [
    { state: 'done', text: t('u_asker', { who: each.asker, why: each.reason }), time: time(each.askedAt) },
  ];
  if (state === 'asked') return [...steps, { state: 'now', text: t('u_waits'), time: t('u_waitsElse') }];
  const decided = t(state === 'denied' ? 'u_denier' : 'u_granter', { who: each.decider ?? '' });
  steps.push({
    state: 'done',
    text: each.answer ? `${decided}：${each.answer}` : decided,
    time: time(each.decidedAt),
  });
  if (state === 'granted')
    return [...steps, { state: 'now', text: t('u_mayOpen'), time: t('u_mayOpenElse', { time: until }) }];
  if (state === 'over') return [...steps, { state: 'done', text: t('u_unused'), time: until }];
  if (state === 'shown') return [...steps, { state: 'done', text: t('u_opened'), time: time(each.shownAt) }];
  return steps;
}
