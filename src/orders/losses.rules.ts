import { assert } from '../kit/assert.ts';
import { allocate, fen, noFen, type Fen } from '../kit/money.ts';

/** One unit of a line with its price and what went back for it, whoever gave it; a unit that was taken back has nothing left. */
export type Loss = { readonly place: number; readonly cap: Fen; readonly paid: Fen; readonly gone: boolean };
export const leftOf = (unit: Loss): Fen => (unit.gone ? noFen : fen(unit.cap - unit.paid));

/** Which place gets how much: by what is left of each, to the fen, and never more than that. */
export function spread(amount: Fen, units: readonly Loss[]): { place: number; amount: Fen }[] {
  const parts = allocate(amount, units.map(leftOf));
  return units.flatMap((unit, i) => {
    const part = parts[i] ?? noFen;
    assert(part <= leftOf(unit), 'no unit gets more than is left of it');
    return part > 0n ? [{ place: unit.place, amount: part }] : [];
  });
}
