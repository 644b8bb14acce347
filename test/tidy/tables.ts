import { placeOf, rankOf } from './layers.ts';
import { lineAt, type Source, sqlOf, withoutComments } from './source.ts';

// Rules about SQL that need no database: what it may say, and who may say it.
const banned: readonly (readonly [RegExp, string])[] = [
  [
    /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(/i,
    'time is a parameter',
  ],
  [/\b(current_timestamp|current_date|current_time|localtimestamp|localtime)\b/i, 'time is a parameter'],
  [/'(now|today|tomorrow|yesterday)'\s*::/i, 'time is a parameter'],
  [/\b(gen_random_uuid|uuidv7|uuidv4|uuid_generate_v\d\w*|random)\s*\(/i, 'ids and chance are parameters'],
  [/\bcreate\s+(or\s+replace\s+)?(constraint\s+)?trigger\b/i, 'no triggers; grants keep history'],
  [/\bnotify\b/i, 'no NOTIFY inside a transaction: it serialises commits'],
];

/** Time, ids and chance never come from the database. */
export function bannedSql(files: readonly Source[]): string[] {
  return statements(files).flatMap(({ where, text }) =>
    banned.flatMap(([pattern, why]) => {
      const found = pattern.exec(text);
      return found ? [`${where}: ${found[0].trim()}; ${why}`] : [];
    }),
  );
}

const writes =
  /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?([a-z_]+)\.([a-z_]+)/gi;

/** A table is written by the store.ts of its own domain and by nothing else; views only read. */
export function ownTables(files: readonly Source[]): string[] {
  const code = files.filter(({ path }) => /^src\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'));
  return code.flatMap((file) => {
    const { domain, kind } = placeOf(file.path);
    if (domain === 'app' || domain === 'cli') return [];
    return sqlOf(file).flatMap(({ text, at }) => {
      const where = `${file.path}:${lineAt(file.text, at)}`;
      const foreign = [...text.matchAll(writes)]
        .filter(([, schema]) => schema !== domain)
        .map(([, schema, table]) => `${schema}.${table}`);
      if (foreign.length > 0)
        return [`${where}: ${foreign.join(', ')} is written by its own domain's store.ts only`];
      if (domain === 'kit' || kind === 'store') return [];
      if (kind !== 'views') return [`${where}: SQL stands in store.ts and views.ts`];
      const locks = /\bfor\s+(no\s+key\s+)?(update|share|key\s+share)\b/i.test(text);
      return locks || text.match(writes) ? [`${where}: a view only reads`] : [];
    });
  });
}

/** Migrations: a header that says what for, tables of known domains, foreign keys downwards. */
export function migrations(files: readonly Source[]): string[] {
  const ours = files.filter(({ path }) => path.startsWith('db/migrations/'));
  return ours.flatMap(({ path, text }) => {
    const offences: string[] = [];
    if (!/^db\/migrations\/\d{4}_[a-z0-9_]+\.sql$/.test(path))
      offences.push(`${path}: a migration is called NNNN_words.sql`);
    if (!/^-- \S/.test(text))
      offences.push(`${path}:1: a migration begins with a line that says what it is for`);
    const bare = withoutComments(text);
    for (const [, schema = ''] of bare.matchAll(
      /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([a-z_]+)\.[a-z_]+/gi,
    ))
      if (rankOf(schema) < 0) offences.push(`${path}: the schema ${schema} belongs to no domain`);
    for (const [, own = '', body = ''] of bare.matchAll(
      /\b(?:create|alter)\s+table\s+(?:only\s+)?([a-z_]+)\.[a-z_]+([^;]*);/gi,
    ))
      for (const [, target = ''] of body.matchAll(/\breferences\s+([a-z_]+)\.[a-z_]+/gi))
        if (target !== own && rankOf(target) >= rankOf(own))
          offences.push(`${path}: a foreign key of ${own} points up at ${target}`);
    return offences;
  });
}

/** History is kept by rights: the program may add to these tables and read them, and nothing else. */
export function appendOnly(files: readonly Source[]): string[] {
  const tables = ['ledger.transfers', 'evidence.events', 'evidence.batches', 'orders.steps'];
  const ours = files.filter(({ path }) => path.startsWith('db/migrations/'));
  return ours.flatMap(({ path, text }) =>
    [
      ...withoutComments(text).matchAll(
        /\bgrant\s+([^;]*?)\s+on\s+(?:table\s+)?([^;]*?)\s+to\s+mengyue_app/gi,
      ),
    ].flatMap(([, rights = '', on = '']) =>
      tables
        .filter(
          (table) => on.split(/\s*,\s*/).includes(table) && /\b(update|delete|truncate|all)\b/i.test(rights),
        )
        .map((table) => `${path}: ${table} only grows; grant select and insert`),
    ),
  );
}

function statements(files: readonly Source[]): { where: string; text: string }[] {
  return files.flatMap((file) => {
    if (/^db\/migrations\/.*\.sql$/.test(file.path))
      return [{ where: file.path, text: withoutComments(file.text) }];
    if (!/^src\/.*\.ts$/.test(file.path)) return [];
    return sqlOf(file).map(({ text, at }) => ({ where: `${file.path}:${lineAt(file.text, at)}`, text }));
  });
}
