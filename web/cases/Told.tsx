import type { Answers } from '../api.ts';
import { moment } from '../text/format.ts';
import { told as words } from '../text/told.ts';
import { useFrame, useText } from '../text/use.ts';
import type { CasePage } from './case.view.ts';

export type Tellings = Answers['cases']['tellings'];
type Telling = Tellings['tellings'][number];

const shownFirst = 4;

/** What was told to whom, by which channel, whether it arrived and was read. */
export function Told({ one, told }: { one: CasePage; told: Tellings }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const first = told.tellings.slice(0, shownFirst);
  const rest = told.tellings.slice(shownFirst);
  const turn =
    one.turn === 'buyer' || one.turn === 'merchant' || one.turn === 'platform' ? one.turn : undefined;
  return (
    <section className="card" id="told">
      <h3>{t('told')}</h3>
      <p className="mute">{t('toldLead')}</p>
      {told.waiting > 0 && <p className="mute">{t('waiting', { count: told.waiting })}</p>}
      {told.remindAt && turn && (
        <p className="mute">
          {t('remind', { time: moment(told.remindAt, now, language), who: t(sideKey(turn, one.role)) })}
        </p>
      )}
      {first.length === 0 && told.waiting === 0 && <p className="mute">{t('toldNone')}</p>}
      <TellingList one={one} list={first} />
      {rest.length > 0 && (
        <details className="fold">
          <summary className="mute underline">{t('toldMore', { count: rest.length })}</summary>
          <TellingList one={one} list={rest} />
        </details>
      )}
    </section>
  );
}

function TellingList({ one, list }: { one: CasePage; list: readonly Telling[] }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <ul className="told">
      {list.map((each, index) => (
        <li key={index}>
          <time>{moment(each.at, now, language)}</time>
          <div>
            <b>{each.what[language]}</b>
            <p>
              {t('line', { who: t(sideKey(each.to, one.role)), state: arrivalText(each, t, now, language) })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function sideKey(to: Telling['to'], role: CasePage['role']): keyof typeof words {
  if (to === 'buyer') return role === 'buyer' ? 'to_buyer' : 'to_buyer_other';
  if (to === 'merchant') return role === 'merchant' ? 'to_merchant_you' : 'to_merchant';
  return 'to_platform';
}

/** Whether a message arrived, and who of those who got it has read it, in words. */
export function arrivalText(
  one: Pick<Telling, 'people' | 'read' | 'readAt'>,
  t: ReturnType<typeof useText<typeof words>>,
  now: number,
  language: 'zh' | 'en',
): string {
  const { people, read, readAt } = one;
  if (readAt === null) return people > 1 ? t('arrivedAll', { people }) : t('arrived');
  const time = moment(readAt, now, language);
  return people > 1 ? t('readSome', { people, read, time }) : t('read', { time });
}
