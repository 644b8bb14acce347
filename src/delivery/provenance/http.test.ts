import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { bought, buyerOf, caseShop, ownerOf } from '../../../test/cases.ts';
import { callerAs } from '../../../test/caller.ts';
import { testDatabase } from '../../../test/database.ts';
import { testLog } from '../../../test/log.ts';
import { stock } from '../../../test/world.ts';
import { sequenceAll } from '../../evidence/sequencer.jobs.ts';
import { installLogKey } from '../../evidence/verification.actions.ts';
import { must } from '../../kit/assert.ts';
import { encodeId } from '../../kit/public-id.ts';
import { nobody } from '../../kit/viewer.ts';
import { provenanceRoutes } from './http.ts';
import { verdictOf } from './rules.ts';

const { db, clock, asOwner } = await testDatabase();
const log = testLog(db);
installLogKey(db, log.signer);
const shelf = await caseShop(db);
const keys = await stock(db, shelf, must(shelf.listings[0], 'a listing').variantId, 5);
const callAs = callerAs(db, clock, provenanceRoutes);
const code = (problem: { code: string }): string => problem.code;
const site = 'https://shop.example';

test('F156 whoever scans the code sees the chain from the stock to the reveal, valid, without a login and without a secret', async () => {
  const who = await bought(db, shelf, { quantity: 2, reveal: 1 });
  const name = { orderId: encodeId('order', who.orderId), unit: '1-1', site };
  const buyer = callAs(buyerOf(who.buyerId));
  const { tag, svg, path } = await buyer.makeTag(name);
  equal((await buyer.makeTag(name)).tag, tag, 'one code for one unit');
  ok(svg.startsWith('<svg ') && path === `/p/${tag}`);
  const anybody = callAs(nobody);
  const early = await anybody.provenance({ tag });
  deepEqual([early.verdict, early.stock.state], ['pending', 'valid'], 'not in the signed log yet');
  await sequenceAll(log);
  const seen = await anybody.provenance({ tag });
  deepEqual(
    [
      seen.verdict,
      seen.links.map((one: { kind: string; state: string }) => `${one.kind} ${one.state}`).sort(),
    ],
    ['valid', ['listed valid', 'revealed valid', 'sold valid', 'stocked valid']],
  );
  const sealed = await anybody.provenance({ tag: (await buyer.makeTag({ ...name, unit: '1-2' })).tag });
  ok(
    sealed.links.every((one: { kind: string }) => one.kind !== 'revealed'),
    'the other one was not opened',
  );
  const text = JSON.stringify(seen);
  for (const secret of [
    ...keys,
    who.orderId,
    encodeId('order', who.orderId),
    who.buyerId,
    encodeId('user', who.buyerId),
  ])
    ok(!text.includes(secret), 'nothing of the order, the buyer or the code');
  equal(await anybody.provenance({ tag: `${tag}x` }).catch(code), 'TAG_UNKNOWN');
  equal(
    await callAs(ownerOf(shelf)).makeTag(name).catch(code),
    'ORDER_NOT_FOUND',
    'only whoever bought it makes its code',
  );
  equal(await buyer.makeTag({ ...name, unit: '1-9' }).catch(code), 'UNIT_NOT_FOUND');
});

test('F156 a batch that was changed behind the log shows as an invalid chain', async () => {
  const who = await bought(db, shelf);
  await sequenceAll(log);
  const { tag } = await callAs(buyerOf(who.buyerId)).makeTag({
    orderId: encodeId('order', who.orderId),
    unit: '1-1',
    site,
  });
  equal((await callAs(nobody).provenance({ tag })).verdict, 'valid');
  await asOwner(
    `update inventory.commitments set leaves = overlay(leaves placing '\\x00'::bytea from 1 for 1)`,
  );
  const seen = await callAs(nobody).provenance({ tag });
  deepEqual([seen.verdict, seen.stock.state], ['invalid', 'invalid']);
});

test('one broken link breaks the chain, one that is on its way leaves it open', () => {
  deepEqual(
    [
      verdictOf([{ state: 'valid' }], 'valid'),
      verdictOf([{ state: 'valid' }, { state: 'pending' }], 'valid'),
      verdictOf([{ state: 'pending' }, { state: 'invalid' }], 'valid'),
      verdictOf([], 'invalid'),
    ],
    ['valid', 'pending', 'invalid', 'invalid'],
  );
});
