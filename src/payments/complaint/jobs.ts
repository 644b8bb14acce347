import type { Db } from '../../kit/tx.ts';
import { sendAnswers } from './actions.ts';

/** Answers to complaints leave within seconds. */
export const complaintTimers = [
  { name: 'complaint answers', every_ms: 2_000, run: (db: Db) => sendAnswers(db) },
] as const;
