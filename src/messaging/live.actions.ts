import { lowestId } from '../kit/ids.ts';
import { plus } from '../kit/time.ts';
import { reader, type Db } from '../kit/tx.ts';
import { readFeed } from './store.ts';

/** Somebody looking on: `next` answers true when something may have changed, false when it is over. */
export type Watch = { next(): Promise<boolean>; end(): void };

const look_ms = 250;
const troubled_ms = 1000;
/** How long a write may take between the making of its id and its commit and still be seen; beyond that a reload shows it. */
const grace = { seconds: -15 } as const;
/** Nobody looks on longer than this with one login: the browser comes again by itself, and who it is is asked again. */
const life_ms = 5 * 60_000;
export const watchersMax = 2000;
export const watchesPerPersonMax = 8;

/**
 * Who looks on in this process. One query, four times a second and only while somebody looks on, tells all of them which conversations
 * changed; each then reads its own news. News of a killed process lies in the feed as all others, so nothing is missed.
 */
class Hub {
  readonly #db: Db;
  readonly #watches = new Map<string, Set<Waiter>>();
  readonly #seen = new Set<string>();
  readonly #people = new Map<string, number>();
  #count = 0;
  #looking = false;
  constructor(db: Db) {
    this.#db = db;
  }

  get count(): number {
    return this.#count;
  }

  /** undefined: this process, or this person, has as many as may be. */
  watch(orderId: string, personId: string): Watch | undefined {
    const own = this.#people.get(personId) ?? 0;
    if (this.#count >= watchersMax || own >= watchesPerPersonMax) return undefined;
    const waiter = new Waiter(() => this.#leave(orderId, personId, waiter));
    const set = this.#watches.get(orderId) ?? new Set();
    this.#watches.set(orderId, set.add(waiter));
    this.#people.set(personId, own + 1);
    this.#count += 1;
    if (!this.#looking) void this.#look();
    return waiter;
  }

  endAll(): void {
    for (const set of this.#watches.values()) for (const waiter of set) waiter.end();
  }

  #leave(orderId: string, personId: string, waiter: Waiter): void {
    const set = this.#watches.get(orderId);
    set?.delete(waiter);
    if (set?.size === 0) this.#watches.delete(orderId);
    const own = (this.#people.get(personId) ?? 1) - 1;
    if (own > 0) this.#people.set(personId, own);
    else this.#people.delete(personId);
    this.#count -= 1;
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#count > 0) {
      const pause = await this.#lookOnce().then(
        () => look_ms,
        () => troubled_ms,
      );
      await new Promise<void>((go) => void setTimeout(go, pause).unref());
    }
    this.#looking = false;
    this.#seen.clear();
  }

  async #lookOnce(): Promise<void> {
    const on = await reader(this.#db);
    const since = lowestId(plus(on.wall, grace));
    for (const id of this.#seen) if (id < since) this.#seen.delete(id);
    for (const { id, orderId } of await readFeed(on, { since })) {
      if (this.#seen.has(id)) continue;
      this.#seen.add(id);
      for (const waiter of this.#watches.get(orderId) ?? []) waiter.wake();
    }
  }
}

class Waiter implements Watch {
  #changed = false;
  #over = false;
  #tell: ((goesOn: boolean) => void) | undefined;
  readonly #left: () => void;
  readonly #life: NodeJS.Timeout;
  constructor(left: () => void) {
    this.#left = left;
    this.#life = setTimeout(() => this.end(), life_ms).unref();
  }

  wake(): void {
    this.#changed = true;
    this.#answer();
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#life);
    this.#left();
    this.#answer();
  }

  next(): Promise<boolean> {
    return new Promise((tell) => {
      this.#tell = tell;
      this.#answer();
    });
  }

  #answer(): void {
    const tell = this.#tell;
    if (!tell || !(this.#changed || this.#over)) return;
    this.#tell = undefined;
    this.#changed = false;
    tell(!this.#over);
  }
}

const hubs = new WeakMap<Db, Hub>();
const hubOf = (db: Db): Hub => {
  const hub = hubs.get(db) ?? new Hub(db);
  hubs.set(db, hub);
  return hub;
};

export const watchOrder = (db: Db, p: { orderId: string; personId: string }): Watch | undefined =>
  hubOf(db).watch(p.orderId, p.personId);
/** How many look on in this process. */
export const watching = (db: Db): number => hubOf(db).count;
/** At the end of the program: those who look on are told to come again elsewhere. */
export const endWatches = (db: Db): void => hubOf(db).endAll();
