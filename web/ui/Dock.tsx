import type { ReactNode } from 'react';

/** The bar at the bottom of a phone page that asks for one decision: the sum, and its button. */
export const Dock = ({ sum, note, children }: { sum: ReactNode; note: ReactNode; children: ReactNode }) => (
  <div className="dock">
    <div className="p">
      <b>{sum}</b>
      <small>{note}</small>
    </div>
    {children}
  </div>
);
