import type pg from 'pg';

// The embedded server has no pg_dump. This prints what migrations made, from the catalogue, in an order that does
// not depend on how it was made: so a schema is compared as text.
const ours = `nspname !~ '^pg_' and nspname not in ('information_schema', 'public')`;

/** The schema of a database as SQL text: schemas, types, tables, constraints, indexes, views, functions, grants. */
export async function dumpSchema(client: pg.Client): Promise<string> {
  await client.query(`set search_path = ''`);
  const parts: string[] = [];
  for (const text of queries) {
    const { rows } = await client.query<{ line: string }>(text);
    parts.push(...rows.map(({ line }) => line));
  }
  return `-- Printed by bin/schema.ts from the migrations; not to be edited.\n\n${parts.join('\n')}\n`;
}

const schemas = `select format('create schema %I;', nspname) as line from pg_catalog.pg_namespace where ${ours} order by nspname`;

const types = `
  select format(E'\\ncreate type %s as enum (%s);', t.oid::regtype, string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) as line
    from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = typnamespace join pg_catalog.pg_enum e on e.enumtypid = t.oid
   where ${ours} group by t.oid, nspname, typname order by nspname, typname`;

const sequences = `
  select format(E'\\ncreate sequence %s as %s start %s increment %s;', c.oid::regclass, format_type(seqtypid, null), seqstart, seqincrement) as line
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = relnamespace join pg_catalog.pg_sequence s on s.seqrelid = c.oid
   where ${ours} and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))
   order by nspname, relname`;

const columnText = `format('  %I %s%s%s', attname, format_type(atttypid, atttypmod),
  case when attidentity <> '' then ' generated ' || case attidentity when 'a' then 'always' else 'by default' end || ' as identity'
       when attgenerated = 's' then ' generated always as (' || pg_get_expr(adbin, adrelid) || ') stored'
       when adbin is not null then ' default ' || pg_get_expr(adbin, adrelid) else '' end,
  case when attnotnull then ' not null' else '' end)`;

// Constraints of kind n (not null) exist as such only from PostgreSQL 18 on; the columns say it already.
const constraintText = `
  select string_agg(format(E',\\n  constraint %I %s', conname, pg_get_constraintdef(k.oid)), '' order by position(contype::text in 'pucxf'), conname)
    from pg_catalog.pg_constraint k where k.conrelid = c.oid and contype in ('p', 'u', 'c', 'x', 'f')`;

const tables = `
  select format(E'\\ncreate%s table %s (\\n%s%s\\n)%s;', case relpersistence when 'u' then ' unlogged' else '' end, c.oid::regclass,
           string_agg(${columnText}, E',\\n' order by attnum), (${constraintText}),
           case when relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) else '' end
             || case when reloptions is not null then ' with (' || array_to_string(reloptions, ', ') || ')' else '' end) as line
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped
    left join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = attnum
   where ${ours} and relkind in ('r', 'p') group by c.oid, nspname, relname, relpersistence, relkind, reloptions
   order by nspname, relname`;

const partitions = `
  select format(E'\\nalter table %s attach partition %s %s;', i.inhparent::regclass, c.oid::regclass, pg_get_expr(relpartbound, c.oid)) as line
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = relnamespace join pg_catalog.pg_inherits i on inhrelid = c.oid
   where ${ours} and relispartition and relkind in ('r', 'p') order by nspname, relname`;

const indexes = `
  select format(E'\\n%s;', pg_get_indexdef(i.indexrelid)) as line
    from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = indexrelid join pg_catalog.pg_namespace n on n.oid = relnamespace
   where ${ours} and not exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and contype in ('p', 'u', 'x'))
   order by nspname, c.relname`;

const views = `
  select format(E'\\ncreate %s %s as\\n%s', case relkind when 'm' then 'materialized view' else 'view' end, c.oid::regclass, pg_get_viewdef(c.oid, true)) as line
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = relnamespace where ${ours} and relkind in ('v', 'm') order by nspname, relname`;

const functions = `
  select E'\\n' || pg_get_functiondef(p.oid) || ';' as line
    from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = pronamespace
   where ${ours} and prokind in ('f', 'p') order by nspname, proname, p.oid::regprocedure::text`;

const triggers = `
  select format(E'\\n%s;', pg_get_triggerdef(t.oid)) as line
    from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = tgrelid join pg_catalog.pg_namespace n on n.oid = relnamespace
   where ${ours} and not tgisinternal order by nspname, relname, tgname`;

// Rights of others than the owner: what the program may do.
const grantsOf = (kind: string, thing: string, acl: string, from: string) => `
  select format(E'grant %s on ${kind} %s to %s;', string_agg(lower(privilege_type), ', ' order by privilege_type), ${thing},
           case grantee when 0 then 'public' else pg_get_userbyid(grantee)::text end) as line
    from ${from}, aclexplode(${acl}) where ${ours} and grantee <> grantor group by ${thing}, grantee order by ${thing}, grantee`;

const queries = [
  schemas,
  types,
  sequences,
  tables,
  partitions,
  indexes,
  views,
  functions,
  triggers,
  grantsOf('schema', `quote_ident(nspname)`, 'nspacl', 'pg_catalog.pg_namespace'),
  grantsOf(
    'table',
    `c.oid::regclass::text`,
    'relacl',
    `pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = relnamespace and relkind in ('r', 'p', 'v', 'm')`,
  ),
  grantsOf(
    'sequence',
    `c.oid::regclass::text`,
    'relacl',
    `pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = relnamespace and relkind = 'S'`,
  ),
  `select format('grant %s (%s) on table %s to %s;', lower(privilege_type), string_agg(quote_ident(attname), ', ' order by attnum), attrelid::regclass, pg_get_userbyid(grantee)) as line
     from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = attrelid join pg_catalog.pg_namespace n on n.oid = relnamespace, aclexplode(attacl)
    where ${ours} group by attrelid, grantee, privilege_type order by attrelid::regclass::text, grantee, privilege_type`,
];
