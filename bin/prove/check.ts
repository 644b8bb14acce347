/** One invariant: a sentence that must hold, and SQL whose every row is an offence (`row`: which, `wrong`: what is wrong with it). */
export type Check = { readonly says: string; readonly sql: string };
export const check = (says: string, sql: string): Check => ({ says, sql });
