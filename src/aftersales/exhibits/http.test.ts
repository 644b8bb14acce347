import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { callerAs } from '../../../test/caller.ts';
import { bought, buyerOf, caseShop, ownerOf, reveal, staffer, type Bought } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { eicar, testFiles } from '../../../test/files.ts';
import { stock } from '../../../test/world.ts';
import { checkRoutes } from '../../delivery/check/http.ts';
import { openPayloads } from '../../evidence/reading.actions.ts';
import { encodeId } from '../../kit/public-id.ts';
import { sha256 } from '../../kit/secret.ts';
import { reader } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { caseRoutes } from '../http.ts';
import { exhibitRoutes } from './http.ts';

const { db, asOwner, clock } = await testDatabase();
testFiles(db);
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 40);
const shop = ownerOf(shelf);

const callAs = callerAs(db, clock, { ...caseRoutes, exhibits: exhibitRoutes, checks: checkRoutes });

const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#345' } })
  .withExif({
    IFD0: { Make: 'PhoneMaker' },
    IFD2: { DateTimeOriginal: '2026:11:01 08:00:00' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 0/1' },
  })
  .jpeg()
  .toBuffer();
const blackedOut = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#000' } })
  .png()
  .toBuffer();

let keys = 0;
const claim = (who: Bought, parts: object = {}) => ({
  orderId: encodeId('order', who.orderId),
  line: 1,
  places: [1],
  reason: 'CARD_INVALID',
  occurredAt: new Date(clock.now() - 3_600_000).toISOString(),
  symptom: '提示授权码不存在',
  triedSteps: '重试三次',
  remedy: 'refund',
  ...parts,
});
const file = async (who: Bought, parts: object = {}): Promise<string> =>
  (await callAs(buyerOf(who.buyerId), `k${(keys += 1)}`).file(claim(who, parts))).caseId;
const attach = (viewer: Viewer, who: Bought, bytes: Uint8Array, name = 'a.jpg') =>
  callAs(viewer).exhibits.attach({
    orderId: encodeId('order', who.orderId),
    file: new File([new Uint8Array(bytes)], name),
  });
const refused = (code: string) => (error: { code?: string }) => error.code === code;
const code = { kind: 'fail_screen', code: 'E404' };
const textOf = async (one: File) => Buffer.from(await one.arrayBuffer());

test('F113: a dead key is not filed without its failure page; with its code it is; a comparison on the order page does as well', async () => {
  const who = await bought(db, shelf, { quantity: 2, reveal: 2 });
  await rejects(file(who), refused('EXHIBIT_WANTED'));
  await rejects(file(who, { exhibits: [{ kind: 'other', text: '用不了' }] }), refused('EXHIBIT_WANTED'));
  const { fileId } = await attach(buyerOf(who.buyerId), who, photo);
  await rejects(file(who, { exhibits: [{ kind: 'fail_screen', fileId }] }), refused('EXHIBIT_CODE_MISSING'));
  const caseId = await file(who, { exhibits: [{ ...code, fileId }] });
  const { exhibits } = await callAs(shop).one({ caseId });
  deepEqual([exhibits[0].code, exhibits[0].file.type], ['E404', 'image/jpeg']);
  const other = await bought(db, shelf);
  await callAs(buyerOf(other.buyerId)).checks.checkCode({
    orderId: encodeId('order', other.orderId),
    unit: '1-1',
    typed: 'KEY-0-0',
  });
  ok(await file(other));
});

test('an exhibit is a file: kept as it came under its hash, shown without place and camera, which its author and the platform are told', async () => {
  const who = await bought(db, shelf);
  const buyer = buyerOf(who.buyerId);
  const kept = await attach(buyer, who, photo, '截图.jpg');
  equal(kept.sha256, sha256(photo).toString('hex'));
  const caseId = await file(who, { exhibits: [{ ...code, fileId: kept.fileId }] });
  const support = await staffer(db, 'support');
  const seen = (viewer: Viewer) =>
    callAs(viewer)
      .one({ caseId })
      .then((page: { exhibits: object[] }) => page.exhibits[0]);
  const [own, theirs, desk] = [await seen(buyer), await seen(shop), await seen(support)];
  equal(own.sha256, kept.sha256, 'the hash of the exhibit is the hash of its file');
  deepEqual([own.file.camera.device, own.file.camera.hasPlace], ['PhoneMaker', true]);
  deepEqual([theirs.file.camera, theirs.file.original], [null, false]);
  deepEqual([desk.file.camera.hasPlace, desk.file.original], [true, true]);
  const get = (viewer: Viewer, copy: string) => callAs(viewer).exhibits.file({ caseId, number: 1, copy });
  ok((await textOf(await get(buyer, 'original'))).equals(photo));
  ok((await textOf(await get(support, 'original'))).equals(photo));
  await rejects(get(shop, 'original'), refused('EXHIBIT_NOT_FOUND'));
  const view = await textOf(await get(shop, 'view'));
  equal((await sharp(view).metadata()).exif, undefined);
  await rejects(get(buyerOf((await bought(db, shelf)).buyerId), 'view'), refused('CASE_NOT_FOUND'));
});

test('F074: each item shows when it happened, when it came here, how late, and how it was taken', async () => {
  const who = await bought(db, shelf);
  const { fileId } = await attach(buyerOf(who.buyerId), who, photo);
  const caseId = await file(who, {
    exhibits: [
      { ...code, fileId },
      { ...code },
      {
        kind: 'chat_screen',
        text: '微信里他说过会退',
        formedAt: new Date(clock.now() - 7200_000).toISOString(),
      },
    ],
  });
  const { exhibits } = await callAs(shop).one({ caseId });
  const [taken, worded, chat] = exhibits;
  deepEqual([taken.eventAt, taken.eventBy, taken.mode], ['2026-11-01T00:00:00.000Z', 'file', 'upload']);
  equal(taken.lag_s, Math.round((Date.parse(taken.at) - Date.parse(taken.eventAt)) / 1000));
  equal(taken.weight, 'low', 'three weeks late');
  deepEqual([worded.eventBy, worded.weight, worded.lag_s], ['claim', 'usual', 3600]);
  deepEqual([chat.mode, chat.weight, chat.lag_s, chat.eventBy], ['off_platform', 'low', 7200, 'said']);
});

test('redaction: the other side sees the copy, learns that the original exists, and cannot have it; the platform has both', async () => {
  const who = await bought(db, shelf);
  const buyer = buyerOf(who.buyerId);
  const [original, copy] = [await attach(buyer, who, photo), await attach(buyer, who, blackedOut, 'b.png')];
  const caseId = await file(who, {
    exhibits: [{ ...code, text: '身份证号 110101', fileId: original.fileId, redactedId: copy.fileId }],
  });
  const theirs = (await callAs(shop).one({ caseId })).exhibits;
  deepEqual(
    theirs.map((one: Record<string, unknown>) => [
      one['number'],
      one['hidden'],
      one['redactionOf'],
      one['redactedBy'],
      one['text'],
    ]),
    [
      [1, true, null, 2, ''],
      [2, false, 1, null, ''],
    ],
  );
  ok(!JSON.stringify(theirs).includes('110101'));
  await rejects(
    callAs(shop).exhibits.file({ caseId, number: 1, copy: 'view' }),
    refused('EXHIBIT_NOT_FOUND'),
  );
  ok(await callAs(shop).exhibits.file({ caseId, number: 2, copy: 'view' }));
  const support = await staffer(db, 'arbitrator');
  const desk = (await callAs(support).one({ caseId })).exhibits;
  equal(desk[0].text, '身份证号 110101');
  ok(
    (await textOf(await callAs(support).exhibits.file({ caseId, number: 1, copy: 'original' }))).equals(
      photo,
    ),
  );
  await rejects(
    callAs(shop).exhibits.comment({ caseId, number: 1, stance: 'not_genuine', text: '看不到' }),
    refused('EXHIBIT_NOT_FOUND'),
  );
  const later = await attach(buyer, who, blackedOut, 'c.png');
  await callAs(buyer).exhibit({
    caseId,
    exhibit: { kind: 'fail_screen', code: 'E404', fileId: later.fileId, redactionOf: 1 },
  });
  await rejects(
    callAs(shop).exhibit({ caseId, exhibit: { kind: 'other', text: '冒充', redactionOf: 1 } }),
    refused('REDACTION_UNFIT'),
  );
});

test('质证: the other side speaks to each exhibit, and everybody sees it; it is a fact of the order', async () => {
  const who = await bought(db, shelf);
  const caseId = await file(who, { exhibits: [code] });
  await callAs(shop).exhibits.comment({ caseId, number: 1, stance: 'not_genuine', text: '截图没有时间' });
  await rejects(
    callAs(buyerOf(who.buyerId)).exhibits.comment({ caseId, number: 1, stance: 'accepted', text: '自己说' }),
    refused('OWN_EXHIBIT'),
  );
  const { exhibits } = await callAs(buyerOf(who.buyerId)).one({ caseId });
  deepEqual(
    exhibits[0].comments.map((one: { by: string; stance: string; text: string }) => [
      one.by,
      one.stance,
      one.text,
    ]),
    [['merchant', 'not_genuine', '截图没有时间']],
  );
  const events = await asOwner(`select kind, seq from evidence.events where about = $1 order by seq`, [
    who.orderId,
  ]);
  equal(events.at(-1)?.['kind'], 'case.exhibit_commented');
});

test('F079: a note over an exhibit is a layer of its own: step, words, areas; the file and its hash stay, and older layers too', async () => {
  const who = await bought(db, shelf);
  const buyer = buyerOf(who.buyerId);
  const { fileId, sha256: hash } = await attach(buyer, who, photo);
  const caseId = await file(who, { exhibits: [{ ...code, fileId }] });
  const areas = [{ x: 100, y: 200, w: 300, h: 100 }];
  const first = await callAs(buyer).exhibits.annotate({
    caseId,
    number: 1,
    step: 1,
    caption: '这里写着不存在',
    areas,
  });
  const second = await callAs(buyer).exhibits.annotate({
    caseId,
    number: 1,
    step: 2,
    caption: '改个说法',
    areas: [],
  });
  deepEqual([first.number, second.number], [1, 2]);
  const one = (await callAs(shop).one({ caseId })).exhibits[0];
  deepEqual(
    [one.sha256, one.layer.caption, one.layer.step, one.layer.sha256],
    [hash, '改个说法', 2, second.sha256],
  );
  ok(
    (await textOf(await callAs(buyer).exhibits.file({ caseId, number: 1, copy: 'original' }))).equals(photo),
  );
  const rows = await asOwner(`select areas from aftersales.exhibit_layers order by number`, []);
  deepEqual(rows[0]?.['areas'], areas, 'what was laid over it first is still there');
  await rejects(
    callAs(shop).exhibits.annotate({ caseId, number: 1, caption: '别人的' }),
    refused('NOT_OWN_EXHIBIT'),
  );
});

test('the fact in evidence holds hash, code and kind of file of what was shown, and nothing of its content', async () => {
  const who = await bought(db, shelf);
  const { fileId, sha256: hash } = await attach(buyerOf(who.buyerId), who, photo);
  await file(who, { exhibits: [{ ...code, text: '只在行里', fileId }] });
  const [row] = await asOwner(
    `select shop_id, seq from evidence.events where about = $1 and kind = 'case.file'`,
    [who.orderId],
  );
  const [opened] = await openPayloads(await reader(db), [
    { shopId: String(row?.['shop_id']), about: who.orderId, seq: Number(row?.['seq']) },
  ]);
  ok(opened?.ok);
  const { body } = JSON.parse(opened.value.payload) as { body: { shown: Record<string, unknown>[] } };
  deepEqual(body.shown, [
    {
      kind: 'fail_screen',
      code: 'E404',
      file: 'image/jpeg',
      source: 'upload',
      sha256: hash,
      formedAt: body.shown[0]?.['formedAt'],
    },
  ]);
});

test('a file is its side’s: nobody shows what somebody else put there, nor what belongs to another order; what is bad stays out', async () => {
  const [who, other] = [await bought(db, shelf), await bought(db, shelf)];
  const foreign = await attach(buyerOf(other.buyerId), other, photo);
  await rejects(
    file(who, { exhibits: [{ ...code, fileId: foreign.fileId }] }),
    refused('EXHIBIT_FILE_UNKNOWN'),
  );
  await rejects(attach(buyerOf(other.buyerId), who, photo), refused('ORDER_NOT_FOUND'));
  await rejects(attach(buyerOf(who.buyerId), who, eicar, 'a.txt'), refused('FILE_INFECTED'));
  await rejects(
    attach(buyerOf(who.buyerId), who, Buffer.from('MZ\0\0'.padEnd(400, '\0'))),
    refused('FILE_TYPE_REFUSED'),
  );
  const rows = await asOwner('select 1 from aftersales.exhibit_files where order_id = $1', [who.orderId]);
  equal(rows.length, 0);
  await reveal(db, { orderId: who.orderId, buyerId: who.buyerId, place: 1 });
  for (let n = 0; n < 10; n += 1) await attach(buyerOf(who.buyerId), who, Buffer.from('记录'), 'a.txt');
  await rejects(
    attach(buyerOf(who.buyerId), who, Buffer.from('记录'), 'a.txt'),
    refused('TOO_MANY_REQUESTS'),
  );
});
