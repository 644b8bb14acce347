import { useCallback, useMemo } from 'react';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { sourceWords } from '../../src/aftersales/words.contract.ts';
import type { Answers } from '../api.ts';
import { count, money, percent, took } from '../text/format.ts';
import { precedents as words } from '../text/precedents.ts';
import { useFrame, useText } from '../text/use.ts';
import { Chart, type Series } from './Chart.tsx';
import { Kpis } from './Facts.tsx';

export type Report = Pick<
  Answers['trust']['report'],
  'numbers' | 'reasons' | 'sources' | 'weeks' | 'definitions'
>;
type One = Report['numbers'][number];
const promises: readonly string[] = ['traced', 'liability_found', 'paid_out'];

/** A number in words: sums in yuan, times as spans, shares as percent. */
function valueText({ unit, value }: One, language: 'zh' | 'en', nothing: string): string {
  if (value === null) return nothing;
  if (unit === 'fen') return money(value);
  if (unit === 'ms') return took(Number(value), language);
  if (unit === 'share') return percent(Number(value), language);
  return unit === 'mark' ? value : count(Number(value), language);
}

/** The numbers of a period with the query of each, week by week, what cases were about, and who paid. */
export function TrustNumbers({ report }: { report: Report }) {
  const t = useText(words);
  const { language } = useFrame();
  const said = (one: One): string => valueText(one, language, t('nothing'));
  const rest = report.numbers.filter((one) => !promises.includes(one.key));
  return (
    <div className="stack">
      <section className="card">
        <h2 className="mb-2">{t('promises')}</h2>
        <Kpis
          items={report.numbers
            .filter((one) => promises.includes(one.key))
            .map((one) => ({ value: said(one), text: one.words[language] }))}
        />
      </section>
      <section className="card">
        <h2 className="mb-2">{t('weeksTitle')}</h2>
        <Weeks weeks={report.weeks} />
      </section>
      <section className="card">
        <h2 className="mb-2">{t('numbers')}</h2>
        <ul className="nums">
          {[...rest, ...report.numbers.filter((one) => promises.includes(one.key))].map((one) => (
            <li key={one.key} id={one.key}>
              <span>{one.words[language]}</span>
              <b>{said(one)}</b>
              <details>
                <summary className="mute underline">{t('definition')}</summary>
                <code>{one.definition}</code>
              </details>
            </li>
          ))}
        </ul>
      </section>
      <div className="halves">
        <Bars
          title={t('reasonsTitle')}
          none={t('reasonsNone')}
          rows={report.reasons.map((one) => ({
            name: Object.hasOwn(reasons, one.reason)
              ? reasons[one.reason as keyof typeof reasons].words[language]
              : one.reason,
            value: one.cases,
            text: count(one.cases, language),
          }))}
        />
        <Bars
          title={t('sourcesTitle')}
          none={t('sourcesNone')}
          rows={report.sources.map((one) => ({
            name: Object.hasOwn(sourceWords, one.source)
              ? sourceWords[one.source as keyof typeof sourceWords][language]
              : one.source,
            value: Number(one.amount),
            text: money(one.amount),
          }))}
        />
      </div>
    </div>
  );
}

function Weeks({ weeks }: { weeks: Report['weeks'] }) {
  const t = useText(words);
  const { language } = useFrame();
  const points = useMemo(() => weeks.map((one) => one.week.slice(5).replace('-', '/')), [weeks]);
  const series = useMemo<Series[]>(
    () => [
      { name: t('weeksOrders'), kind: 'bar', tone: 'brand', values: weeks.map((one) => one.orders) },
      { name: t('weeksCases'), kind: 'bar', tone: 'hold', values: weeks.map((one) => one.cases) },
      { name: t('weeksPaid'), kind: 'line', tone: 'hold', values: weeks.map((one) => Number(one.paid)) },
    ],
    [weeks, language],
  );
  const paid = t('weeksPaid');
  const show = useCallback(
    (value: number, one: Series) => (one.name === paid ? money(Math.round(value)) : count(value, language)),
    [language, paid],
  );
  const sum = (of: 'orders' | 'cases'): string =>
    count(
      weeks.reduce((all, one) => all + one[of], 0),
      language,
    );
  return (
    <Chart
      label={t('weeksSay', { orders: sum('orders'), cases: sum('cases') })}
      axis={t('weeksAxis')}
      points={points}
      series={series}
      show={show}
    />
  );
}

type BarRow = { readonly name: string; readonly value: number; readonly text: string };
/** A list with its lengths drawn: the most frequent stands first and is the whole width. */
function Bars({ title, none, rows }: { title: string; none: string; rows: readonly BarRow[] }) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return (
    <section className="card">
      <h2 className="mb-2">{title}</h2>
      {rows.length === 0 && <p className="mute">{none}</p>}
      <ul className="bars">
        {rows.map((row) => (
          <li key={row.name}>
            <span>{row.name}</span>
            <b>{row.text}</b>
            <meter min={0} max={most} value={row.value} aria-hidden="true" />
          </li>
        ))}
      </ul>
    </section>
  );
}
