import { gather } from '../kit/gather.ts';
import { sha256 } from '../kit/secret.ts';
import { spanMs, type Instant } from '../kit/time.ts';
import { reader, type Db, type Reader } from '../kit/tx.ts';
import { nobody, type ShopRole, type StaffRole, type Viewer } from '../kit/viewer.ts';
import { useKey } from './key.store.ts';
import { deviceIdOf, isWorthSeeing, sessionEnd } from './rules.ts';
import { seeSession } from './session.store.ts';
import { viewerOfKey, viewersOfSessions } from './views.ts';

/** What a request shows of itself: the values of the two cookies, or an API key from the header. */
export type Shown = {
  readonly sessionToken?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly deviceId?: string | undefined;
};

/**
 * Who is looking: one query, on every request; requests that come together share it. A key counts before a session; what is unknown, ended or past its time is nobody.
 * That a session or key was used is written at most once in five minutes, and moves the session's end.
 */
export async function viewerOf(db: Db, { sessionToken, apiKey, deviceId }: Shown): Promise<Viewer> {
  const device = deviceIdOf(deviceId) ?? null;
  if (apiKey !== undefined) return viewerByKey(await reader(db), apiKey);
  if (sessionToken === undefined || sessionToken === '') return { ...nobody, deviceId: device };
  const row = await lookupOf(db)(sha256(sessionToken));
  if (!row) return { ...nobody, deviceId: device };
  if (isWorthSeeing(row.seenAt, db.wall.now())) await see(await reader(db), row);
  return { ...viewerFrom(row), scopes: null, sessionId: row.sessionId, deviceId: device };
}

type SessionRow = Awaited<ReturnType<typeof viewersOfSessions>>[number];
type Lookup = (tokenHash: Buffer) => Promise<SessionRow | undefined>;
const lookups = new WeakMap<Db, Lookup>();

function lookupOf(db: Db): Lookup {
  const known = lookups.get(db);
  if (known) return known;
  const lookup = gather<Buffer, SessionRow | undefined>(async (tokenHashes) => {
    const on = await reader(db);
    const found = new Map<number, SessionRow>();
    for (const row of await viewersOfSessions(on, { tokenHashes: [...tokenHashes], wall: on.wall }))
      found.set(row.asked, row);
    return tokenHashes.map((_, i) => found.get(i + 1));
  });
  lookups.set(db, lookup);
  return lookup;
}

async function viewerByKey(on: Reader, apiKey: string): Promise<Viewer> {
  const [row] = await viewerOfKey(on, { tokenHash: sha256(apiKey) });
  if (!row) return nobody;
  if (row.usedAt === null || isWorthSeeing(row.usedAt, on.wall))
    await useKey(on, { id: row.keyId, wall: on.wall });
  return { ...viewerFrom(row), scopes: row.scopes, sessionId: null, deviceId: null };
}

const see = (
  on: Reader,
  row: { sessionId: string; seenAt: Instant; kind: 'account' | 'guest' },
): Promise<unknown> =>
  seeSession(on, {
    sessionId: row.sessionId,
    before: row.seenAt,
    wall: on.wall,
    end: sessionEnd(row.kind, on.wall),
  });

type Rights = {
  userId: string;
  kind: 'account' | 'guest';
  name: string;
  shops: readonly string[];
  staff: readonly StaffRole[];
  guests: readonly string[];
};

const viewerFrom = (row: Rights): Omit<Viewer, 'scopes' | 'sessionId' | 'deviceId'> => ({
  userId: row.userId,
  guest: row.kind === 'guest',
  name: row.name,
  buyerIds: [row.userId, ...row.guests],
  shops: row.shops.map((text) => ({ shopId: text.slice(0, 36), role: text.slice(37) as ShopRole })),
  staff: row.staff,
});

/** How long a browser keeps the cookies: the device is remembered beyond its sessions. */
export const deviceCookieAge_s = spanMs({ days: 400 }) / 1000;
