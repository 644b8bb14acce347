import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { prove, proveWith, type Found } from '../bin/prove.ts';
import type { Db } from '../src/kit/tx.ts';

/** What prove is asked about: everything, or only the invariants whose words fit, where a test makes a part of a world. */
export type Proved = { db: Db; ownerUrl: string; files?: string; about?: (says: string) => boolean };

/** What is done by SQL as the owner, the words of the invariant that must name it, and how, where that is known beforehand. */
export type Damage = readonly [
  says: string,
  damage: string | (() => string),
  invariant: string,
  named?: { row: string; wrong: RegExp },
];

const optionsOf = ({ db, files }: Proved) => ({ keys: db.keys, ...(files ? { files } : {}) });

/** Prove, as its command runs it, finds nothing wrong. */
export async function holds(p: Proved): Promise<void> {
  const { offences } = await prove({ url: p.ownerUrl, ...optionsOf(p) });
  const asked = offences.filter(({ says }) => p.about?.(says) ?? true);
  deepEqual(asked, []);
}

/** For each damage a test that prove names it, by invariant and row; then one that nothing of them stayed. */
export function eachIsNamed(p: Proved, damages: readonly Damage[]): void {
  for (const [says, ...damage] of damages) test(`prove names it: ${says}`, () => isNamed(p, ...damage));
  test('and it holds again, since nothing of the damage stayed', () => holds(p));
}

/** Does the damage, which must change a row, in a transaction that is rolled back after the look. */
async function isNamed(
  p: Proved,
  damage: string | (() => string),
  invariant: string,
  exactly?: { row: string; wrong: RegExp },
): Promise<void> {
  const offences = await offencesAfter(p, typeof damage === 'string' ? damage : damage());
  const named = offences.find(({ says }) => says === invariant)?.offences ?? [];
  ok(named.length > 0, `found instead: ${offences.map(({ says }) => says).join('; ') || 'nothing'}`);
  for (const { row, wrong } of named) ok(row && wrong, `names no row, or nothing wrong: ${row}: ${wrong}`);
  if (!exactly) return;
  equal(named[0]?.row, exactly.row);
  match(named[0]?.wrong ?? '', exactly.wrong);
}

async function offencesAfter(p: Proved, damage: string): Promise<Found['offences']> {
  const client = new pg.Client({ connectionString: p.ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    // Several statements have several answers: the first ones make way for the last.
    const answers = [await client.query(damage)].flat();
    ok((answers.at(-1)?.rowCount ?? 0) > 0, 'the damage was done');
    const rows = async (text: string, values: unknown[]) =>
      (await client.query(text, values)).rows as Record<string, unknown>[];
    return (await proveWith(rows, optionsOf(p))).offences;
  } finally {
    await client.query('rollback');
    await client.end();
  }
}
