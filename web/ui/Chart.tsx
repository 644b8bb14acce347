import { useEffect, useRef, useState } from 'react';
import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';

export type Series = {
  readonly name: string;
  readonly kind: 'bar' | 'line';
  readonly tone: 'brand' | 'hold';
  readonly values: readonly number[];
};
type Props = {
  /** The whole chart in one sentence, for those who do not see it. */
  label: string;
  /** The first column of the table: what the points are. */
  axis: string;
  points: readonly string[];
  series: readonly Series[];
  show?: (value: number, series: Series) => string;
};

/**
 * A chart with its numbers. The server renders the table; in the browser ECharts is fetched only here and draws above it,
 * with one panel for each series, stacked: never two axes in one panel. The colours are the tokens of the page.
 */
export function Chart({ label, axis, points, series, show = (value) => String(value) }: Props) {
  const t = useText(common);
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    let stop = (): void => {};
    let gone = false;
    void import('./chart-draw.ts').then(({ draw }) => {
      if (gone || !place.current) return;
      setDrawn(true);
      stop = draw(place.current, { points, series, show });
    });
    return () => {
      gone = true;
      stop();
    };
  }, [points, series, show]);
  const table = (
    <div className="scroll">
      <table className="tbl">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{axis}</th>
            {series.map((one) => (
              <th key={one.name} scope="col" className="r">
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point, index) => (
            <tr key={point}>
              <th scope="row">{point}</th>
              {series.map((one) => (
                <td key={one.name} className="r">
                  {show(one.values[index] ?? 0, one)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return (
    <figure>
      <p className="lg">
        {series.map((one) => (
          <span key={one.name}>
            <i className={one.tone} />
            {one.name}
          </span>
        ))}
      </p>
      <div ref={place} className={drawn ? 'plot' : undefined} role="img" aria-label={label} hidden={!drawn} />
      {drawn ? (
        <details className="fold">
          <summary className="mute underline">{t('chartTable')}</summary>
          {table}
        </details>
      ) : (
        table
      )}
    </figure>
  );
}
