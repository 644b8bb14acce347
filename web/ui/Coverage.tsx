import { useId, type ReactNode } from 'react';
import { Seam } from './Seam.tsx';

export type CoverageRow = {
  readonly what: ReactNode;
  readonly when: ReactNode;
  /** If it is not kept, with its citation. */ readonly otherwise: ReactNode;
};

/** 权益卡: what is promised, when, and what if not. After payment the same card shows fixed times. */
export function Coverage({
  title,
  lead,
  rows,
}: {
  title: ReactNode;
  lead: ReactNode;
  rows: readonly CoverageRow[];
}) {
  const id = useId();
  return (
    <section className="cov" aria-labelledby={id}>
      <div className="cov-h">
        <h2 id={id}>{title}</h2>
        <p>{lead}</p>
      </div>
      <Seam />
      {rows.map((row, index) => (
        <div className="cov-r" key={index}>
          <h3>{row.what}</h3>
          <p className="when">{row.when}</p>
          <p className="else">{row.otherwise}</p>
        </div>
      ))}
    </section>
  );
}
