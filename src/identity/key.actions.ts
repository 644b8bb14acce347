import { newId } from '../kit/ids.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { newToken, Secret, sha256 } from '../kit/secret.ts';
import { plus, type Instant } from '../kit/time.ts';
import type { Tx } from '../kit/tx.ts';
import type { StaffRole } from '../kit/viewer.ts';
import { countKeys, endKeyRow, insertInvitation, insertKey, lockOwner, takeInvitation } from './key.store.ts';
import { addStaff } from './people.actions.ts';
import { isConfirmed, isReservedScope } from './rules.ts';
import { readStepUps } from './session.store.ts';

const keysMax = 20;

export type NewKey = {
  id: string;
  token: Secret;
  name: string;
  scopes: readonly string[];
  createdAt: Instant;
};

/**
 * Makes an API key with these scopes. Needs the password typed again in this session, since a key is never asked for it later.
 * Refuses STEP_UP_REQUIRED, SCOPE_RESERVED, KEYS_TOO_MANY.
 */
export async function createKey(
  tx: Tx,
  p: { userId: string; sessionId: string; name: string; scopes: readonly string[] },
): Promise<Result<NewKey, 'STEP_UP_REQUIRED' | 'SCOPE_RESERVED' | 'KEYS_TOO_MANY'>> {
  await lockOwner(tx, p);
  const [session] = await readStepUps(tx, { sessionIds: [p.sessionId], deviceIds: [null] });
  if (!session || !isConfirmed(session.confirmedAt, tx.wall)) return refuse('STEP_UP_REQUIRED');
  const reserved = p.scopes.find(isReservedScope);
  if (reserved !== undefined) return refuse('SCOPE_RESERVED', { scope: reserved });
  const [count] = await countKeys(tx, p);
  if ((count?.open ?? 0) >= keysMax) return refuse('KEYS_TOO_MANY');
  const scopes = [...new Set(p.scopes)].sort();
  const token = new Secret(`mgy_${newToken().reveal()}`);
  const id = newId(tx.wall);
  await insertKey(tx, {
    tokenHash: sha256(token.reveal()),
    id,
    userId: p.userId,
    name: p.name,
    scopes,
    at: tx.wall,
  });
  return done({ id, token, name: p.name, scopes, createdAt: tx.wall });
}

/** From the commit on nobody gets in with it. Refuses KEY_NOT_FOUND. */
export async function endKey(
  tx: Tx,
  p: { keyId: string; userId: string },
): Promise<Result<Record<string, never>, 'KEY_NOT_FOUND'>> {
  return (await endKeyRow(tx, { id: p.keyId, userId: p.userId, wall: tx.wall })) === 0
    ? refuse('KEY_NOT_FOUND')
    : done({});
}

/** A link that makes whoever opens it first a member of the staff; it works once, for a day. */
export async function invite(tx: Tx, role: StaffRole): Promise<{ token: Secret; end: Instant }> {
  const token = newToken();
  const end = plus(tx.wall, { days: 1 });
  await insertInvitation(tx, { tokenHash: sha256(token.reveal()), role, wall: tx.wall, end });
  return { token, end };
}

/** Used, past its time and never made answer alike: INVITATION_NOT_FOUND. */
export async function acceptInvitation(
  tx: Tx,
  p: { token: string; userId: string },
): Promise<Result<{ role: StaffRole }, 'INVITATION_NOT_FOUND'>> {
  const [taken] = await takeInvitation(tx, { tokenHash: sha256(p.token), userId: p.userId, wall: tx.wall });
  if (!taken) return refuse('INVITATION_NOT_FOUND');
  await addStaff(tx, [{ userId: p.userId, role: taken.role }]);
  return done({ role: taken.role });
}
