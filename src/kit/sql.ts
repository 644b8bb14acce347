import type pg from 'pg';
import { assert } from './assert.ts';
import { toJson } from './json.ts';
import { fen, type Fen } from './money.ts';
import { instant, iso, type Instant } from './time.ts';

/** A column as the program reads it: how to parse PostgreSQL's text, which SQL types it accepts, and whether null may come. */
export type Column<T> = {
  readonly parse: (text: string) => T;
  readonly sqlTypes: readonly string[];
  readonly nullable: boolean;
};
type Type<T> = Column<T> & { readonly null: Column<T | null> };

function type<T>(sqlTypes: readonly string[], parse: (text: string) => T): Type<T> {
  const column = { parse, sqlTypes, nullable: false };
  return { ...column, null: { ...column, nullable: true } };
}

/** PostgreSQL prints '2026-11-20 12:14:07.123+00'; the session's time zone is UTC. */
const parseInstant = (text: string): Instant =>
  instant(Date.parse(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`));

const parseBytes = (text: string): Buffer => Buffer.from(text.slice(2), 'hex');

/** One-dimensional arrays of scalars without quotes inside: what our queries return. */
function parseArray<T>(item: Column<T>): (text: string) => T[] {
  return (text) => {
    const inner = text.slice(1, -1);
    if (inner === '') return [];
    return inner
      .split(',')
      .map((part) =>
        part.startsWith('"') ? item.parse(part.slice(1, -1).replaceAll('\\\\', '\\')) : item.parse(part),
      );
  };
}

export const t = {
  uuid: type<string>(['uuid'], String),
  text: type<string>(['text', 'varchar', 'name', 'bpchar'], String),
  int: type<number>(['int2', 'int4', 'int8'], Number),
  real: type<number>(['float4', 'float8', 'numeric'], Number),
  big: type<bigint>(['int8', 'numeric'], BigInt),
  fen: type<Fen>(['int8', 'numeric'], fen),
  instant: type<Instant>(['timestamptz'], parseInstant),
  day: type<string>(['date'], String),
  bool: type<boolean>(['bool'], (text) => text === 't'),
  bytes: type<Buffer>(['bytea'], parseBytes),
  json: <T>(): Type<T> => type<T>(['jsonb', 'json'], (text) => JSON.parse(text) as T),
  /** A text column that holds one of a closed list of words. */
  word: <T extends string>(): Type<T> => type<T>(['text'], (text) => text as T),
  array: <T>(item: Column<T>): Type<T[]> =>
    type<T[]>(
      item.sqlTypes.map((name) => `_${name}`),
      parseArray(item),
    ),
};

export type Shape = Readonly<Record<string, Column<unknown>>>;
export type RowOf<S extends Shape> = { [K in keyof S]: S[K] extends Column<infer T> ? T : never };

export type Sql = { readonly text: string; readonly values: readonly unknown[] };

/** SQL with parameters only: every interpolation becomes $n, except another sql`…` fragment, which is spliced in. */
export function sql(parts: TemplateStringsArray, ...given: readonly unknown[]): Sql {
  const known = given.some(isSql) ? undefined : (flat.get(parts) ?? numbered(parts));
  if (known !== undefined) return { text: known, values: given };
  let text = parts[0] ?? '';
  const values: unknown[] = [];
  given.forEach((value, index) => {
    if (isSql(value)) {
      text += value.text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + values.length}`);
      values.push(...value.values);
    } else {
      values.push(value);
      text += `$${values.length}`;
    }
    text += parts[index + 1] ?? '';
  });
  return { text, values };
}

// The text of a template without fragments is always the same, and most are; it is put together once.
const flat = new WeakMap<TemplateStringsArray, string>();

function numbered(parts: TemplateStringsArray): string {
  const text = parts.reduce((before, part, n) => `${before}$${n}${part}`);
  flat.set(parts, text);
  return text;
}

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  'values' in value &&
  !Array.isArray(value);

/** A parameter of type timestamptz. */
export const ts = (at: Instant | null): string | null => (at === null ? null : iso(at));
export const tsAll = (list: readonly (Instant | null)[]): (string | null)[] => list.map(ts);
/**
 * An array parameter of values that need no quotes: ids, numbers, and words of our own, never a text that somebody typed. The driver would
 * quote and escape each element, which was a tenth of the program's time in a purchase.
 */
export function bare(list: readonly (string | number | bigint | boolean | null)[]): string {
  let text = '{';
  for (const value of list)
    text += `${text.length > 1 ? ',' : ''}${value === null ? 'NULL' : value === '' ? '""' : value}`;
  return `${text}}`;
}

const uuidOid = 2950;
const instantOid = 1184;
/** PostgreSQL counts microseconds from the year 2000. */
const pgEpoch_ms = 946_684_800_000;

// What each character of a hexadecimal text is worth.
const nibble = new Uint8Array(103);
for (let i = 0; i < 16; i++) nibble[i.toString(16).charCodeAt(0)] = i;
const uuidPlaces = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/**
 * An array of uuids as PostgreSQL's binary form, for `$n::uuid[]`: reading them as text was a tenth of the server's time in a purchase.
 * Ids inside the program are lower-case with hyphens.
 */
