import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Series } from './Chart.tsx';

use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

type Drawing = {
  points: readonly string[];
  series: readonly Series[];
  show: (value: number, series: Series) => string;
};

/** Draws into the element and follows its size and the colour scheme. Answers how to stop. */
export function draw(element: HTMLElement, { points, series, show }: Drawing): () => void {
  const chart = init(element, null, { renderer: 'canvas' });
  const paint = (): void => chart.setOption(options(getComputedStyle(element), points, series, show), true);
  const size = new ResizeObserver(() => chart.resize());
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  paint();
  size.observe(element);
  scheme.addEventListener('change', paint);
  return () => {
    size.disconnect();
    scheme.removeEventListener('change', paint);
    chart.dispose();
  };
}

/** The bars before the last one step back, so that today is seen first. */
const faded = (one: Series) =>
  one.values.map((value, index) =>
    one.kind === 'bar' && index < one.values.length - 1 ? { value, itemStyle: { opacity: 0.45 } } : { value },
  );

function options(
  style: CSSStyleDeclaration,
  points: Drawing['points'],
  series: Drawing['series'],
  show: Drawing['show'],
): EChartsCoreOption {
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const height = 84 / series.length;
  const last = series.length - 1;
  return {
    animation: !still,
    textStyle: { fontFamily: token('--font-sans'), color: token('--ink-3') },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: token('--surface'),
      borderColor: token('--line'),
      textStyle: { color: token('--ink') },
      formatter: (found: { seriesIndex: number; dataIndex: number }[]) =>
        [
          points[found[0]?.dataIndex ?? 0],
          ...found.map((one) => {
            const of = series[one.seriesIndex] as Series;
            return `${of.name}  ${show(of.values[one.dataIndex] ?? 0, of)}`;
          }),
        ].join('\n'),
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: series.map((_, index) => ({
      left: 64,
      right: 12,
      top: `${2 + index * (height + 4)}%`,
      height: `${height - 4}%`,
    })),
    xAxis: series.map((_, index) => ({
      type: 'category',
      gridIndex: index,
      data: [...points],
      axisLabel: { show: index === last, color: token('--ink-3') },
      axisLine: { lineStyle: { color: token('--line') } },
      axisTick: { show: false },
    })),
    yAxis: series.map((one, index) => ({
      type: 'value',
      gridIndex: index,
      splitNumber: 2,
      axisLabel: { color: token('--ink-3'), formatter: (value: number) => show(value, one) },
      splitLine: { lineStyle: { color: token('--line') } },
    })),
    series: series.map((one, index) => ({
      name: one.name,
      type: one.kind,
      xAxisIndex: index,
      yAxisIndex: index,
      data: faded(one),
      symbol: 'none',
      barMaxWidth: 28,
      itemStyle: { color: token(one.tone === 'brand' ? '--brand' : '--hold-fill') },
      lineStyle: { width: 3 },
      ...(one.kind === 'line'
        ? { areaStyle: { color: token(one.tone === 'hold' ? '--hold-soft' : '--brand-soft') } }
        : {}),
    })),
  };
}
