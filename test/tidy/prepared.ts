import pg from 'pg';
import { camel, type Shape, type Sql } from '../../src/kit/sql.ts';

// Every statement of the program is shown to the real database: it must understand it, allow it to the program's
// role, and give what the code says it gives.

export type Declared = { name: string; shape: Shape | null; sample: () => Sql };

type Given = { name: string; tableID: number; columnID: number; dataTypeID: number };
type ColumnFact = { name: string; notNull: boolean; table: string };
export type Catalogue = { types: ReadonlyMap<number, string>; columns: ReadonlyMap<string, ColumnFact> };

/** What the catalogue knows of types and columns, read once. */
export async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  const types = await client.query(`select oid::int, typname from pg_type`);
  const columns = await client.query(
    `select attrelid::int as id, attnum::int as number, attname, attnotnull, attrelid::regclass::text as relation
       from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
      where attnum > 0 and relkind in ('r', 'p', 'v') and nspname !~ '^pg_' and nspname <> 'information_schema'`,
  );
  return {
    types: new Map(types.rows.map((row) => [row.oid, row.typname])),
    columns: new Map(
      columns.rows.map((row) => [
        `${row.id}.${row.number}`,
        { name: row.attname, notNull: row.attnotnull, table: row.relation },
      ]),
    ),
  };
}

/** What is wrong with one statement, in words that name it. */
export async function faultsOf(
  client: pg.Client,
  catalogue: Catalogue,
  declared: Declared,
): Promise<string[]> {
  const { name, shape } = declared;
  let text: string;
  try {
    text = declared.sample().text;
  } catch (problem) {
    return [`${name}: its text depends on what it is given (${String(problem)})`];
  }
  try {
    const columns = await describe(client, text);
    await refuseForbidden(client, text);
    return shape ? compare(name, text, shape, columns, catalogue) : [];
  } catch (problem) {
    return [`${name}: ${problem instanceof Error ? problem.message : problem}`];
  }
}

/** PostgreSQL checks rights when a plan is started; since 16 it can be, without values and without running. */
async function refuseForbidden(client: pg.Client, text: string): Promise<void> {
  const { rows } = await client.query(`select current_setting('server_version_num')::int >= 160000 as able`);
  if (rows[0].able && /^\s*(select|insert|update|delete|with|values)\b/i.test(text))
    await client.query({ text: `explain (generic_plan) ${text}`, queryMode: 'simple' } as pg.QueryConfig);
}

function compare(
  name: string,
  text: string,
  shape: Shape,
  given: readonly Given[],
  catalogue: Catalogue,
): string[] {
  const faults: string[] = [];
  const labels = given.map((column) => camel(column.name));
  for (const label of labels)
    if (!(label in shape)) faults.push(`${name}: gives ${label}, which its row does not have`);
  for (const [key, column] of Object.entries(shape)) {
    const at = labels.indexOf(key);
    const field = given[at];
    if (!field) {
      faults.push(`${name}: does not give ${key}`);
      continue;
    }
    const type = catalogue.types.get(field.dataTypeID) ?? String(field.dataTypeID);
    if (!column.sqlTypes.includes(type))
      faults.push(`${name}: ${key} is ${type}, declared as ${column.sqlTypes.join(' or ')}`);
    const nullable = mayBeNull(text, field, catalogue);
    if (nullable === true && !column.nullable)
      faults.push(`${name}: ${key} may be null, declared as never null`);
    if (nullable === false && column.nullable)
      faults.push(`${name}: ${key} is never null, declared as perhaps null`);
  }
  return faults;
}

/** Whether a column may be null, as far as the catalogue and the text tell; undefined where they do not. */
function mayBeNull(text: string, field: Given, catalogue: Catalogue): boolean | undefined {
  const fact = catalogue.columns.get(`${field.tableID}.${field.columnID}`);
  const bare = text.replace(/\s+/g, ' ');
  if (!fact) return isNullAggregate(bare, field.name) ? true : undefined;
  const outer = new RegExp(
    `(left|full)( outer)? join( lateral)?( only)? ${fact.table.replace('.', '\\.')}\\b`,
    'i',
  );
  if (outer.test(bare)) return true;
  if (/\b(right|full)( outer)? join\b/i.test(bare) || /\bleft( outer)? join( lateral)? \(/i.test(bare))
    return undefined;
  if (!fact.notNull)
    return new RegExp(`\\b${fact.name} (is not null|= any|=|>|<|>=|<=) ?`, 'i').test(bare) ? undefined : true;
  return false;
}

/** sum, max and their like over no rows give null. */
function isNullAggregate(text: string, label: string): boolean {
  // Grouped rows exist, and a subquery's aggregate may be made whole outside of it.
  if (/\bgroup by\b/i.test(text) || new RegExp(`\\bcoalesce\\((\\w+\\.)?${label}\\b`, 'i').test(text))
    return false;
  const pattern = new RegExp(
    `(\\w+\\s*\\(\\s*)?\\b(sum|max|min|avg|array_agg|string_agg|jsonb_agg)\\s*\\([^()]*\\)(\\s*filter\\s*\\([^()]*\\))?(::\\w+)? (as )?"?${label}"?\\b`,
    'i',
  );
  const found = pattern.exec(text);
  return Boolean(found && !/coalesce/i.test(found[1] ?? ''));
}

/** Asks the server for the columns of a statement, without running it: the protocol's Parse and Describe. */
function describe(client: pg.Client, text: string): Promise<Given[]> {
  return new Promise((done, failed) => {
    let columns: Given[] = [];
    const asked = {
      submit(connection: { parse: (q: object) => void; describe: (q: object) => void; sync: () => void }) {
        connection.parse({ text, name: '', types: [] });
        connection.describe({ type: 'S', name: '' });
        connection.sync();
      },
      handleRowDescription: (message: { fields: Given[] }) => void (columns = message.fields),
      // After an error the client is done with this query; it waits for the server by itself.
      handleError: failed,
      handleReadyForQuery: () => done(columns),
    };
    client.query(asked as unknown as pg.Submittable);
  });
}
