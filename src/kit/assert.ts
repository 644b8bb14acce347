/** For what cannot happen unless we made a mistake. Never caught: the transaction rolls back and the request answers 500. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new BrokenPromise(message);
}

export class BrokenPromise extends Error {
  override name = 'BrokenPromise';
}

/** The element that must be there. */
export function must<T>(value: T | undefined | null, message: string): T {
  assert(value !== undefined && value !== null, message);
  return value;
}
