import type { ReactNode } from 'react';
import { money } from '../text/format.ts';

export type Fact = { readonly name: ReactNode; readonly value: ReactNode };

/** Names and values. `wide` gives the name seven characters and the value the rest, as on a listing. */
export const Facts = ({ facts, wide }: { facts: readonly Fact[]; wide?: boolean }) => (
  <dl className={wide ? 'kv wide' : 'kv'}>
    {facts.map((fact, index) => (
      <FactRow key={index} {...fact} />
    ))}
  </dl>
);
const FactRow = ({ name, value }: Fact) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);

/** The numbers of the day in one row. */
export const Kpis = ({ items }: { items: readonly { value: ReactNode; text: ReactNode }[] }) => (
  <div className="kpi">
    {items.map((item, index) => (
      <div key={index}>
        <b>{item.value}</b>
        <span>{item.text}</span>
      </div>
    ))}
  </div>
);

export type BillLine = { readonly text: ReactNode; readonly note?: ReactNode; readonly fen: bigint | string };

/** What is paid, line by line, and all of it together: nothing is added later. */
export const Bill = ({
  caption,
  lines,
  total,
  totalText,
  small,
}: {
  caption: string;
  lines: readonly BillLine[];
  total: bigint | string;
  totalText: ReactNode;
  /** Beside an order, where the sum is said elsewhere in large. */ small?: boolean;
}) => (
  <table className={small ? 'bill small' : 'bill'}>
    <caption className="sr-only">{caption}</caption>
    <tbody>
      {lines.map((line, index) => (
        <tr key={index}>
          <td>
            {line.text}
            {line.note && (
              <>
                <br />
                <span className="mute">{line.note}</span>
              </>
            )}
          </td>
          <td>{money(line.fen)}</td>
        </tr>
      ))}
      <tr className="total">
        <td>{totalText}</td>
        <td>{money(total)}</td>
      </tr>
    </tbody>
  </table>
);
