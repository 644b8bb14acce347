import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemShape } from '../../src/app/problem.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { allEndpoints, requestFor, sampleOf, textOf, type Endpoint, type Field } from './endpoints.ts';
import { conformanceWorld, type Person } from './world.ts';

// Made from the contracts: whatever is wrong with an input, the answer is a problem with a code and both languages, and never our mistake.
const world = await conformanceWorld();
const endpoints = allEndpoints();

/** Somebody who may ask, so that the input is what is refused; newly logged in, since some of the routes end sessions. */
function allowed({ meta: { who } }: Endpoint): Promise<Person> {
  const person = typeof who === 'string' ? world.buyer : 'staff' in who ? world.staff.admin : world.owner;
  return world.browserOf(person.userId ?? '');
}

function validInput(endpoint: Endpoint): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [field, shape] of Object.entries(endpoint.fields)) {
    const id =
      field === 'categoryId'
        ? encodeId('category', '01900000-0000-7000-8000-00000000c001')
        : world.real[field];
    if (id !== undefined && (endpoint.ids[field] || endpoint.required.includes(field)))
      input[field] = shape.type === 'array' ? [id] : id;
    else if (endpoint.required.includes(field)) input[field] = sampleOf(field, shape);
  }
  return input;
}

type Asked = { person: Person; endpoint: Endpoint; input: Record<string, unknown>; says: string };
async function ask({
  person,
  endpoint,
  input,
  says,
}: Asked): Promise<{ status: number; code: string | undefined }> {
  const { url, init } = requestFor(endpoint, input, person.headers);
  const response = await fetch(world.address + url, init);
  const text = await textOf(response);
  const where = `${endpoint.name}, ${says}: ${response.status} ${text.slice(0, 300)}`;
  assert.ok(response.status < 500, where);
  if (response.status < 400) return { status: response.status, code: undefined };
  assert.equal(response.headers.get('content-type'), 'application/problem+json', where);
  const problem = problemShape.parse(JSON.parse(text));
  assert.ok(/\p{Script=Han}/u.test(problem.zh) && !/\p{Script=Han}/u.test(problem.en), where);
  return { status: response.status, code: problem.code };
}

/** What no shape of this kind takes. Only bodies can hold another type; addresses and queries are texts. */
function wrongTypes(field: Field): unknown[] {
  const never: unknown[] = [{ nested: { deep: true } }, [[1]], 1e300];
  if (field.type === 'string') return [7, true, null, { a: 1 }, ['x']];
  if (field.type === 'integer' || field.type === 'number') return ['1', 1.5, true, null, 1e300, -1e300];
  if (field.type === 'boolean') return ['true', 1, null];
  if (field.type === 'array') return ['x', 1, { 0: 'x' }, null];
  return field.type === 'object' ? ['x', 1, [1], null] : never;
}

const inPath = (endpoint: Endpoint, field: string): boolean => endpoint.path.includes(`{${field}}`);
const strange = [
  '\u0000',
  'a\u0000b',
  '\ud800',
  "'; drop table orders.orders; --",
  '../../etc/passwd',
  '%00',
  '%',
  '\\',
  '😀'.repeat(100),
  'x'.repeat(5000),
  '-1',
  '1e999',
  'NaN',
  '',
  ' ',
  '__proto__',
  '\u202e',
  '{{7*7}}',
];

/** A value with each of its leaves replaced, one at a time, by each of these. */
function changedWithin(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const put = (changed: unknown): unknown =>
      Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
    const leaves = ['\u0000', 'x\ud800', 'x'.repeat(5000), '', null, { a: 1 }, -1, 1e300, undefined];
    const here = leaves.map((leaf): [string, unknown] => [
      `/${key}=${JSON.stringify(leaf)?.slice(0, 30)}`,
      put(leaf),
    ]);
    return [
      ...here,
      ...changedWithin(inner).map(([place, changed]): [string, unknown] => [`/${key}${place}`, put(changed)]),
    ];
  });
}

