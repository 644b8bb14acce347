import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import { addExhibit } from '../src/aftersales/actions.ts';
import { annotate, attachFile, commentOn, exhibitsFor } from '../src/aftersales/exhibits/actions.ts';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { transaction } from '../src/kit/tx.ts';
import { bought, buyerOf, caseShop, clockwork, filed, ownerOf } from './cases.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { testFiles } from './files.ts';
import { testLog } from './log.ts';
import { stock } from './world.ts';

// What prove asks of exhibits and archives, each shown to find a damage that is done by SQL as the owner and rolled back after the look.
const { db, ownerUrl, clock } = await testDatabase();
const { folder: files } = testFiles(db);
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 20);

test('prove holds on exhibits with copies, comments and layers, and on archives', async () => {
  const [who, quiet] = [await bought(db, shelf), await bought(db, shelf)];
  const viewer = buyerOf(who.buyerId);
  const caseId = await filed(db, who, { reason: 'WRONG_SPEC' });
  const ids: string[] = [];
  for (const text of ['原件', '涂黑']) {
    const kept = await attachFile(db, viewer, { orderId: who.orderId, file: new File([text], 'a.txt') });
    ok(kept.ok);
    ids.push(kept.value.fileId);
  }
  await transaction(db, async (tx) => {
    const [fileId = null, redactedId = null] = ids;
    const wished = [
      { kind: 'other' as const, caption: '', text: '见附件', formedAt: null, fileId, redactedId },
    ];
    const made = await exhibitsFor(tx, { caseId, viewer, wished });
    ok(made.ok && made.value[0]);
    ok((await addExhibit(tx, { caseId, viewer, exhibit: made.value[0] })).ok);
    const layer = { step: 1, caption: '看这里', areas: [] };
    ok((await annotate(tx, { caseId, viewer, number: 1, layer })).ok);
    const said = { stance: 'not_genuine' as const, text: '看不清' };
    ok((await commentOn(tx, { caseId, viewer: ownerOf(shelf), number: 2, ...said })).ok);
  });
  clock.forward({ hours: 30 });
  const work = clockwork(db);
  await work.due();
  await work.news();
  ok(quiet.orderId);
  await sequenceAll(testLog(db));
  await holds({ db, ownerUrl, files });
});

eachIsNamed({ db, ownerUrl, files }, [
  [
    'the words of an exhibit are changed',
    `update aftersales.exhibits set sha256 = sha256('x') where number = 1`,
    'the hash of an exhibit is that of its file, or of its words',
  ],
  [
    'an exhibit gets the file of the other side',
    `update aftersales.exhibit_files set by_kind = 'merchant'`,
    'the file of an exhibit was put beside its order by its side, and a redacted copy is of the same side',
  ],
  [
    'what a copy redacts is shown to everybody',
    `update aftersales.exhibits set audience = 'parties' where audience = 'platform'`,
    'the file of an exhibit was put beside its order by its side, and a redacted copy is of the same side',
  ],
  [
    'a comment disappears',
    `delete from evidence.events where kind = 'case.exhibit_commented'`,
    'every comment on an exhibit and every layer over one is a fact in evidence',
  ],
  [
    'a seal names another root',
    `update aftersales.archives set root = sha256('x')`,
    'the root of each archive is over its facts',
  ],
  [
    'a seal leaves a record out',
    `update aftersales.archives set from_seq = 2 where number = 1 and to_seq > 1`,
    'the archive of an order and its supplements follow each other without a gap',
  ],
]);
