// The place where the order domains looked first.
export * from './terms.rules.ts';
