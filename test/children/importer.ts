import { importKeys, resumeImports, confirmImport } from '../../src/inventory/import.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { instant, stoppedClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';

// A program that imports 2,500 keys into a variant, checked first or at once, and ends:
// `importer.ts <database url> <now> <shop> <variant> <by> <check|import>`. With FAULTS in its environment it dies on the way.
const [, , url, now, shopId, variantId, by, run] = process.argv;
const db = openDb({
  url: must(url, 'a database'),
  wall: stoppedClock(instant(Number(now))),
  keys: keyringOf(Buffer.alloc(32, 7), true),
  demo: true,
  connections: 3,
});
const place = {
  shopId: must(shopId, 'a shop'),
  variantId: must(variantId, 'a variant'),
  by: must(by, 'a person'),
};
const bytes = Buffer.from(
  Array.from({ length: 2_500 }, (_, i) => `FAULT-${place.variantId.slice(-6)}-${i}`).join('\n'),
);
const settings = { delimiter: 'auto', header: 'auto', columns: [] } as const;
const ran = await importKeys(db, {
  ...place,
  key: 'fault',
  run: run === 'check' ? 'check' : 'import',
  bytes,
  fileName: 'keys.txt',
  source: '',
  settings,
});
if (!ran.ok) throw new Error(ran.refusal);
if (run === 'check') {
  const confirmed = await confirmImport(db, {
    shopId: place.shopId,
    importId: ran.value.importId,
    source: undefined,
  });
  if (!confirmed.ok) throw new Error(confirmed.refusal);
  await resumeImports(db);
}
await db.pool.end();
console.log(ran.value.importId);
