import type { Instant } from '../../kit/time.ts';

/** What happens in one story, by its own time. Acts of one order come one after another; those of different orders run together. */
export type Act = { readonly at: Instant; readonly run: () => Promise<void> };

/** Acts in order of time; new ones may be added while it is lived. */
export type Agenda = {
  add(act: Act): void;
  /** When the next act is due; undefined when nothing is left. */
  next(): Instant | undefined;
  /** Takes every act until then. */
  takeUntil(until: Instant): Act[];
};

export function agendaOf(): Agenda {
  let acts: Act[] = [];
  let sorted = true;
  const sort = (): void => {
    if (!sorted) acts.sort((a, b) => b.at - a.at);
    sorted = true;
  };
  return {
    add: (act) => {
      acts.push(act);
      sorted = false;
    },
    next: () => {
      sort();
      return acts.at(-1)?.at;
    },
    takeUntil: (until) => {
      sort();
      const first = acts.findIndex((act) => act.at <= until);
      if (first < 0) return [];
      const taken = acts.slice(first).toReversed();
      acts = acts.slice(0, first);
      return taken;
    },
  };
}
