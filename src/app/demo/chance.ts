import { must } from '../../kit/assert.ts';

/** Chance that falls the same way on every machine, so that two people who start the demo talk about one world. */
export type Chance = {
  /** At least 0, less than 1. */
  part(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** True in `share` of the cases. */
  happens(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Characters of an alphabet. */
  text(alphabet: string, length: number): string;
};

/** mulberry32: small, and even enough for a story. Nothing that must be secret comes from it. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const part = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (least: number, most: number): number => least + Math.floor(part() * (most - least + 1));
  return {
    part,
    whole,
    happens: (share) => part() < share,
    pick: (list) => must(list[whole(0, list.length - 1)], 'there is something to pick from'),
    text: (alphabet, length) =>
      Array.from({ length }, () => alphabet[whole(0, alphabet.length - 1)]).join(''),
  };
}
