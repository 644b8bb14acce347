import { useCallback, useMemo } from 'react';
import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { causeWords, cureWords } from '../../src/risk/words.contract.ts';
import type { Answers } from '../api.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { AppealForm } from '../risk/AppealForm.tsx';
import { MeasureCard } from '../risk/MeasureCard.tsx';
import { OpenWays } from '../risk/OpenWays.tsx';
import { clock, moment } from '../text/format.ts';
import { risk as words } from '../text/risk.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Chart, type Series } from '../ui/Chart.tsx';
import { Kpis } from '../ui/Facts.tsx';
import { Rich } from '../ui/Rich.tsx';
import { shopOf } from './shop.server.ts';

type Standing = Answers['risk']['ofShop'];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const standing = await found(api.risk.ofShop({ shopId: shop.id }));
  return {
    standing,
    owner: shop.roles.includes('owner'),
    did: new URL(request.url).searchParams.has('did'),
    title: textIn(words, language)('title'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const outcome = await tried(
    page(context).api.risk.appealForShop({
      shopId: shop.id,
      measureId: text(form, 'measureId'),
      reasons: text(form, 'reasons'),
    }),
  );
  return outcome.ok
    ? redirect(withQuery(paths.merchantMeasures(), { did: 1 }))
    : again(outcome.refusal, form);
}

/** A shop's standing: score, penalties with appeal, what is paused and how it comes back, how its listings do. */
export default function Standing() {
  const { standing, owner, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const version = standing.measures[0]?.rulebook;
  return (
    <>
      <header className="mh">
        <h1>{t('title')}</h1>
        <p className="mute">
          <Rich text={t('shopLead')} version={version} />
        </p>
      </header>
      <Answer refused={answer?.refusal.message} did={did && t('appealed')} />
      {standing.frozen && (
        <Note tone="bad">
          <Rich text={t('frozen')} version={version} />
        </Note>
      )}
      <div className="inbox">
        <div className="stack">
          <Pauses standing={standing} />
          <section className="card">
            <h2>{t('health')}</h2>
            <p className="mute mb-3">
              <Rich text={t('healthLead')} version={version} />
            </p>
            {standing.health.length === 0 ? (
              <p className="mute">{t('healthNone')}</p>
            ) : (
              <Health points={standing.health} />
            )}
          </section>
          <h2>{t('penalties')}</h2>
          {standing.measures.length === 0 && <p className="mute">{t('penaltiesNone')}</p>}
          {standing.measures.map((one) => (
            <MeasureCard key={one.measureId} one={one}>
              {owner ? (
                <AppealForm
                  one={one}
                  typed={answer?.typed['measureId'] === one.measureId ? answer.typed['reasons'] : undefined}
                />
              ) : (
                <p className="mute">{t('ownerOnly')}</p>
              )}
            </MeasureCard>
          ))}
        </div>
        <aside className="stack">
          <Score standing={standing} />
          <OpenWays version={version} />
        </aside>
      </div>
    </>
  );
}

function Score({ standing }: { standing: Standing }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card stack">
      <Kpis items={[{ value: standing.score, text: t('score') }]} />
      <p className="mute">
        <Rich text={t('scoreText')} />
      </p>
      <ul className="lines">
        {standing.scores.map((one, index) => (
          <li key={index} className="between">
            <span>
              {t(`score_${one.kind}` as 'score_decided')}
              <br />
              <span className="mute">{moment(one.at, now, language)}</span>
            </span>
            <b>{one.points > 0 ? `+${one.points}` : `−${-one.points}`}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Pauses({ standing }: { standing: Standing }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h2 className="mb-2">{t('pauses')}</h2>
      {standing.pauses.length === 0 && <p className="mute">{t('pausesNone')}</p>}
      <ul className="lines">
        {standing.pauses.map((one) => (
          <li key={`${one.listingId} ${one.cause}`}>
            <a href={paths.merchantListing(one.listingId)}>{one.title}</a>
            <br />
            <b>{causeWords[one.cause][language]}</b>{' '}
            <span className="mute">{t('since', { time: moment(one.since, now, language) })}</span>
            <br />
            {cureWords[one.cause][language]}
          </li>
        ))}
      </ul>
    </section>
  );
}

const minutes = (seconds: number | null): number => Math.round((seconds ?? 0) / 6) / 10;

/** Of each moment the listing that did worst. */
function Health({ points }: { points: Standing['health'] }) {
  const t = useText(words);
  const worst = useMemo(
    () =>
      [...Map.groupBy(points, (one) => one.at).values()].flatMap((own) =>
        own.toSorted((a, b) => (b.p95 ?? 0) - (a.p95 ?? 0)).slice(0, 1),
      ),
    [points],
  );
  const axis = useMemo(() => worst.map((one) => clock(one.at)), [worst]);
  const series = useMemo<Series[]>(
    () => [
      { name: t('chartReached'), kind: 'bar', tone: 'brand', values: worst.map((one) => minutes(one.p95)) },
      {
        name: t('chartPromise'),
        kind: 'line',
        tone: 'hold',
        values: worst.map((one) => minutes(one.promise)),
      },
    ],
    // The words change with the language only, and then the page is another.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [worst],
  );
  const show = useCallback((value: number) => String(value), []);
  return (
    <Chart
      label={t('chartSays', {
        most: Math.max(...worst.map((one) => minutes(one.p95))),
        promise: Math.max(...worst.map((one) => minutes(one.promise))),
      })}
      axis={t('chartTime')}
      points={axis}
      series={series}
      show={show}
    />
  );
}
