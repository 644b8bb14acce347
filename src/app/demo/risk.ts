import { must } from '../../kit/assert.ts';
import { plus } from '../../kit/time.ts';
import { transaction } from '../../kit/tx.ts';
import { nobody, type Viewer } from '../../kit/viewer.ts';
import { decideProposed, noteSignals, propose } from '../../risk/actions.ts';
import type { NewSignal } from '../../risk/rules.ts';
import { signalsOf } from '../../risk/views.ts';
import type { World } from './world.ts';

const officer = (userId: string): Viewer => ({ ...nobody, userId, staff: ['risk'] });

/** A buyer with a measure in force, and a shop whose warning waits for the operator. A silent shop needs no scene: move the clock by two days. */
export function planRisk(world: World): void {
  const at = (hours: number, run: () => Promise<void>): void =>
    world.agenda.add({ at: plus(world.end, { hours }), run });
  at(-50, () => noticed(world));
  at(-6, () => warned(world));
}

async function evidence({ db }: World, one: NewSignal): Promise<string[]> {
  return transaction(db, async (tx) => {
    await noteSignals(tx, [one]);
    const [newest] = await signalsOf(tx, { viewerSubject: one.subjectId });
    return [must(newest, 'the evidence is there').id];
  });
}

/** The second demo buyer: a notice, two days old, that can be appealed. */
async function noticed(world: World): Promise<void> {
  const { db, people } = world;
  const subjectId = people.players.second;
  const signals = await evidence(world, {
    subjectId,
    side: 'buyer',
    kind: 'reused_exhibit',
    ref: 'demo',
    evidence: { exhibit: 1, says: '同一张失败页截图，出现在两个不同订单的售后里' },
  });
  await transaction(db, async (tx) => {
    const proposed = await propose(tx, {
      viewer: officer(people.players.arbitrator3),
      side: 'buyer',
      subjectId,
      step: 'notice',
      signals,
      reasons: '同一张截图用在两件不同订单的售后里，图里的订单号只对得上其中一件',
    });
    if (proposed.ok)
      await decideProposed(tx, {
        viewer: officer(people.players.operator),
        measureId: proposed.value.measureId,
        agrees: true,
        text: '对过两张图的指纹，一致',
      });
  });
}

/** A shop led a buyer away: its warning waits for a second person. */
async function warned(world: World): Promise<void> {
  const { db, people } = world;
  const { shopId } = people.shops.shiguang;
  const signals = await evidence(world, {
    subjectId: shopId,
    side: 'merchant',
    kind: 'coerced_withdrawal',
    ref: 'demo',
    evidence: { says: '聊天里让买家加微信，随后买家撤回了售后' },
  });
  await transaction(db, (tx) =>
    propose(tx, {
      viewer: officer(people.players.arbitrator),
      side: 'merchant',
      subjectId: shopId,
      step: 'warning',
      signals,
      reasons: '引导买家到站外，并促使其撤回售后，违反第4条',
    }),
  );
}
