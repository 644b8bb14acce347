import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { community } from '../text/community.ts';
import { deadline } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Cite } from './Cite.tsx';
import { Tag } from './Tag.tsx';

export type Place = Answers['community']['casePlace']['here'];
type Next = Omit<Place['next'][number], 'dueAt'> & { readonly dueAt?: string | null };
export type MapState = Omit<Place, 'next' | 'life'> & { readonly next: readonly Next[] };

/** One state of the map: what it is, its risk, and what can follow, by whom and by when. */
export function StateCard({
  state,
  version,
  here,
  id,
  linkTo,
}: {
  state: MapState;
  version: string;
  here?: boolean;
  id?: string;
  linkTo?: (state: string) => string;
}) {
  const t = useText(community);
  const { language } = useFrame();
  return (
    <section className={here ? 'mstate at' : 'mstate'} id={id} aria-current={here ? 'step' : undefined}>
      <h3>
        {state.title[language]} <Cite article={state.article} version={version} />
        {here && <Tag tone="ok">{t('mapHere')}</Tag>}
      </h3>
      <p>{state.what[language]}</p>
      {state.risk[language] && (
        <p className="risk">
          <b>{t('mapRisk')}</b> {state.risk[language]}
        </p>
      )}
      <h4>{t('mapNext')}</h4>
      {state.next.length === 0 ? (
        <p className="mute">{t('mapEnd')}</p>
      ) : (
        <ul className="nx">
          {state.next.map((one) => (
            <li key={`${one.event} ${one.to}`}>
              <NextStep one={one} version={version} linkTo={linkTo} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function NextStep({
  one,
  version,
  linkTo,
}: {
  one: Next;
  version: string;
  linkTo: ((state: string) => string) | undefined;
}) {
  const t = useText(community);
  const { now, language } = useFrame();
  const who = one.by.map((by) => t(`by_${by as 'buyer'}`)).join(language === 'zh' ? '、' : ', ');
  const when = one.dueAt
    ? t('mapBefore', { time: deadline(one.dueAt, now, language) })
    : one.within
      ? t('mapWithin', { time: one.within[language] })
      : '';
  return (
    <>
      <span>
        <b>{one.words[language]}</b> →{' '}
        {linkTo ? <a href={linkTo(one.to)}>{one.toTitle[language]}</a> : one.toTitle[language]}
      </span>
      <span className="mute">
        {[who, when].filter(Boolean).join(' · ')} <Cite article={one.article} version={version} />
      </span>
    </>
  );
}

/** Where a case or an order stands, folded away until somebody asks; the whole map is a link. */
export function Here({ here, rulebook, map }: { here: Place; rulebook: string; map: string }) {
  const t = useText(community);
  const { language } = useFrame();
  return (
    <details className="card unfold">
      <summary>
        {t('mapHere')}：{here.title[language]}
      </summary>
      <StateCard
        state={here}
        version={rulebook}
        here
        linkTo={(state) => `${paths.rulesMap()}#${here.life}-${state}`}
      />
      <p>
        <a href={map}>{t('mapWhole')}</a>
      </p>
    </details>
  );
}
