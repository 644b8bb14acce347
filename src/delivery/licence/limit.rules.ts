import type { Instant } from '../../kit/time.ts';

/** So many at once, and so many a second after that. */
export type Rate = { readonly burst: number; readonly per_s: number };

/** What one device, one address or one key may ask for. A device that validates at its start and now and then never meets them. */
export const rates = {
  validate: { burst: 100, per_s: 20 },
  change: { burst: 30, per_s: 0.5 },
  changesOfAddress: { burst: 240, per_s: 2 },
  misses: { burst: 60, per_s: 1 },
} as const satisfies Record<string, Rate>;

type Bucket = { tokens: number; at: Instant };
export type Buckets = Map<string, Bucket>;

// Who has not come for longest is forgotten first: a forgotten one begins anew with a full bucket.
const bucketsMax = 50_000;

const tokensAt = (bucket: Bucket | undefined, rate: Rate, now: Instant): number =>
  bucket === undefined
    ? rate.burst
    : Math.min(rate.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * rate.per_s);

/** Takes one from the bucket of `name`; answers the seconds to wait when it is empty, else 0. */
export function take(buckets: Buckets, name: string, rate: Rate, now: Instant): number {
  const tokens = tokensAt(buckets.get(name), rate, now);
  const wait = tokens >= 1 ? 0 : Math.ceil((1 - tokens) / rate.per_s);
  buckets.delete(name);
  buckets.set(name, { tokens: wait > 0 ? tokens : tokens - 1, at: now });
  if (buckets.size > bucketsMax) buckets.delete(buckets.keys().next().value ?? name);
  return wait;
}

/** The seconds until the bucket of `name` gives again, without taking. */
export function waitOf(buckets: Buckets, name: string, rate: Rate, now: Instant): number {
  const tokens = tokensAt(buckets.get(name), rate, now);
  return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / rate.per_s);
}
