import type { Language } from './text.ts';
import type { Db } from './tx.ts';
import type { Instant } from './time.ts';

export type ShopRole = 'owner' | 'goods' | 'orders' | 'money';
export type StaffRole = 'admin' | 'review' | 'finance' | 'risk' | 'support' | 'arbitrator';

/** Who is looking. A parameter of every view: "not yours" and "not there" give one answer. */
export type Viewer = {
  /** The account (or the guest of this browser), null for nobody. */
  readonly userId: string | null;
  readonly guest: boolean;
  /** The account's own id and those of the guests whose orders it claimed. */
  readonly buyerIds: readonly string[];
  readonly shops: readonly { readonly shopId: string; readonly role: ShopRole }[];
  readonly staff: readonly StaffRole[];
  /** What an API key may do ('orders:read'); null for a browser session, which may do all its user may. */
  readonly scopes: readonly string[] | null;
  readonly sessionId: string | null;
  readonly deviceId: string | null;
  readonly name: string | null;
};

export const nobody: Viewer = {
  userId: null,
  guest: false,
  buyerIds: [],
  shops: [],
  staff: [],
  scopes: null,
  sessionId: null,
  deviceId: null,
  name: null,
};

/** What a route knows of its request. */
export type Context = {
  readonly db: Db;
  readonly viewer: Viewer;
  readonly language: Language;
  readonly wall: Instant;
  readonly requestId: string;
  /** The address of the caller (a forwarded one only when a trusted proxy is configured). */
  readonly ip: string;
  readonly userAgent: string;
  readonly idempotencyKey: string | null;
  /** Cookies that the answer sets; filled by identity's routes. */
  readonly cookies: {
    set(name: string, value: string, maxAge_seconds: number): void;
    get(name: string): string | undefined;
  };
};
