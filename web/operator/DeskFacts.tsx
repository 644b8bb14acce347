import { caseEventWords } from '../../src/aftersales/words.contract.ts';
import type { Answers } from '../api.ts';
import type { CasePage } from '../cases/case.view.ts';
import { paths } from '../paths.ts';
import { day, clock, leftText, moment, money, msOf } from '../text/format.ts';
import { queue as words } from '../text/queue.ts';
import { recordOf } from '../text/records.ts';
import { useFrame, useText } from '../text/use.ts';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { useNow } from '../ui/Clock.tsx';

type Evidence = Answers['evidence']['readEvidence'];

/** What is fixed about the order, in its order, by the machine: no party wrote it. */
export function FactsFound({ evidence }: { evidence: Evidence }) {
  const t = useText(words);
  const { language } = useFrame();
  return (
    <section className="card">
      <h2 className="mb-2">{t('found')}</h2>
      {evidence.records.length === 0 && <p className="mute">{t('foundNone')}</p>}
      <ol className="facts">
        {evidence.records.map((record) => (
          <li key={record.seq}>
            <time>
              {day(record.at, language)} {clock(record.at, true)}
            </time>
            <div>
              {said(record.kind, language)}
              <p>
                {t('record', { n: String(record.seq).padStart(2, '0') })} ·{' '}
                {t(record.state === 'fixed' ? 'fixed' : 'pending')}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function said(kind: string, language: 'zh' | 'en'): string {
  const event = kind.startsWith('case.') ? kind.slice('case.'.length) : '';
  return Object.hasOwn(caseEventWords, event)
    ? caseEventWords[event as keyof typeof caseEventWords][language]
    : recordOf(kind, language);
}

/** Who had the case in hands, and since when the buyer had asked for help. */
export function Hands({ standing }: { standing: Answers['desk']['standing'] }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h3 className="mb-2">{t('hands')}</h3>
      {standing.before.length === 0 && <p className="mute">{t('handsNone')}</p>}
      <ul className="lines">
        {standing.before.map((one, index) => (
          <li key={index} className="sub">
            {t('hand', {
              name: one.name,
              me: one.me ? t('handMe') : '',
              tier: t(one.tier === 2 ? 'tier_2' : 'tier_1'),
              time: moment(one.at, now, language),
            })}
          </li>
        ))}
      </ul>
      {standing.contactAt && (
        <p className="mute">{t('contact', { time: moment(standing.contactAt, now, language) })}</p>
      )}
    </section>
  );
}

/** The cases in my hands, by the time that is left: one step from each to the next. */
export function MyStrip({ cases, here }: { cases: Answers['desk']['queue']['cases']; here: string }) {
  const t = useText(words);
  const { language } = useFrame();
  const now = useNow(30_000);
  if (cases.length === 0) return null;
  return (
    <nav className="ql" aria-label={t('strip')}>
      {cases.map((one) => (
        <a
          key={one.caseId}
          href={paths.operatorCase(one.caseId)}
          aria-current={one.caseId === here ? 'true' : undefined}
        >
          <b>
            <span className="mono">{one.caseId.slice(-6)}</span>
            <em>{one.decideBy ? leftText(msOf(one.decideBy) - now, language) : ''}</em>
          </b>
          {reasons[one.reason].words[language]} {money(one.asked)}
        </a>
      ))}
    </nav>
  );
}

export const conflictOf = (
  standing: Answers['desk']['standing'],
  language: 'zh' | 'en',
): string | undefined =>
  standing.take.code === 'CONFLICT_OF_INTEREST' ? standing.take.why?.[language] : undefined;

export type Standing = Answers['desk']['standing'];
export type { CasePage };
