import { applySome, findGroup, watchBatches } from '../../src/aftersales/batch/actions.ts';
import { judged } from '../cases.ts';
import { commit, open } from '../../src/aftersales/jury/actions.ts';
import { commitmentOf } from '../../src/aftersales/jury/rules.ts';
import { vote } from '../../src/aftersales/panel/actions.ts';
import { drawTribunals } from '../../src/aftersales/panel/draw.actions.ts';
import { tokenOf } from '../../src/aftersales/panel/draw.rules.ts';
import { must } from '../../src/kit/assert.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { instant } from '../../src/kit/time.ts';
import { openDb, transaction, type Tx } from '../../src/kit/tx.ts';
import { nobody } from '../../src/kit/viewer.ts';

// A program that does one thing about a panel, a jury or a group, and ends: `tribunal.ts <database url> <wall ms> <what> <case or group> <shop> <who>`.
// With FAULTS in its environment it dies on the way.
const [, , url, wall, what = '', id = '', shopId = '', userId = ''] = process.argv;
const db = openDb({
  url: must(url, 'a database'),
  wall: { now: () => instant(Number(wall)) },
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 2,
});
const staff = { ...nobody, userId, buyerIds: [userId], staff: ['arbitrator' as const] };
const juror = { ...nobody, userId, buyerIds: [userId] };
const nonce = 'a-nonce-of-tests-0';
const sealed = () => commitmentOf({ caseId: id, token: tokenOf(id, userId), choice: 'buyer', nonce });
const news = (event: string) => ({
  id,
  event,
  body: { about: [id], shops: [what === 'watch' ? userId : shopId], data: null },
});
const acts: Readonly<Record<string, (tx: Tx) => Promise<unknown>>> = {
  vote: (tx) => vote(tx, { caseId: id, viewer: staff, judged: judged() }),
  seal: (tx) => commit(tx, { caseId: id, viewer: juror, commitment: sealed() }),
  open: (tx) =>
    open(tx, { caseId: id, viewer: juror, choice: 'buyer', nonce, reasons: '证据充分，支持买家' }),
  find: (tx) => findGroup(tx, { groupId: id, viewer: staff, judged: judged({ amount: null }) }),
  apply: (tx) => applySome(tx, id),
};
const alone: Readonly<Record<string, () => Promise<unknown>>> = {
  draw: () => drawTribunals(db),
  watch: () => watchBatches(db, [news('case.file')]),
};
const act = acts[what];
const answer = act ? await transaction(db, act) : await must(alone[what], `${what} is something to do`)();
await db.pool.end();
process.exitCode = typeof answer === 'object' && answer !== null && 'ok' in answer && !answer.ok ? 3 : 0;