for (const endpoint of endpoints)
  test(`${endpoint.name}: input that is not right is refused as a problem, in both languages`, async () => {
    const input = validInput(endpoint);
    const person = await allowed(endpoint);
    // Where the body is a file, all else stands in the address.
    const reads = endpoint.method === 'GET' || endpoint.meta.streams === true;
    for (const [field, shape] of Object.entries(endpoint.fields)) {
      // Half of a surrogate pair cannot be written into an address.
      for (const value of strange.filter(
        (text) => text.isWellFormed() || !(reads || inPath(endpoint, field)),
      ))
        await ask({
          person,
          endpoint,
          input: { ...input, [field]: shape.type === 'array' ? [value] : value },
          says: `${field}=${JSON.stringify(value).slice(0, 40)}`,
        });
      if (reads || inPath(endpoint, field)) continue;
      for (const [place, changed] of changedWithin(input[field]))
        await ask({ person, endpoint, input: { ...input, [field]: changed }, says: `${field}${place}` });
      for (const value of wrongTypes(shape)) {
        const { status, code } = await ask({
          person,
          endpoint,
          input: { ...input, [field]: value },
          says: `${field} of another type, ${JSON.stringify(value)}`,
        });
        assert.ok(
          status === 422 || status === 400,
          `${endpoint.name} takes ${field} = ${JSON.stringify(value)}: ${status} ${code}`,
        );
      }
      const huge = await ask({
        person,
        endpoint,
        input: { ...input, [field]: 'x'.repeat(300_000) },
        says: `${field} of 300,000 characters`,
      });
      assert.ok(
        [400, 413, 422].includes(huge.status) || endpoint.meta.bodyMax_bytes !== undefined,
        `${endpoint.name} takes a huge ${field}: ${huge.status}`,
      );
    }
    if (!reads)
      for (const field of endpoint.required.filter((name) => !inPath(endpoint, name))) {
        const { [field]: _, ...rest } = input;
        const { status, code } = await ask({ person, endpoint, input: rest, says: `without ${field}` });
        assert.ok(
          code === 'INPUT_INVALID' || (field === 'shopId' && status === 404),
          `${endpoint.name} goes on without ${field}: ${status} ${code}`,
        );
      }
    await ask({
      person,
      endpoint,
      input: { ...input, neverHeardOf: { a: [1] }, constructor: 1 },
      says: 'fields that nobody knows',
    });
  });

test('bodies that are no JSON, no object or too deep are refused as problems', async () => {
  for (const endpoint of endpoints.filter((one) => one.method !== 'GET')) {
    const { url, init } = requestFor(endpoint, validInput(endpoint), (await allowed(endpoint)).headers);
    for (const body of [
      '{',
      '[]',
      '"x"',
      '7',
      'null',
      '{"a":'.repeat(5000),
      '{"__proto__":{"a":1}}',
      `[${'['.repeat(20_000)}`,
      '\u0000',
    ]) {
      const response = await fetch(world.address + url, { ...init, body });
      const text = await response.text();
      assert.ok(
        response.status < 500,
        `${endpoint.name} with ${body.slice(0, 20)}: ${response.status} ${text.slice(0, 200)}`,
      );
      if (response.status >= 400) problemShape.parse(JSON.parse(text));
    }
  }
});

test('a write that must be keyed says so', async () => {
  for (const endpoint of endpoints.filter((one) => one.meta.keyed)) {
    const { url, init } = requestFor(endpoint, validInput(endpoint), (await allowed(endpoint)).headers);
    const { 'idempotency-key': _, ...headers } = init.headers as Record<string, string>;
    const response = await fetch(world.address + url, { ...init, headers });
    const problem = problemShape.parse(await response.json());
    assert.deepEqual([response.status, problem.code], [400, 'IDEMPOTENCY_KEY_REQUIRED'], endpoint.name);
  }
});
