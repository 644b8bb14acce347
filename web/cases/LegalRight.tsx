import { legal as words } from '../text/legal.ts';
import { money } from '../text/format.ts';
import { useText } from '../text/use.ts';
import { Rich } from '../ui/Rich.tsx';
import type { CasePage } from './case.view.ts';

/** For counterfeits: what the law gives on top, computed for what was bought (F143). */
export function LegalRight({ one }: { one: CasePage }) {
  const t = useText(words);
  if (!one.legal) return null;
  const { amount, price, triple, least } = one.legal;
  const sums = { amount: money(amount), price: money(price), triple: money(triple), least: money(least) };
  return (
    <section className="card">
      <h2 className="mb-2">{t('title')}</h2>
      <p>
        <Rich text={t('text', sums)} version={one.rulebook} />
      </p>
      <p className="mute mt-2">{t('note')}</p>
    </section>
  );
}
