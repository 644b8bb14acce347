// Writes db/schema.sql from the migrations, or with --check compares the two. `npm test` does the latter.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { dumpSchema } from '../src/app/schema.ts';
import { templateOn } from '../test/database.ts';
import { startTestServer } from '../test/server.ts';

const path = fileURLToPath(new URL('../db/schema.sql', import.meta.url));
const given = process.env['MENGYUE_TEST_SERVER'];
const server = given ? { url: given, stop: async () => undefined } : await startTestServer();
try {
  const now = await schemaOfMigrations(server.url);
  const known = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!process.argv.includes('--check')) writeFileSync(path, now);
  else if (now !== known) {
    console.log(
      `db/schema.sql is not what the migrations make. Run: npm run schema\n${firstDifference(known, now)}`,
    );
    process.exitCode = 1;
  }
} finally {
  await server.stop();
}

async function schemaOfMigrations(url: string): Promise<string> {
  const template = await templateOn(url);
  const client = new pg.Client({ connectionString: url.replace('/postgres?', `/${template}?`) });
  await client.connect();
  try {
    return await dumpSchema(client);
  } finally {
    await client.end();
  }
}

function firstDifference(known: string, now: string): string {
  const [a, b] = [known.split('\n'), now.split('\n')];
  const at = b.findIndex((line, index) => line !== a[index]);
  const place = at < 0 ? b.length : at;
  return `line ${place + 1}\n  schema.sql: ${a[place] ?? '(ends)'}\n  migrations: ${b[place] ?? '(end)'}`;
}
