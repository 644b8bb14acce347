import type { Answers } from '../api.ts';
import { delivery } from '../text/delivery.ts';
import { took } from '../text/format.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Bar } from './Bar.tsx';
import { Rich } from './Rich.tsx';

export type Kept = Answers['delivery']['promise'];

/** Promised against reached, from what the system measured; says so when it is too little to say anything (F062, F104). */
export function PromiseKept({ kept }: { kept: Kept }) {
  const t = useText(delivery);
  const language = useLanguage();
  const all = kept.onTime + kept.late;
  const rows = [
    [t('keptPromised'), kept.promised_seconds],
    [t('keptReached'), kept.median_seconds],
  ] as const;
  const longest = Math.max(1, ...rows.map(([, seconds]) => seconds ?? 0));
  return (
    <section className="card">
      <div className="between">
        <h2 className="m-0">{t('keptTitle')}</h2>
        {kept.enough && (
          <b className="num">{t('keptShare', { share: Math.floor((kept.onTime * 100) / all) })}</b>
        )}
      </div>
      {all > 0 && (
        <dl className="stack mt-3">
          {rows.map(
            ([name, seconds]) =>
              seconds !== null && (
                <div key={name}>
                  <dt className="between">
                    <span>{name}</span>
                    <b>{took(seconds * 1000, language)}</b>
                  </dt>
                  <dd className="m-0">
                    <Bar share={seconds / longest} fact />
                  </dd>
                </div>
              ),
          )}
        </dl>
      )}
      <p className="mute mt-3">
        <Rich
          text={
            all === 0
              ? t('keptNone')
              : t(kept.enough ? 'keptOnTime' : 'keptFew', { all, onTime: kept.onTime, late: kept.late })
          }
        />
      </p>
    </section>
  );
}
