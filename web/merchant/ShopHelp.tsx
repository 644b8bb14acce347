import { IssuerAnswers } from '../buyer/KeyHelp.tsx';
import type { Help } from '../buyer/order.view.ts';
import { help as words } from '../text/help.ts';
import { merchant } from '../text/merchant.ts';
import { useText } from '../text/use.ts';

/** What the buyer compared and what the issuer said, for the shop: the same facts, and no key. */
export function ShopHelp({ help }: { help: Help }) {
  const t = useText(words);
  const m = useText(merchant);
  const units = help.lines.flatMap((line) => line.units);
  const touched = units
    .map((unit, index) => ({ unit, number: index + 1 }))
    .filter(({ unit }) => unit.checks.length > 0 || unit.issuerChecks.length > 0);
  if (touched.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('shopHelp')}</h2>
      <ul className="lines text-sm">
        {touched.map(({ unit, number }) => {
          const last = unit.checks.at(-1);
          return (
            <li key={unit.unit}>
              <b>{m('unit', { number })}</b>
              {last && (
                <p>
                  {t('shopChecks', {
                    count: unit.checks.length,
                    verdict: t(`verdict_${last.verdict}`),
                  })}
                </p>
              )}
              <IssuerAnswers answers={unit.issuerChecks} isBuyer={false} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
