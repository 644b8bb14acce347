import type { ReactNode } from 'react';
import { effectWords, measureStateWords, signalWords, stepWords } from '../../src/risk/words.contract.ts';
import type { Answers } from '../api.ts';
import { moment } from '../text/format.ts';
import { risk as words } from '../text/risk.ts';
import { useFrame, useText } from '../text/use.ts';
import { Facts } from '../ui/Facts.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { Timeline } from '../ui/Timeline.tsx';

export type Measure = Answers['risk']['mine']['measures'][number];
type Signal = Measure['signals'][number];

/** What a piece of evidence says: its kind, and where it is to be found. */
export function EvidenceLine({ signal }: { signal: Signal }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const { caseId, exhibit, says } = signal.evidence;
  const where = [
    caseId && t('seeCase', { case: caseId.slice(-6) }),
    exhibit !== undefined && t('exhibitNo', { number: exhibit }),
    says,
  ].filter(Boolean);
  return (
    <>
      {signalWords[signal.kind][language]}
      <br />
      <span className="mute">
        {[...where, moment(signal.at, now, language)].join(language === 'zh' ? '，' : ', ')}
      </span>
    </>
  );
}

const tones = {
  running: 'hold',
  appealed: 'hold',
  upheld: 'bad',
  lifted: 'ok',
  proposed: undefined,
  rejected: undefined,
  ended: undefined,
  none: undefined,
} as const;

/** One measure: what it means, why, on what evidence, until when, and its course. `children` is what can be done about it. */
export function MeasureCard({ one, children }: { one: Measure; children?: ReactNode }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const cite = one.articles.map((no) => `[[${no}]]`).join(' ');
  return (
    <section className="card stack" aria-label={stepWords[one.step][language]}>
      <div className="between">
        <h2>{stepWords[one.step][language]}</h2>
        <Tag tone={tones[one.state]}>{measureStateWords[one.state][language]}</Tag>
      </div>
      <p>{effectWords[one.step][language]}</p>
      <Facts
        wide
        facts={[
          { name: t('because'), value: one.reasons },
          { name: t('article'), value: <Rich text={cite} version={one.rulebook} /> },
          {
            name: t('evidence'),
            value: (
              <ul className="stack">
                {one.signals.map((signal) => (
                  <li key={signal.id}>
                    <EvidenceLine signal={signal} />
                  </li>
                ))}
              </ul>
            ),
          },
          ...(one.startsAt
            ? [
                { name: t('from'), value: moment(one.startsAt, now, language) },
                {
                  name: t('until'),
                  value: one.endsAt ? moment(one.endsAt, now, language) : t('untilAppeal'),
                },
              ]
            : []),
        ]}
      />
      <details className="fold">
        <summary className="mute underline">{t('course')}</summary>
        <Timeline
          steps={one.steps.map((step) => ({
            state: 'done' as const,
            text: (
              <>
                {t(`event_${step.event}` as 'event_propose')}
                {step.text && (
                  <>
                    <br />
                    <span className="mute">{step.text}</span>
                  </>
                )}
              </>
            ),
            time: moment(step.at, now, language),
          }))}
        />
      </details>
      {children}
    </section>
  );
}
