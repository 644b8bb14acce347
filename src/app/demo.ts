import type { Db } from '../kit/tx.ts';

/** Printed after the start, so that a visitor can log in at once. */
export const demoAccounts: readonly { role: string; login: string; password: string }[] = [];

/** Lays out the demo world in an empty database. It is still empty. */
export async function layOutDemo(_db: Db, _tell: (what: string) => void): Promise<void> {}
