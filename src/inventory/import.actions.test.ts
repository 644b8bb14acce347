import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../../test/database.ts';
import { stockroom } from '../../test/stockroom.ts';
import { newId } from '../kit/ids.ts';
import { transaction } from '../kit/tx.ts';
import { importLimits } from './contract.ts';
import { confirmImport, discardImport, resumeImports, runImport } from './import.actions.ts';
import { lockImport } from './import.store.ts';
import { forgetUploads } from './stock.actions.ts';

const database = await testDatabase();
const { db, asOwner, clock, another } = database;
const { oneShop, upload, imported, poolOf, importOf, problemsOf, open } = stockroom(database);

const rowsIn = async (): Promise<Record<string, number>> => {
  const tables = [
    'keys',
    'batches',
    'data_keys',
    'imports',
    'uploads',
    'fingerprints',
    'commitments',
    'quarantine',
  ];
  const counts = await Promise.all(
    tables.map((table) => asOwner(`select count(*)::int as n from inventory.${table}`)),
  );
  return Object.fromEntries(tables.map((table, i) => [table, Number(counts[i]?.[0]?.['n'])]));
};

test('F017 what is imported is what is opened, whatever stands in it', async () => {
  const cell = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((text) => text.replace(/[\p{C}\p{Z}\ufffd]/gu, '')) // U+FFFD stands where a file was broken, and is refused
    .filter((text) => text !== '' && text.isWellFormed());
  const place = await oneShop();
  let next = 1;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 }), async (rows) => {
      const own = rows.map(([a, b, c], i) => [`${a}·${next + i}`, `${b}·${next + i}·x`, c]);
      const csv = own.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n');
      await imported(place, csv, {
        settings: { delimiter: 'comma', header: 'no', columns: ['card_no', 'secret', 'extra'] },
      });
      deepEqual(
        await open(
          place,
          own.map((_, i) => next + i),
        ),
        own,
      );
      next += own.length;
    }),
    { numRuns: 25 },
  );
});

