/** What tests take from the verifier. */
export function unzip(bytes: Uint8Array): Map<string, Buffer>;
export function verifyBundle(
  files: ReadonlyMap<string, Uint8Array>,
  trust: { vkey?: string },
  wrong: (where: string, what: string) => void,
): { proved: number; pending: number; origin: string };
