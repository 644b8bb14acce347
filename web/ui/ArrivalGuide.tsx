import { arrivals } from '../../src/delivery/arrival.data.ts';
import { guides } from '../text/guides.ts';
import { useLanguage, useText } from '../text/use.ts';

/** How to see that goods of this kind arrived, and what to try first when they did not (F030, F044, F046). Folded; opens without JavaScript. */
export function ArrivalGuide({ goods, open = false }: { goods: string; open?: boolean }) {
  const t = useText(guides);
  const language = useLanguage();
  const arrival = Object.hasOwn(arrivals, goods) ? arrivals[goods as keyof typeof arrivals] : undefined;
  if (!arrival) return null;
  return (
    <details className="fold" open={open}>
      <summary>
        <span className="text-brand">{t('arrival')}</span>
      </summary>
      <ol className="lines text-sm">
        {arrival.steps.map((step) => (
          <li key={step.zh}>{step[language]}</li>
        ))}
      </ol>
      <p className="text-sm font-semibold">{t('arrivalBefore')}</p>
      <ul className="lines text-sm">
        {arrival.before.map((step) => (
          <li key={step.zh}>{step[language]}</li>
        ))}
      </ul>
    </details>
  );
}
