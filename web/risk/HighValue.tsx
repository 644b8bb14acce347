import type { Answers } from '../api.ts';
import { risk as words } from '../text/risk.ts';
import { useText } from '../text/use.ts';
import { Icon } from '../ui/Icon.tsx';

type High = NonNullable<Answers['risk']['highValue']['high']>;

/** The safeguards of an order of high value (article 48), each as it stands; what is not there yet is said to be so. */
export function HighValue({ high }: { high: High }) {
  const t = useText(words);
  const lines: [boolean, string][] = [
    [true, t('highHold', { days: high.extraDays })],
    [high.anchoredAt !== null, t(high.anchoredAt ? 'highAnchor' : 'highAnchorSoon')],
    [high.inspectedAt !== null, t(high.inspectedAt ? 'highInspected' : 'highInspect')],
    [false, t('highInsurance')],
  ];
  if (high.witness) lines.push([true, t('highWitness')]);
  return (
    <section className="card stack">
      <h2>{t('highTitle')}</h2>
      <ul className="stack">
        {lines.map(([on, text]) => (
          <li key={text} className="row">
            <Icon name={on ? 'check' : 'clock'} size={18} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
