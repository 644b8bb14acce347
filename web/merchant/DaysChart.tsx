import { useCallback, useMemo } from 'react';
import type { Answers } from '../api.ts';
import { count, money } from '../text/format.ts';
import { merchant } from '../text/merchant.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Chart, type Series } from '../ui/Chart.tsx';

export type ShopDays = Answers['analytics']['shopToday']['days'];

/** '2026-11-20' as '11/20'. */
export const shortDay = (day: string): string => day.slice(5).replace('-', '/');

/** Sales and stock of fourteen days, one panel each. */
export function DaysChart({ days }: { days: ShopDays }) {
  const t = useText(merchant);
  const language = useLanguage();
  const points = useMemo(
    () => days.map((one, index) => (index === days.length - 1 ? t('chartToday') : shortDay(one.day))),
    [days, language],
  );
  const series = useMemo<Series[]>(
    () => [
      { name: t('chartSales'), kind: 'bar', tone: 'brand', values: days.map((one) => Number(one.sales)) },
      { name: t('chartStock'), kind: 'line', tone: 'hold', values: days.map((one) => one.stock) },
    ],
    [days, language],
  );
  const show = useCallback(
    (value: number, one: Series) =>
      one.kind === 'bar' ? money(Math.round(value)) : count(Math.round(value), language),
    [language],
  );
  const today = days.at(-1);
  const label = t('chartSays', {
    most: money(Math.max(...days.map((one) => Number(one.sales)))),
    today: money(today?.sales ?? '0'),
    stock: count(today?.stock ?? 0, language),
  });
  return <Chart label={label} axis={t('chartDay')} points={points} series={series} show={show} />;
}
