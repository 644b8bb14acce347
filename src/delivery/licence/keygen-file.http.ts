import { z } from 'zod';
import { newId } from '../../kit/ids.ts';
import { iso } from '../../kit/time.ts';
import { transaction } from '../../kit/tx.ts';
import { byDevice, reply, textOf, type Call } from './edge.http.ts';
import type { FileAlgorithm, FileKind } from './file.rules.ts';
import { absent, jsonApi, refusal, refused } from './keygen-reply.http.ts';
import type { Bearer } from './keygen.http.ts';
import { checkOut, includable } from './offline.actions.ts';

const meta = z.object({
  meta: z
    .object({
      encrypt: z.boolean().optional(),
      ttl: z.int().nullish(),
      include: z.array(z.string().max(40)).max(10).optional(),
      algorithm: z.string().max(40).optional(),
    })
    .optional(),
});

type Asked = {
  readonly ttl: number | null | undefined;
  readonly include: readonly string[];
  readonly algorithm: FileAlgorithm;
};
type Wrong = 'TTL' | 'INCLUDE' | 'ALGORITHM' | 'ENCRYPT';

/** What was asked for, in the query or in the meta of the body; the query goes first. */
function askedOf(call: Call, kind: FileKind, given: z.infer<typeof meta>['meta'] = {}): Asked | Wrong {
  const query = (name: string): string | undefined => call.http.req.query(name);
  const ttlText = query('ttl');
  const ttl = ttlText === undefined ? given.ttl : ttlText === '' ? null : Number(ttlText);
  if (ttl !== null && ttl !== undefined && !Number.isSafeInteger(ttl)) return 'TTL';
  const encryptText = query('encrypt');
  if (encryptText !== undefined && !/^(1|0|true|false)$/.test(encryptText)) return 'ENCRYPT';
  const encrypt = encryptText === undefined ? given.encrypt : /^(1|true)$/.test(encryptText);
  const include = query('include')?.split(',').filter(Boolean) ?? given.include ?? [];
  if (include.some((one) => !(includable[kind] as readonly string[]).includes(one))) return 'INCLUDE';
  const algorithm = algorithmOf(query('algorithm') ?? given.algorithm, encrypt);
  return algorithm ? { ttl, include, algorithm } : 'ALGORITHM';
}

function algorithmOf(asked: string | undefined, encrypt: boolean | undefined): FileAlgorithm | undefined {
  const usual = encrypt ? 'aes-256-gcm+ed25519' : 'base64+ed25519';
  if (asked === undefined || asked === 'ed25519') return usual;
  if (asked === 'aes-256-gcm+ed25519' && encrypt !== false) return asked;
  return asked === 'base64+ed25519' && encrypt !== true ? asked : undefined;
}

const wrongs: Readonly<Record<Wrong, { zh: string; en: string }>> = {
  TTL: { zh: 'ttl 要写成秒数。', en: 'must be a whole number of seconds' },
  INCLUDE: { zh: 'include 里有不支持的关系。', en: 'must be one or more of the relations that are offered' },
  ALGORITHM: {
    zh: '只支持 base64+ed25519 和 aes-256-gcm+ed25519，要和 encrypt 一致。',
    en: 'must be base64+ed25519 or aes-256-gcm+ed25519, and agree with encrypt',
  },
  ENCRYPT: { zh: 'encrypt 只能是 1 或 0。', en: 'must be 1 or 0' },
};

/** …/actions/check-out: the file itself by GET, a resource that holds it by POST. */
export async function checkOutRoute(
  call: Call,
  { row, account, key }: Bearer,
  kind: FileKind,
  machine: { id: string | null; fingerprint: string | null } | null,
): Promise<Response> {
  const { http } = call;
  const id = http.req.param('id') ?? '';
  if (kind === 'license' && id !== row.id && id !== key) return absent(call, account);
  const read = meta.safeParse(await jsonOf(call));
  const asked = read.success ? askedOf(call, kind, read.data.meta) : 'TTL';
  if (typeof asked === 'string') {
    const source = { parameter: asked.toLowerCase() };
    return refused(call, 400, { code: `CHECKOUT_${asked}_INVALID`, ...wrongs[asked], source }, account);
  }
  const made = await transaction(call.db, (tx) =>
    checkOut(
      tx,
      row,
      { kind, machine, ttl_s: asked.ttl, algorithm: asked.algorithm, include: asked.include },
      byDevice(call),
    ),
  );
  if (!made.ok) return refusal(call, made, account);
  const file = made.value;
  if (http.req.method === 'GET')
    return reply(call, {
      status: 200,
      type: 'application/octet-stream',
      account,
      headers: { 'content-disposition': `attachment; filename="${file.id}.lic"` },
      body: file.certificate,
    });
  const of = (type: string, to: string) => ({ data: { type, id: to } });
  return reply(call, {
    status: 200,
    type: jsonApi,
    account,
    body: {
      data: {
        id: newId(call.at),
        type: `${kind}-files`,
        attributes: {
          certificate: file.certificate,
          algorithm: file.algorithm,
          includes: asked.include,
          issued: iso(file.issued),
          expiry: iso(file.expiry),
          ttl: file.ttl_s,
        },
        relationships: {
          account: of('accounts', row.shopId),
          license: of('licenses', row.id),
          ...(kind === 'machine' ? { machine: of('machines', file.id) } : {}),
        },
      },
    },
  });
}

async function jsonOf(call: Call): Promise<unknown> {
  const text = call.http.req.method === 'POST' ? await textOf(call) : '';
  if (text === '') return {};
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
