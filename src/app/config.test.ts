import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { productionFaults, readConfig, settingsTable } from './config.ts';
import { masterKey } from './master-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'mengyue-config-'));
after(() => rmSync(folder, { recursive: true }));

test('without any setting it is a demo on this machine only', () => {
  const config = readConfig({});
  deepEqual(
    [config.host, config.port, config.mode, config.custody, config.databaseUrl],
    ['127.0.0.1', 8080, 'demo', 'demo', undefined],
  );
});

for (const [name, value, said] of [
  ['PORT', '99999', /PORT/],
  ['MODE', 'prod', /MODE/],
  ['CUSTODY', 'bank', /CUSTODY/],
  ['PUBLIC_ORIGIN', 'shop.example', /PUBLIC_ORIGIN: shop\.example is not an origin/],
  ['PUBLIC_ORIGIN', 'https://shop.example/path', /is not an origin/],
] as const)
  test(`${name}=${value} is refused by name`, () => throws(() => readConfig({ [name]: value }), said));

test('an argument that is not known is refused', () => throws(() => readConfig({}, ['--dmeo']), /--dmeo/));

const safe = readConfig({ MODE: 'production', CUSTODY: 'psp', PUBLIC_ORIGIN: 'https://shop.example' });
const clean = { databaseIsDemo: false, keyIsDemo: false };
for (const [what, config, found, said] of [
  ['a demo database', safe, { ...clean, databaseIsDemo: true }, /marked as a demo world/],
  ['demo secrets', safe, { ...clean, keyIsDemo: true }, /MASTER_KEY_FILE was made for a demo/],
  ['demo custody', { ...safe, custody: 'demo' as const }, clean, /CUSTODY is demo/],
  ['the sandbox channel', { ...safe, channels: 'sandbox' as const }, clean, /CHANNELS is sandbox/],
  ['an unset origin', { ...safe, publicOrigin: undefined }, clean, /PUBLIC_ORIGIN is not set/],
  ['an origin without TLS', { ...safe, publicOrigin: 'http://shop.example' }, clean, /not https/],
  ['a demo world', { ...safe, demoWorld: true }, clean, /--demo/],
] as const)
  test(`F146 production refuses ${what}, and says so`, () => {
    const faults = productionFaults(config, found);
    equal(faults.length, 1);
    match(faults.join(), said);
  });

test('production starts when nothing is wrong', () => deepEqual(productionFaults(safe, clean), []));

test('README.md shows every setting with its default', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  for (const { name, preset, meaning } of settingsTable)
    match(readme, new RegExp(`\\| ${name} \\| ${escape(preset)} ?\\| ${escape(meaning)} \\|`), name);
});

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('a master key is made once, is readable by its owner only, and opens again', () => {
  const path = join(folder, 'master.key');
  const made = masterKey(path, { demo: true, mayMake: true, say: () => undefined });
  equal(made.bytes.length, 32);
  if (process.platform !== 'win32') equal(statSync(path).mode & 0o777, 0o600);
  deepEqual(masterKey(path, { demo: false, mayMake: false, say: () => undefined }), made);
});

test('production prints the recovery sheet of a new key, once', () => {
  const path = join(folder, 'production.key');
  const said: string[] = [];
  const { bytes } = masterKey(path, { demo: false, mayMake: true, say: (line) => said.push(line) });
  match(said.join('').replaceAll(/\s/g, '').toLowerCase(), new RegExp(bytes.toString('hex').slice(0, 32)));
  said.length = 0;
  masterKey(path, { demo: false, mayMake: true, say: (line) => said.push(line) });
  deepEqual(said, []);
});

test('a missing key beside a database that holds secrets is told, not replaced', () => {
  throws(
    () => masterKey(join(folder, 'lost.key'), { demo: true, mayMake: false, say: () => undefined }),
    /recovery sheet/,
  );
});

test('a key that was copied wrongly is found by its check digits', () => {
  const path = join(folder, 'typo.key');
  masterKey(path, { demo: true, mayMake: true, say: () => undefined });
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace(/^([0-9A-F])/m, (digit) => (digit === '0' ? '1' : '0')),
  );
  throws(() => masterKey(path, { demo: true, mayMake: true, say: () => undefined }), /damaged/);
});
