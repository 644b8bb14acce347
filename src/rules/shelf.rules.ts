import { must } from '../kit/assert.ts';
import { canonicalJson } from '../kit/json.ts';
import { sha256 } from '../kit/secret.ts';
import { endOfBeijingDay, instant, type Instant } from '../kit/time.ts';
import type { RuleBook } from './contract.ts';
import { bindingStates, publicStates, type RulebookState } from './machine.ts';
import { vgsr100, vgsr100Life } from './vgsr-1.0.0.data.ts';

/** Where a version stands, as its row says. */
export type Life = {
  readonly state: RulebookState;
  readonly consultFrom: Instant | null;
  readonly consultUntil: Instant | null;
  readonly announcedAt: Instant | null;
  readonly effectiveAt: Instant | null;
};

export type Shelved = { readonly book: RuleBook; readonly life: Life };

/** 0:00 in Beijing of a day. */
export const beijingMidnight = (day: string): Instant => instant(endOfBeijingDay(day) - 24 * 3_600_000);

/** What the program brings with it; other versions are drafted by operators and live in the database. */
export const shipped: Shelved = {
  book: vgsr100,
  life: {
    state: 'in_force',
    consultFrom: null,
    consultUntil: null,
    announcedAt: beijingMidnight(vgsr100Life.announcedOn),
    effectiveAt: beijingMidnight(vgsr100Life.effectiveOn),
  },
};

// The versions that this process knows. A published text never changes, so what is read once is true for ever, and no purchase asks the
// database for a parameter; `loadRules` looks for new ones at the start, after every change made here, and every few seconds.
let shelf: readonly Shelved[] = [shipped];

/** Takes the public versions of the database in place of those known before. The shipped one stays, whatever the database holds. */
export function shelve(list: readonly Shelved[]): void {
  const others = list.filter(({ book }) => book.version !== vgsr100.version);
  const own = list.find(({ book }) => book.version === vgsr100.version)?.life ?? shipped.life;
  shelf = [{ book: vgsr100, life: own }, ...others]
    .filter(({ life }) => isPublic(life.state))
    .sort((a, b) => compareVersions(a.book.version, b.book.version));
}

export const isPublic = (state: RulebookState): boolean =>
  (publicStates as readonly string[]).includes(state);

/** 1.10.0 comes after 1.9.0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < 3; i++) if (left[i] !== right[i]) return (left[i] ?? 0) - (right[i] ?? 0);
  return 0;
}

/** Every version that the public may see, oldest first. */
export const shelved = (): readonly Shelved[] => shelf;
export const shelvedOf = (version: string): Shelved | undefined =>
  shelf.find(({ book }) => book.version === version);
export const bookOf = (version: string): RuleBook | undefined => shelvedOf(version)?.book;

/**
 * The version that an order of this instant is bound to: the last one that took effect. It is a question of time alone, so that every
 * process gives the same answer in the second a version takes effect, whether its step is written yet or not.
 */
export function versionAt(at: Instant): string {
  let found: Shelved | undefined;
  for (const one of shelf) {
    const { state, effectiveAt } = one.life;
    if (effectiveAt === null || effectiveAt > at || !(bindingStates as readonly string[]).includes(state))
      continue;
    if (!found || effectiveAt >= (found.life.effectiveAt as Instant)) found = one;
  }
  // A demo or a test may stand before the first day: the first version is the only one there can be.
  return (found ?? must(shelf[0], 'the shipped version is there')).book.version;
}

/** The version that is written down as the one in force, for looking at texts; what binds an order is `versionAt` its own instant. */
export const inForce = (): string =>
  (shelf.findLast(({ life }) => life.state === 'in_force') ?? shipped).book.version;

const hashes = new WeakMap<RuleBook, string>();

/** SHA-256 of the canonical JSON (RFC 8785) of a version: what an order pins, and what anybody can recompute from the download. */
export function hashOf(book: RuleBook): string {
  const known = hashes.get(book) ?? sha256(canonicalJson(book)).toString('hex');
  hashes.set(book, known);
  return known;
}
