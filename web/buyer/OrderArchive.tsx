import type { Answers } from '../api.ts';
import { exhibits as words } from '../text/exhibits.ts';
import { fullDay, moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Rich } from '../ui/Rich.tsx';

export type Archive = Answers['exhibits']['archive'];

/** F072, F073: the sealed binder with its supplements, and how long it is kept. */
export function OrderArchive({ archive, version }: { archive: Archive; version: string }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card stack">
      <h3>{t('s_title')}</h3>
      {archive.seals.length === 0 && (
        <p className="mute">
          <Rich
            text={t('s_none', { hours: archive.within_hours, article: archive.article })}
            version={version}
          />
        </p>
      )}
      {archive.seals.length > 0 && (
        <ul className="seals">
          {archive.seals.map((seal) => (
            <li key={seal.number}>
              <span>
                <b>{seal.number === 1 ? t('s_first') : t('s_more', { number: seal.number - 1 })}</b>{' '}
                {t('s_row', { count: seal.count, time: moment(seal.at, now, language) })}
              </span>
              <span className="mute">
                {t(seal.fixed ? 's_fixed' : 's_pending')} ·{' '}
                <span className="mono">{seal.root.slice(0, 16)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="mute">
        {archive.keptUntil ? t('s_kept', { time: fullDay(archive.keptUntil, language) }) : t('s_keptOpen')}
      </p>
    </section>
  );
}