test('F017 no key stands in clear anywhere in the database', async () => {
  const place = await oneShop({ keyFormat: 'digits16' });
  const secret = 'ZQ7W3K9XVB';
  await imported(
    place,
    `卡号,密码,备注\n6021884099887766,${secret},PRIVATE-NOTE-1\n123,${secret}2,PRIVATE-NOTE-2\n`,
  );
  await imported(place, `卡号,密码\n6021884099887755,${secret}3\n`, { run: 'check' });
  const tables = await asOwner(
    `select table_schema || '.' || table_name as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  let looked = 0;
  for (const { name } of tables) {
    const dump = (
      await asOwner(`select coalesce(string_agg(x::text, E'\\n'), '') as text from ${String(name)} x`)
    )[0]?.['text'] as string;
    looked += dump.length;
    for (const part of [
      secret,
      'PRIVATE-NOTE',
      '6021884099887766',
      '6021884099887755',
      '99887766',
      '6021 8840',
    ]) {
      const hex = Buffer.from(part).toString('hex');
      ok(!dump.includes(part) && !dump.includes(hex), `${part} stands in ${String(name)}`);
    }
  }
  ok(looked > 1000, 'the dump holds the rows');
});

test('F101 a key of another shop is kept apart; its importer learns only that it cannot be accepted', async () => {
  const [first, second] = [await oneShop(), await oneShop()];
  await imported(first, 'DUP-0001\nDUP-0002\nDUP-0003');
  const importId = await imported(second, 'NEW-0001\ndup 0002\nNEW-0002\n');
  deepEqual(await problemsOf(second, importId), ['2: NOT_ACCEPTED']);
  deepEqual(await poolOf(second), {
    last_number: 2,
    on_hand: 2,
    careful: false,
    next_number: 1,
    returned: 0,
  });
  deepEqual(await open(second, [1, 2]), [
    ['', 'NEW-0001', ''],
    ['', 'NEW-0002', ''],
  ]);
  const [kept] = await asOwner(
    'select shop_id, other_shop_id, other_number::int, row_number::int, sealed from inventory.quarantine where import_id = $1',
    [importId],
  );
  deepEqual(
    [kept?.['shop_id'], kept?.['other_shop_id'], kept?.['other_number'], kept?.['row_number']],
    [second.shopId, first.shopId, 2, 2],
  );
  ok(!String(kept?.['sealed']).includes('0002'));
  equal(
    (
      await asOwner(
        `select count(*)::int as n from kit.outbox where event = 'inventory.duplicates_met' and body->'about' ? $1`,
        [importId],
      )
    )[0]?.['n'],
    1,
  );
});

test('F101 a card number alone is known again, even with another password', async () => {
  const [first, second] = [
    await oneShop({ keyFormat: 'digits16' }),
    await oneShop({ keyFormat: 'digits16' }),
  ];
  await imported(first, '6021884012340001,AAAA\n6021884012340002,BBBB');
  const importId = await imported(second, '6021884012340002,CCCC\n6021884012340003,DDDD');
  deepEqual(await problemsOf(second, importId), ['1: NOT_ACCEPTED']);
});

test("a shop's own keys are not stocked twice, nor a row that stands twice in a file", async () => {
  const place = await oneShop();
  await imported(place, 'OWN-1\nOWN-2\n');
  const importId = await imported(place, 'OWN-2\nOWN-3\nOWN-4\nown3\n');
  deepEqual(await problemsOf(place, importId), ['1: ALREADY_YOURS', '4: REPEATED']);
  deepEqual(await poolOf(place), { last_number: 4, on_hand: 4, careful: false, next_number: 1, returned: 0 });
  equal(
    (
      await asOwner('select count(*)::int as n from inventory.quarantine where import_id = $1', [importId])
    )[0]?.['n'],
    0,
  );
});

test('F101 who meets too many keys of others is stopped for the day, and nothing of that import stays', async () => {
  const [first, guesser] = [await oneShop(), await oneShop()];
  const many = Array.from({ length: 140 }, (_, i) => `GUESS-${1000 + i}`);
  await imported(first, many.join('\n'));
  await imported(guesser, [...many.slice(0, 60), 'HONEST-1'].join('\n'));
  const before = await rowsIn();
  deepEqual(await upload(guesser, [...many.slice(60), 'HONEST-2'].join('\n')), {
    ok: false,
    refusal: 'IMPORTS_PAUSED',
  });
  deepEqual(await upload(guesser, 'HONEST-3', { run: 'check' }), { ok: false, refusal: 'IMPORTS_PAUSED' });
  deepEqual(await rowsIn(), before);
  clock.forward({ days: 1 });
  await imported(guesser, 'HONEST-4');
  deepEqual(await open(guesser, [1, 2]), [
    ['', 'HONEST-1', ''],
    ['', 'HONEST-4', ''],
  ]);
});

test('a check counts what it meets of others, so it cannot be used for asking', async () => {
  const [first, guesser] = [await oneShop(), await oneShop()];
  const many = Array.from({ length: importLimits.foreignHitsPerDay + 1 }, (_, i) => `ASK-${1000 + i}`);
  await imported(first, many.join('\n'));
  await imported(guesser, many.slice(1).join('\n'), { run: 'check' });
  deepEqual(await upload(guesser, many[0] ?? ''), { ok: false, refusal: 'IMPORTS_PAUSED' });
});

test('nothing of a refused upload stays', async () => {
  const place = await oneShop();
  const before = await rowsIn();
  const bad: [string | Uint8Array, string, number | undefined][] = [
    [Buffer.concat([Buffer.from('A1\nA2\n'), Buffer.from([0xff, 0xff])]), 'IMPORT_UNDECODABLE', 3],
    ['A1\nA\u00002', 'IMPORT_NUL', 2],
    [`A1\n${'x'.repeat(9_000)}`, 'IMPORT_LINE_TOO_LONG', 2],
    [Buffer.alloc(importLimits.bytes + 1, 65), 'IMPORT_TOO_LARGE', undefined],
    ['K\n'.repeat(importLimits.rows + 1), 'IMPORT_TOO_MANY_ROWS', undefined],
    ['  ', 'IMPORT_EMPTY', undefined],
    [
      `secret,note\n${Array.from({ length: 3_000 }, (_, i) => `GOOD-${i},n`).join('\n')}\n"open,x\n`,
      'IMPORT_QUOTES',
      undefined,
    ],
  ];
  for (const run of ['check', 'import'] as const)
    for (const [content, refusal, row] of bad) {
      const ran = await upload(place, content, { run });
      equal(ran.ok ? '' : ran.refusal, refusal);
      if (row !== undefined && !ran.ok) equal(ran.detail?.['row'], row);
    }
  deepEqual(await rowsIn(), before);
  equal(await poolOf(place), undefined);
});

test("another shop's variant is not there", async () => {
  const [mine, theirs] = [await oneShop(), await oneShop()];
  deepEqual(await upload({ ...mine, variantId: theirs.variantId }, 'X1'), {
    ok: false,
    refusal: 'POOL_NOT_FOUND',
  });
});

test('the same key gives the same import; another file under it is refused', async () => {
  const place = await oneShop();
  const first = await imported(place, 'ONCE-1\nONCE-2', { key: 'k1' });
  equal(await imported(place, 'ONCE-1\nONCE-2', { key: 'k1' }), first);
  deepEqual(await upload(place, 'ONCE-3', { key: 'k1' }), { ok: false, refusal: 'IDEMPOTENCY_KEY_REUSED' });
  equal((await poolOf(place))?.['on_hand'], 2);
});

