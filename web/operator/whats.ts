import { operator } from '../text/operator.ts';
import type { Say } from '../text/use.ts';

/** What a kind of deadline does, in words; a kind that has no words yet shows its name. */
export function whatText(what: string, t: Say<typeof operator>): string {
  const key = `what_${what.replaceAll('.', '_')}`;
  return Object.hasOwn(operator, key) ? t(key as keyof typeof operator) : what;
}
