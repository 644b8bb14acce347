import { faultPoint } from '../../kit/fault.ts';
import { reader, send, transaction, type Db, type Tx } from '../../kit/tx.ts';
import { holdCases, type File } from '../held.actions.ts';
import { applyOrEnter } from './actions.ts';
import type { TribunalKind } from './draw.rules.ts';
import {
  callNext,
  holdTribunal,
  noteTribunal,
  orderOf,
  stepTribunal,
  type Tribunal,
} from './held.actions.ts';
import { tribunalOf } from './rules.ts';
import { markDrawn } from './store.ts';
import { drawable } from './views.ts';

type Source = {
  readonly caseId: string;
  readonly kind: TribunalKind;
  readonly size: number;
  readonly root: Buffer;
};

/** Draws what can be drawn: the log has published a checkpoint since it was asked for. Answers how many. Running it twice is harmless. */
export async function drawTribunals(db: Db): Promise<number> {
  const found = await drawable(await reader(db), { viewerLimit: 100 });
  for (const source of found) await transaction(db, (tx) => draw(tx, source));
  return found.length;
}

/** Draws one tribunal, unless somebody did or the case has gone on without it. */
export async function draw(tx: Tx, source: Source): Promise<boolean> {
  const file = (await holdCases(tx, [source.caseId])).get(source.caseId);
  if (!file || tribunalOf(file.case.state) !== source.kind) return false;
  const w = await holdTribunal(tx, file, source.kind);
  if (w?.state !== 'drawing') return false;
  w.sourceSize = source.size;
  w.sourceRoot = source.root;
  w.drawnAt = tx.business;
  send(
    tx,
    markDrawn(tx, { ...w.key, state: w.state, size: source.size, root: source.root, at: tx.business }),
  );
  faultPoint('aftersales.panel.after-draw');
  const called = await callNext(tx, file, w, w.seatCount);
  await noteTribunal(tx, file, {
    kind: `case.${source.kind}_drawn`,
    actor: 'system',
    keyOwner: null,
    body: {
      checkpoint: source.size,
      root: source.root.toString('hex'),
      list: w.listSha256.toString('hex'),
      order: orderOf(w).map((one) => one.token),
      seated: called.map((one) => String(one.rank)),
    },
  });
  if (called.length === w.seatCount) stepTribunal(tx, w, 'seat', 'system');
  else await tooFew(tx, file, w);
  return true;
}

/** Too few are free of conflict: a senior decides in place of the panel, and a panel in place of the jury. */
async function tooFew(tx: Tx, file: File, w: Tribunal): Promise<void> {
  stepTribunal(tx, w, 'fail', 'system');
  const event = w.key.kind === 'panel' ? ('deadlock' as const) : ('hang' as const);
  await applyOrEnter(tx, file, {
    event,
    by: 'system',
    byId: null,
    says: [{ kind: 'too_few', body: { seats: w.seatCount } }],
  });
}