export function uuids(list: readonly (string | null)[]): Buffer {
  const [bytes, end] = arrayHead(list, uuidOid, 20);
  let at = end;
  for (const id of list) {
    if (id === null) {
      at = bytes.writeInt32BE(-1, at);
      continue;
    }
    at = bytes.writeInt32BE(16, at);
    for (const place of uuidPlaces)
      bytes[at++] =
        ((nibble[id.charCodeAt(place)] as number) << 4) | (nibble[id.charCodeAt(place + 1)] as number);
  }
  return bytes.subarray(0, at);
}

/** An array of instants as PostgreSQL's binary form, for `$n::timestamptz[]`. */
export function instants(list: readonly (Instant | null)[]): Buffer {
  const [bytes, end] = arrayHead(list, instantOid, 12);
  let at = end;
  for (const time of list) {
    if (time === null) {
      at = bytes.writeInt32BE(-1, at);
      continue;
    }
    const microseconds = (time - pgEpoch_ms) * 1000;
    at = bytes.writeInt32BE(8, at);
    at = bytes.writeInt32BE(Math.floor(microseconds / 2 ** 32), at);
    at = bytes.writeUInt32BE(microseconds >>> 0, at);
  }
  return bytes.subarray(0, at);
}

/** Dimensions, whether nulls are in it, the type of the elements, and of the one dimension its length and lower bound. */
function arrayHead(list: readonly unknown[], oid: number, each: number): [Buffer, number] {
  const count = Number(list.length);
  const bytes = Buffer.allocUnsafe(20 + count * each);
  bytes.writeInt32BE(count === 0 ? 0 : 1, 0);
  bytes.writeInt32BE(list.includes(null) ? 1 : 0, 4);
  bytes.writeInt32BE(oid, 8);
  if (count === 0) return [bytes, 12];
  bytes.writeInt32BE(count, 12);
  bytes.writeInt32BE(1, 16);
  return [bytes, 20];
}

/** JSON texts as one parameter, for `string_to_array($n, chr(31))`: JSON never holds that character unescaped, so nothing has to be quoted. */
export const texts = (list: readonly string[]): string => list.join('\u001f');

/** A parameter of type jsonb. */
export const json = (value: unknown): string => toJson(value);

/** What runs a named statement: a transaction or a reader. */
export type Queryable = { run(statement: Prepared): Promise<pg.QueryArrayResult> };
export type Prepared = { name: string; text: string; values: unknown[]; rowMode: 'array' };

/** Every query of the program, so that a test can prepare each against the real schema. `sample` builds the text with made-up parameters. */
export const queries = new Map<string, { name: string; shape: Shape | null; sample: () => Sql }>();

const anything: unknown = new Proxy(function () {}, {
  get: (_, key) =>
    key === Symbol.iterator
      ? function* () {}
      : key === Symbol.toPrimitive
        ? () => 0
        : key === 'text' || key === 'values'
          ? undefined
          : key === 'map'
            ? () => []
            : anything,
  has: () => false,
  apply: () => anything,
});

function register(name: string, shape: Shape | null, build: (p: never) => Sql): void {
  assert(!queries.has(name), `a query name is used once: ${name}`);
  queries.set(name, { name, shape, sample: () => build(anything as never) });
}

/** A named prepared query. The text of a name never varies: a build function may not branch on its parameters. */
export function query<S extends Shape, P = void>(
  name: string,
  shape: S,
  build: (p: P) => Sql,
): (on: Queryable, p: P) => Promise<RowOf<S>[]> {
  register(name, shape, build as (p: never) => Sql);
  const columns = Object.entries(shape);
  let order: readonly number[] | undefined;
  return async (on, p) => {
    const built = build(p);
    const result = await on.run({
      name,
      text: built.text,
      values: built.values as unknown[],
      rowMode: 'array',
    });
    order ??= orderOf(name, columns, result);
    const places = order;
    return result.rows.map(
      (cells) => rowOf(columns, places, cells as readonly (string | null)[]) as RowOf<S>,
    );
  };
}

function orderOf(
  name: string,
  columns: readonly (readonly [string, Column<unknown>])[],
  result: pg.QueryArrayResult,
): readonly number[] {
  const names = result.fields.map((field) => camel(field.name));
  return columns.map(([key]) => {
    const place = names.indexOf(key);
    assert(place >= 0, `query ${name} gives no column ${key}`);
    return place;
  });
}

function rowOf(
  columns: readonly (readonly [string, Column<unknown>])[],
  places: readonly number[],
  cells: readonly (string | null)[],
): unknown {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < columns.length; i++) {
    const [key, column] = columns[i] as readonly [string, Column<unknown>];
    const cell = cells[places[i] as number] as string | null;
    row[key] = cell === null ? null : column.parse(cell);
  }
  return row;
}

/** A named prepared statement that writes; answers how many rows it wrote. */
export function statement<P = void>(
  name: string,
  build: (p: P) => Sql,
): (on: Queryable, p: P) => Promise<number> {
  register(name, null, build as (p: never) => Sql);
  return async (on, p) => {
    const built = build(p);
    const result = await on.run({
      name,
      text: built.text,
      values: built.values as unknown[],
      rowMode: 'array',
    });
    return result.rowCount ?? 0;
  };
}

/** price_fen -> priceFen; a quoted label with a capital stays, so that "useWithin_hours" keeps its unit. */
export const camel = (label: string): string =>
  /[A-Z]/.test(label) ? label : label.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
