import { agree, type Answer } from '../../src/aftersales/actions.ts';
import { must } from '../../src/kit/assert.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { instant } from '../../src/kit/time.ts';
import { openDb, transaction } from '../../src/kit/tx.ts';
import { nobody } from '../../src/kit/viewer.ts';

// A program in which a shop agrees to a case, and ends: `case.ts <database url> <wall clock ms> <case> <shop> <owner>`. With FAULTS in its
// environment it dies on the way.
const [, , url, wall, caseId, shopId, ownerId] = process.argv;
const db = openDb({
  url: must(url, 'a database'),
  wall: { now: () => instant(Number(wall)) },
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 2,
});
const viewer = {
  ...nobody,
  userId: must(ownerId, 'an owner'),
  shops: [{ shopId: must(shopId, 'a shop'), role: 'owner' as const }],
};
const answer: Answer = await transaction(db, (tx) => agree(tx, { caseId: must(caseId, 'a case'), viewer }));
await db.pool.end();
process.exitCode = answer.ok ? 0 : 3;
