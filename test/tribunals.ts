import { equal, ok } from 'node:assert/strict';
import { assign, judge } from '../src/aftersales/desk.actions.ts';
import { arbitrate, askJury, consent, vote } from '../src/aftersales/panel/actions.ts';
import { drawTribunals } from '../src/aftersales/panel/draw.actions.ts';
import { commit, open, volunteer } from '../src/aftersales/jury/actions.ts';
import { commitmentOf, type Choice } from '../src/aftersales/jury/rules.ts';
import { tokenOf } from '../src/aftersales/panel/draw.rules.ts';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { transaction } from '../src/kit/tx.ts';
import { nobody, type Viewer } from '../src/kit/viewer.ts';
import { bought, buyerOf, deskOf, judged, ownerOf, type Bought } from './cases.ts';
import type { TestDatabase } from './database.ts';
import { testLog } from './log.ts';
import { aShop, type Shelf } from './world.ts';

export const nothing = judged({
  remedy: 'none',
  liability: { merchant: 0, buyer: 100, platform: 0, carrier: 0, issuer: 0 },
});

/** What tests of panels and juries do again and again, in one shop. */
export function courtOf(database: TestDatabase, shelf: Shelf, first: Viewer) {
  const { db, asOwner } = database;
  const desk = deskOf(database, shelf);
  const { run, said, escalated } = desk;
  const log = testLog(db);

  /** A case that was decided against its buyer. */
  async function decided(who: Bought): Promise<string> {
    const caseId = await escalated(who);
    equal(said(await run((tx) => assign(tx, { caseId, viewer: first }))), 'review');
    equal(said(await run((tx) => judge(tx, { caseId, viewer: first, judged: nothing }))), 'decided');
    return caseId;
  }
  /** The log publishes a checkpoint, and what waits for a lot is drawn. */
  const sequence = () => sequenceAll(log);
  async function draw(): Promise<void> {
    await sequence();
    await drawTribunals(db);
  }
  const seated = async (caseId: string, kind = 'panel'): Promise<string[]> =>
    (
      await asOwner(
        `select user_id from aftersales.seats where case_id = $1 and kind = $2 and state = 'seated' order by rank`,
        [caseId, kind],
      )
    ).map((row) => String(row['user_id']));
  /** A decided case whose buyer asked for a panel, drawn. */
  async function before(who: Bought): Promise<string> {
    const caseId = await decided(who);
    const viewer = buyerOf(who.buyerId);
    equal(
      said(
        await run((tx) => arbitrate(tx, { caseId, viewer, ground: 'new_evidence', text: '官方客服证明' })),
      ),
      'arbitration',
    );
    await draw();
    return caseId;
  }
  const arbiter = (userId: string): Viewer => ({
    ...nobody,
    userId,
    buyerIds: [userId],
    staff: ['arbitrator'],
  });
  const voted = async (caseId: string, userId: string, parts = judged()) =>
    said(await run((tx) => vote(tx, { caseId, viewer: arbiter(userId), judged: parts })));

  const buy = (parts: Parameters<typeof bought>[2] = {}) => bought(db, shelf, parts);
  return {
    ...desk,
    db,
    decided,
    draw,
    sequence,
    seated,
    before,
    arbiter,
    voted,
    buy,
  };
}

/** What tests of juries do, in the same shop. */
export function juryOf({ db, run, said, decided, draw }: ReturnType<typeof courtOf>, shelf: Shelf) {
  /** People of other verified shops who offered to sit on juries. */
  async function jurors(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const { ownerId } = await aShop(db, []);
      const answer = await transaction(db, (tx) =>
        volunteer(tx, { userId: ownerId, willing: true, rulebook: '1.0.0' }),
      );
      ok(answer.ok);
    }
  }
  /** A decided case before a jury, drawn; both sides agreed. */
  async function beforeJury(who: Bought): Promise<string> {
    const caseId = await decided(who);
    const viewer = buyerOf(who.buyerId);
    equal(
      said(await run((tx) => askJury(tx, { caseId, viewer, ground: 'wrong_article', text: '看图就知道' }))),
      'jury_asked',
    );
    equal(said(await run((tx) => consent(tx, { caseId, viewer: ownerOf(shelf), agrees: true }))), 'jury');
    await draw();
    return caseId;
  }
  const nonce = 'a-nonce-of-tests-0';
  const seal = async (caseId: string, userId: string, choice: Choice) =>
    said(
      await run((tx) =>
        commit(tx, {
          caseId,
          viewer: buyerOf(userId),
          commitment: commitmentOf({ caseId, token: tokenOf(caseId, userId), choice, nonce }),
        }),
      ),
    );
  const unseal = async (caseId: string, userId: string, choice: Choice) =>
    said(
      await run((tx) =>
        open(tx, { caseId, viewer: buyerOf(userId), choice, nonce, reasons: '证据和描述对不上，支持这一方' }),
      ),
    );
  return { jurors, beforeJury, seal, unseal };
}
