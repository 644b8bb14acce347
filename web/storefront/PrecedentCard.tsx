import { defenceWords, exhibitWords, type DefenceCode } from '../../src/aftersales/exhibits.data.ts';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { caseEventWords, liableWords, type Liable } from '../../src/aftersales/words.contract.ts';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { precedents as words } from '../text/precedents.ts';
import { useFrame, useText } from '../text/use.ts';
import { Cite } from '../ui/Cite.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Tag } from '../ui/Tag.tsx';

export type Precedent = Answers['precedents']['one'];
type Key = keyof typeof words;

const toneOf = (outcome: Precedent['outcome']): 'ok' | undefined =>
  outcome === 'none' || outcome === 'channel' ? undefined : 'ok';

/** One precedent in a list: the scene, what came of it, by which articles. */
export function PrecedentCard({ one }: { one: Precedent }) {
  const t = useText(words);
  const { language } = useFrame();
  return (
    <li className="card">
      <div className="between">
        <h2 className="text-lg">
          <a href={paths.precedent(one.number)}>{reasons[one.reason].words[language]}</a>
        </h2>
        <Tag tone={toneOf(one.outcome)}>{t(`outcome_${one.outcome}`)}</Tag>
      </div>
      <p className="mute">
        {t('name', { number: one.number })} · {t('month', { month: one.month })} ·{' '}
        {t(`band_${one.band}` as Key)} · {t(`took_${one.took}` as Key)}
      </p>
      {one.summary && <p>{one.summary}</p>}
      <p>
        {eventText(one.settledBy, language)}
        {one.articles.map((article) => (
          <Cite key={article} article={article} version={one.rulebook} />
        ))}
      </p>
    </li>
  );
}

const eventText = (event: string, language: 'zh' | 'en'): string =>
  Object.hasOwn(caseEventWords, event)
    ? caseEventWords[event as keyof typeof caseEventWords][language]
    : event;

/** All that is known of one: codes in words, and the summary where a person wrote one. */
export function PrecedentFacts({ one }: { one: Precedent }) {
  const t = useText(words);
  const { language } = useFrame();
  const shares = Object.entries(one.liability).filter(([, share]) => share > 0);
  return (
    <section className="card stack">
      {one.summary && (
        <div>
          <h2 className="mb-2">{t('summary')}</h2>
          <p className="song">{one.summary}</p>
        </div>
      )}
      <Facts
        wide
        facts={[
          { name: t('result'), value: <Tag tone={toneOf(one.outcome)}>{t(`outcome_${one.outcome}`)}</Tag> },
          { name: t('how'), value: eventText(one.settledBy, language) },
          {
            name: t('who'),
            value: shares
              .map(([who, share]) => `${liableWords[who as Liable][language]} ${share}%`)
              .join(' · '),
          },
          {
            name: t('basis'),
            value: one.articles.map((article) => (
              <Cite key={article} article={article} version={one.rulebook} />
            )),
          },
          ...(one.presumed ? [{ name: t('how'), value: t('presumed') }] : []),
          ...(one.paidFirst ? [{ name: t('how'), value: t('paidFirst') }] : []),
          { name: t('stake'), value: t(`band_${one.band}` as Key) },
          { name: t('took'), value: t(`took_${one.took}` as Key) },
          {
            name: t('shown'),
            value:
              one.exhibits.length === 0
                ? t('shownNone')
                : one.exhibits.map((kind) => exhibitWords[kind][language]).join('、'),
          },
          ...(one.defence && Object.hasOwn(defenceWords, one.defence)
            ? [{ name: t('defence'), value: defenceWords[one.defence as DefenceCode][language] }]
            : []),
        ]}
      />
    </section>
  );
}
