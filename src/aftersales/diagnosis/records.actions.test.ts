import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { bought, caseShop, clockwork, filed, type Bought } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { aLicenceListing, buyLicences } from '../../../test/licences.ts';
import { clubListing } from '../../../test/listings.ts';
import { aShop, stock, type Shelf } from '../../../test/world.ts';
import { activate } from '../../delivery/licence/seat.actions.ts';
import { licenceOfKey } from '../../delivery/licence/validation.actions.ts';
import { must } from '../../kit/assert.ts';
import { instant } from '../../kit/time.ts';
import { transaction } from '../../kit/tx.ts';
import { answerStep, standing } from './actions.ts';
import { factsOf } from './facts.rules.ts';
import { consult, type UnitAt } from './records.actions.ts';

// What the platform knows by itself, from the rows as the real goods leave them.
const { db, clock, asOwner } = await testDatabase();
const work = clockwork(db);

const unit = (shelf: Shelf, orderId: string, place = 1): UnitAt => ({
  shopId: shelf.shopId,
  orderId,
  line: 1,
  place,
});
const known = (at: UnitAt) =>
  transaction(db, async (tx) => {
    const found = must(await consult(tx, at), 'the unit is there');
    const facts = factsOf(found.records, tx.business);
    const values = Object.entries(facts).map(([name, fact]) => [name, fact.value] as const);
    return { shown: found.shown, values: Object.fromEntries(values) };
  });
const stands = (at: UnitAt) =>
  transaction(db, async (tx) => must(await standing(tx, at), 'the unit is there'));
const say = (who: { orderId: string; buyerId: string }, step: string, answer: string, note = '') =>
  transaction(db, (tx) =>
    answerStep(tx, {
      orderId: who.orderId,
      buyerIds: [who.buyerId],
      line: 1,
      place: 1,
      step,
      answer,
      note,
    }),
  );

test('F043 of a key: payment, reveal and validity are known, its stated requirements are shown', async () => {
  const shelf = await caseShop(db, { devices: '国服账号', useWithin_hours: 24 });
  await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 5);
  const who = await bought(db, shelf, { quantity: 2, reveal: 1 });
  const { values, shown } = await known(unit(shelf, who.orderId));
  deepEqual(values, { payment: 'paid', reveal: 'window', expiry: 'valid' });
  ok(shown.some((one) => one.stage === 'system' && one.text === '国服账号'));
  equal((await known(unit(shelf, who.orderId, 2))).values['reveal'], 'sealed');
  clock.forward({ hours: 25 });
  const later = await known(unit(shelf, who.orderId));
  deepEqual([later.values['reveal'], later.values['expiry']], ['after', 'over']);
});

async function member(): Promise<{ shelf: Shelf; who: Bought; promisedAt: number }> {
  const shelf = await aShop(db, [clubListing()]);
  const who = await bought(db, shelf, { reveal: 0 });
  await work.news();
  const [line] = await asOwner('select promised_at from delivery.lines where order_id = $1', [who.orderId]);
  return { shelf, who, promisedAt: Date.parse(String(line?.['promised_at'])) };
}

test('F046 of a membership: the branch knows its real state, its end, and that it is over before anybody has swept', async () => {
  const { shelf, who } = await member();
  const at = unit(shelf, who.orderId);
  deepEqual((await known(at)).values['membership'], 'active');
  clock.forward({ minutes: 20 });
  ok((await say(who, 'network', 'still')).ok);
  const here = await stands(at);
  equal(here.walk.step?.id, 'account', 'the end of the term is known and not asked for');
  deepEqual(
    here.walk.passed.map((one) => [one.step.id, one.by]),
    [
      ['delay', 'platform'],
      ['state', 'platform'],
      ['network', 'buyer'],
      ['expiry', 'platform'],
    ].filter(([step]) => here.walk.passed.some((one) => one.step.id === step)),
  );
  ok((await say(who, 'account', 'right')).ok && (await say(who, 'restart', 'still')).ok);
  ok((await stands(at)).walk.step?.text.zh.includes('登录设备'));
  clock.forward({ days: 31 });
  equal((await known(at)).values['membership'], 'over');
  equal((await stands(at)).walk.step?.id, 'term');
});

test('F119 nine minutes after its promise the shop is suggested first, and a case is filed all the same; eleven minutes after it nothing is suggested', async () => {
  const { shelf, who, promisedAt } = await member();
  const at = unit(shelf, who.orderId);
  clock.set(instant(promisedAt + 9 * 60_000));
  equal((await stands(at)).walk.end?.end, 'chat');
  const early = await member();
  clock.set(instant(early.promisedAt + 9 * 60_000));
  ok(await filed(db, early.who, { reason: 'MEMBERSHIP_MISSING', articles: ['15'] }));
  clock.set(instant(promisedAt + 11 * 60_000 + (early.promisedAt - promisedAt)));
  const later = await stands(at);
  deepEqual([later.walk.end, later.walk.step?.id], [null, 'network']);
  ok(await filed(db, who, { reason: 'MEMBERSHIP_MISSING', articles: ['15'] }));
});

test('F034 of a licence: state, seats and refused activations are known, declared devices are shown, and an attempt is kept with the case', async () => {
  const shelf = await aShop(db, [aLicenceListing({}, { activations: 1 })]);
  const { variantId } = must(shelf.listings[0], 'a listing');
  const one = await buyLicences(db, { variantId, shopId: shelf.shopId });
  const at = unit(shelf, one.orderId);
  const fresh = (await known(at)).values;
  deepEqual([fresh['licence'], fresh['seats'], fresh['activation']], ['active', 'free', 'never']);
  const key = must(one.licences[0], 'a licence').key;
  const on = async (fingerprint: string, name: string) => {
    const licence = must(await licenceOfKey(db, key, {}), 'the licence of its key');
    const device = { fingerprint, name, platform: 'Windows 11', hostname: '' };
    return transaction(db, (tx) =>
      activate(
        tx,
        licence,
        { ...device, components: [], metadata: {} },
        { by: 'device', byId: null, addressHash: Buffer.alloc(16) },
      ),
    );
  };
  await on('DEVICE-PRINT-0001', '书房电脑');
  await on('DEVICE-PRINT-0002', '笔记本');
  const full = await known(at);
  deepEqual([full.values['seats'], full.values['activation']], ['full', 'refused']);
  ok(full.shown.some((row) => row.text.includes('书房电脑')));
  equal((await stands(at)).walk.step?.id, 'unbind');
  for (const [step, answer] of [
    ['unbind', 'still'],
    ['network', 'still'],
    ['expiry', 'unknown'],
    ['system', 'fits'],
    ['restart', 'still'],
  ] as const)
    ok((await say(one, step, answer)).ok, step);
  ok((await say(one, 'attempt', 'failed', '13:40，手机热点，提示 0xC004')).ok);
  const caseId = await filed(db, { ...one, shelf }, { reason: 'ACTIVATE_FAIL' });
  const [said] = await asOwner(
    `select body->'diagnosis' as kept from aftersales.statements where case_id = $1 and kind = 'claim'`,
    [caseId],
  );
  const kept = said?.['kept'] as { goods: string; tree: number; steps: { step: string; note: string }[] };
  deepEqual([kept.goods, kept.tree], ['licence', 1]);
  ok(kept.steps.some((row) => row.step === 'attempt' && row.note.includes('0xC004')));
});