test('a check stocks nothing; its confirmation does, once, and the file is gone', async () => {
  const place = await oneShop();
  const importId = await imported(place, 'CHK-1\nCHK-2\nCHK-2\n', { run: 'check' });
  const p = { shopId: place.shopId, importId, source: undefined };
  deepEqual((await importOf(importId))['counts'], { rows: 3, fixed: 0, accepted: 2, rejected: 1 });
  equal(await poolOf(place), undefined);
  deepEqual(await confirmImport(db, p), { ok: true, value: { importId } });
  await Promise.all([runImport(db, p), runImport(another(), p)]);
  await runImport(db, p);
  deepEqual(await confirmImport(db, p), { ok: true, value: { importId } });
  equal((await importOf(importId))['state'], 'done');
  deepEqual(await problemsOf(place, importId), ['3: REPEATED']);
  equal((await poolOf(place))?.['on_hand'], 2);
  equal(
    (await asOwner('select count(*)::int as n from inventory.uploads where import_id = $1', [importId]))[0]?.[
      'n'
    ],
    0,
  );
});

test('an import that was confirmed before its process died is written by the next sweep', async () => {
  const place = await oneShop();
  const importId = await imported(place, 'LATE-1\nLATE-2', { run: 'check' });
  ok((await confirmImport(db, { shopId: place.shopId, importId, source: '新单号' })).ok);
  equal(await poolOf(place), undefined);
  await resumeImports(another());
  equal((await importOf(importId))['state'], 'done');
  equal(
    (await asOwner('select source from inventory.batches where id = $1', [importId]))[0]?.['source'],
    '新单号',
  );
});

test('an unconfirmed file is deleted after ten minutes with the key that opens it, or when its shop says so', async () => {
  const place = await oneShop();
  const [left, dropped] = [
    await imported(place, 'TEN-1', { run: 'check' }),
    await imported(place, 'TEN-2', { run: 'check' }),
  ];
  const p = (importId: string) => ({ shopId: place.shopId, importId });
  deepEqual(await transaction(db, (tx) => discardImport(tx, p(dropped))), {
    ok: true,
    value: { state: 'discarded' },
  });
  await forgetUploads(db);
  equal((await importOf(left))['state'], 'draft');
  clock.forward({ minutes: 11 });
  deepEqual(await confirmImport(db, { ...p(left), source: undefined }), {
    ok: false,
    refusal: 'IMPORT_EXPIRED',
  });
  ok((await forgetUploads(db)) >= 1);
  for (const importId of [left, dropped]) {
    const row = await importOf(importId);
    deepEqual([row['state'], row['wrapped'], row['detail']], ['discarded', null, null]);
    equal(
      (
        await asOwner('select count(*)::int as n from inventory.uploads where import_id = $1', [importId])
      )[0]?.['n'],
      0,
    );
  }
  deepEqual(
    await transaction(db, (tx) => discardImport(tx, { shopId: newId(clock.now()), importId: left })),
    { ok: false, refusal: 'IMPORT_NOT_FOUND' },
  );
});

test('two imports of the same keys at the same moment bring each key in once', async () => {
  const [a, b] = [await oneShop(), await oneShop()];
  const keys = Array.from({ length: 90 }, (_, i) => `RACE-${i}`);
  const [first, second] = await Promise.all([
    upload(a, keys.join('\n')),
    upload(b, keys.toReversed().join('\n'), {}, another()),
  ]);
  ok(first.ok && second.ok);
  const [one, two] = [await poolOf(a), await poolOf(b)];
  equal(Number(one?.['on_hand'] ?? 0) + Number(two?.['on_hand'] ?? 0), 90);
  equal(
    (
      await asOwner(`select count(*)::int as n from inventory.keys where pool_id in ($1, $2)`, [
        a.variantId,
        b.variantId,
      ])
    )[0]?.['n'],
    90,
  );
});

test('imports into one pool at the same moment take different numbers', async () => {
  const place = await oneShop();
  const parts = [0, 1, 2, 3].map((part) => Array.from({ length: 40 }, (_, i) => `PART-${part}-${i}`));
  const on = another();
  await Promise.all(parts.map((part, i) => upload(place, part.join('\n'), {}, i % 2 ? db : on)));
  deepEqual(await poolOf(place), {
    last_number: 160,
    on_hand: 160,
    careful: false,
    next_number: 1,
    returned: 0,
  });
  const opened = await open(
    place,
    Array.from({ length: 160 }, (_, i) => i + 1),
  );
  equal(new Set(opened.map(([, secret]) => secret)).size, 160);
});

test('F032 a product key of 24 characters is refused with its row; an import with no good row stocks nothing and says why', async () => {
  const place = await oneShop({ keyFormat: 'code25' });
  const importId = await imported(place, 'ABCDE-FGHIJ-12345-KLMNO-6789\nSHORT');
  const row = await importOf(importId);
  deepEqual([row['state'], row['refusal']], ['refused', 'IMPORT_NOTHING_ACCEPTED']);
  deepEqual(await problemsOf(place, importId), ['1: CODE_FORM', '2: CODE_FORM']);
  equal(
    (
      await asOwner('select count(*)::int as n from inventory.keys where pool_id = $1', [place.variantId])
    )[0]?.['n'],
    0,
  );
  equal(
    await transaction(
      db,
      async (tx) => (await lockImport(tx, { shopId: newId(clock.now()), importId })).length,
    ),
    0,
  );
});
