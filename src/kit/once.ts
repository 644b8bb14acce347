import { canonicalJson, toJson } from './json.ts';
import { refuse, type Result } from './result.ts';
import { sha256 } from './secret.ts';
import { query, sql, statement, t, ts } from './sql.ts';
import type { Tx } from './tx.ts';

const claimKey = statement(
  'kit.claim_key',
  (p: { scope: string; key: string; inputHash: Buffer; wall: Tx['wall'] }) => sql`
  insert into kit.answers (scope, key, input_hash, at) values (${p.scope}, ${p.key}, ${p.inputHash}, ${ts(p.wall)}::timestamptz)
  on conflict (scope, key) do nothing`,
);

const findAnswer = query(
  'kit.find_answer',
  { inputHash: t.bytes, answer: t.json<unknown>().null },
  (p: { scope: string; key: string }) => sql`
  select input_hash, answer from kit.answers where scope = ${p.scope} and key = ${p.key}`,
);

const storeAnswer = statement(
  'kit.store_answer',
  (p: { scope: string; key: string; answer: string }) => sql`
  update kit.answers set answer = ${p.answer}::jsonb where scope = ${p.scope} and key = ${p.key}`,
);

export const inputHashOf = (input: unknown): Buffer => sha256(canonicalJson(input ?? null));

/**
 * The same key gives the first answer; another input with that key is refused (IDEMPOTENCY_KEY_REUSED). A second request that comes while
 * the first is under way waits for it on the primary key. Refusals are stored too. The answer must hold no secret.
 * @param scope whose keys these are and of which action: 'usr:…/wallet.topUp'
 */
export async function once<T, R extends string>(
  tx: Tx,
  p: { scope: string; key: string; input: unknown },
  act: () => Promise<Result<T, R>>,
): Promise<Result<T, R | 'IDEMPOTENCY_KEY_REUSED'>> {
  const inputHash = inputHashOf(p.input);
  if ((await claimKey(tx, { scope: p.scope, key: p.key, inputHash, wall: tx.wall })) === 0) {
    const [seen] = await findAnswer(tx, p);
    if (!seen?.inputHash.equals(inputHash)) return refuse('IDEMPOTENCY_KEY_REUSED');
    return seen.answer as Result<T, R>;
  }
  const answer = await act();
  await storeAnswer(tx, { scope: p.scope, key: p.key, answer: toJson(answer) });
  return answer;
}
