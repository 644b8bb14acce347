import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';

/** What a device, a buyer or a shop is told no with. The wire dialects use the same codes and sentences. */
export const licenceRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  LICENCE_NOT_FOUND: {
    status: 404,
    zh: '没有找到这个许可证。请检查密钥有没有抄错。',
    en: 'We could not find this licence. Check the key for typing errors.',
  },
  MACHINE_NOT_FOUND: {
    status: 404,
    zh: '这个许可证没有绑定这台设备。',
    en: 'This device is not bound to the licence.',
  },
  PASSWORD_NEEDED: {
    status: 403,
    zh: '这个许可证金额较高，或这台设备第一次用。请再输一次密码。',
    en: 'The amount is high or this device is new. Please enter your password again.',
  },
  LICENCE_SUSPENDED: {
    status: 403,
    zh: '许可证已停用：订单退款了，或者有争议还没结束。',
    en: 'The licence is suspended: the order was refunded or a case about it is open.',
  },
  LICENCE_EXPIRED: { status: 403, zh: '许可证已经到期。', en: 'The licence has expired.' },
  FINGERPRINT_REQUIRED: {
    status: 422,
    zh: '这个许可证限制设备台数，请求里要带设备指纹（fingerprint）。',
    en: 'This licence limits devices, so the request must carry the fingerprint of the device.',
  },
  FINGERPRINT_INVALID: {
    status: 422,
    zh: '设备指纹要 1 到 255 个字符，不能有控制字符。',
    en: 'A fingerprint has 1 to 255 characters and no control characters.',
  },
  FINGERPRINT_TAKEN: {
    status: 422,
    zh: '这台设备已经绑在另一个许可证上。',
    en: 'This device is bound to another licence already.',
  },
  MACHINE_LIMIT_EXCEEDED: {
    status: 422,
    zh: '设备台数已经满了。先解绑一台再激活。',
    en: 'All seats are taken. Unbind a device first.',
  },
  SWAP_LIMIT_EXCEEDED: {
    status: 429,
    zh: '一天之内换设备太多次了，明天再试。',
    en: 'Too many devices were bound within a day. Try again tomorrow.',
  },
  UNBIND_QUOTA_EXCEEDED: {
    status: 409,
    zh: '这段时间的解绑次数用完了。',
    en: 'The unbinds of this period are used up.',
  },
  USES_LIMIT_EXCEEDED: {
    status: 422,
    zh: '许可证的使用次数用完了。',
    en: 'The uses of this licence are used up.',
  },
  OFFLINE_NOT_OFFERED: {
    status: 403,
    zh: '这个商品不提供离线许可证文件。',
    en: 'This listing does not offer offline licence files.',
  },
  TTL_INVALID: {
    status: 422,
    zh: '离线文件的有效期最短 1 小时，最长按商品写明的天数。',
    en: 'An offline file is valid for an hour at least, and for the days that the listing states at most.',
  },
} as const satisfies RefusalCatalogue;
export type LicenceRefusal = keyof typeof licenceRefusals;

/** What a validation says, in the order in which it is tested (Keygen's codes). VALID and, where the policy lets access last, EXPIRED are valid. */
export const validationWords = {
  NOT_FOUND: { zh: '许可证不存在，检查密钥有没有抄错', en: 'does not exist' },
  SUSPENDED: { zh: '许可证已停用', en: 'is suspended' },
  EXPIRED: { zh: '许可证已到期', en: 'is expired' },
  ENVIRONMENT_SCOPE_MISMATCH: { zh: '环境不符', en: 'environment scope does not match' },
  PRODUCT_SCOPE_MISMATCH: { zh: '不是这个商品的许可证', en: 'product scope does not match' },
  POLICY_SCOPE_MISMATCH: { zh: '不是这个规格的许可证', en: 'policy scope does not match' },
  USER_SCOPE_MISMATCH: { zh: '不是这个用户的许可证', en: 'user scope does not match' },
  ENTITLEMENTS_SCOPE_EMPTY: { zh: '没有写要检查哪些权益', en: 'entitlements scope is empty' },
  ENTITLEMENTS_MISSING: { zh: '没有要求的权益', en: 'is missing one or more required entitlements' },
  NO_MACHINE: { zh: '还没有激活设备', en: 'has no associated machine' },
  NO_MACHINES: { zh: '还没有激活任何设备', en: 'has no associated machines' },
  MACHINE_SCOPE_MISMATCH: {
    zh: '这台设备没有激活',
    en: 'machine is not activated (does not match any associated machines)',
  },
  FINGERPRINT_SCOPE_EMPTY: { zh: '设备指纹是空的', en: 'fingerprint scope is empty' },
  FINGERPRINT_SCOPE_MISMATCH: {
    zh: '设备指纹和已激活的设备不符',
    en: 'fingerprint is not activated (does not match any associated machines)',
  },
  FINGERPRINT_SCOPE_REQUIRED: {
    zh: '这个许可证限制设备台数，要带设备指纹',
    en: 'fingerprint scope is required',
  },
  COMPONENTS_SCOPE_EMPTY: { zh: '没有写要比对的部件', en: 'components scope is empty' },
  COMPONENTS_SCOPE_MISMATCH: {
    zh: '设备的部件变化太多，对不上了',
    en: 'one or more component is not activated (does not match enough associated components)',
  },
  CHECKSUM_SCOPE_MISMATCH: { zh: '安装包的校验值不符', en: 'checksum scope does not match' },
  VERSION_SCOPE_MISMATCH: { zh: '不是购买时写明的版本', en: 'version scope does not match' },
  TOO_MANY_MACHINES: { zh: '设备台数超了', en: 'has too many associated machines' },
  VALID: { zh: '有效', en: 'is valid' },
} as const;
export type ValidationCode = keyof typeof validationWords;

/** What the log of a licence may say. */
export const licenceLogWords = {
  issued: { zh: '发放', en: 'Issued' },
  revealed: { zh: '查看密钥', en: 'Key revealed' },
  activated: { zh: '激活设备', en: 'Device activated' },
  refused: { zh: '激活被拒绝', en: 'Activation refused' },
  deactivated: { zh: '解绑设备', en: 'Device unbound' },
  checked_out: { zh: '下载离线文件', en: 'Offline file taken' },
  suspended: { zh: '停用', en: 'Suspended' },
  reinstated: { zh: '恢复', en: 'Reinstated' },
} as const;
export type LicenceLogEvent = keyof typeof licenceLogWords;

export const suspensionWords = {
  refund: { zh: '订单已退款', en: 'The order was refunded' },
  case: { zh: '有申诉正在处理', en: 'A case is open' },
  hold: { zh: '订单被冻结', en: 'The order is held' },
} as const;
export type SuspensionReason = keyof typeof suspensionWords;

const logEvents = Object.keys(licenceLogWords) as [LicenceLogEvent, ...LicenceLogEvent[]];
const reasons = Object.keys(suspensionWords) as [SuspensionReason, ...SuspensionReason[]];

const logOut = z.array(
  z.object({
    event: z.enum(logEvents),
    device: z.string().nullable(),
    fingerprint: z.string().nullable(),
    why: z.string().nullable(),
    by: z.string(),
    at: instantOut,
  }),
);
const machineOut = z.object({
  machineId: idOut('machine'),
  name: z.string(),
  platform: z.string(),
  fingerprint: z.string(),
  activatedAt: instantOut,
  seenAt: instantOut,
});
const licenceOut = z.object({
  licenceId: idOut('licence'),
  orderId: idOut('order'),
  shopId: idOut('shop'),
  shopName: z.string(),
  title: z.string(),
  variantName: z.string(),
  masked: z.string(),
  state: z.enum(['active', 'suspended', 'expired']),
  reasons: z.array(z.enum(reasons)),
  seats: z.int().nullable(),
  used: z.int(),
  uses: z.object({ max: z.int(), used: z.int() }).nullable(),
  issuedAt: instantOut,
  revealedAt: instantOut.nullable(),
  activatedAt: instantOut.nullable(),
  expiresAt: instantOut.nullable(),
  duration_days: z.int().nullable(),
  basis: z.enum(['issue', 'first_validation', 'first_activation']),
  lastValidatedAt: instantOut.nullable(),
  unbind: z.object({
    /** null: as often as you like. */
    times: z.int().nullable(),
    per_days: z.int(),
    left: z.int().nullable(),
    nextAt: instantOut.nullable(),
  }),
  offline_days: z.int().nullable(),
  machines: z.array(machineOut),
});
export type LicenceOut = z.output<typeof licenceOut>;

const licenceAt = z.object({ licenceId: idIn('licence') });
const fingerprint = z.string().trim().min(1).max(255);
const merchant = { shop: ['goods', 'orders'] } as const;
const ofShop = z.object({ shopId: idIn('shop') });

export const licenceContract = {
  mine: endpoint({
    at: 'GET /licences',
    who: 'user',
    scope: 'licences:read',
    summary: 'My licences with their devices, newest first (F035)',
    input: z.object({
      before: idIn('licence').optional(),
      limit: z.int().min(1).max(50).default(20),
    }),
    output: z.object({ licences: z.array(licenceOut), next: idOut('licence').nullable() }),
    refusals: {},
  }),
  ofOrder: endpoint({
    at: 'GET /orders/{orderId}/licences',
    who: 'user',
    scope: 'licences:read',
    summary: 'The licences of one of my orders, with devices, quota and log',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({
      licences: z.array(
        licenceOut.extend({
          log: logOut,
          verification: z.string(),
          download: z.object({ url: z.string(), version: z.string(), sha256: z.string() }).nullable(),
        }),
      ),
    }),
    refusals: licenceRefusals,
  }),
  /** A POST by the buyer, recorded; the answer is never stored or cached. */
  reveal: endpoint({
    at: 'POST /licences/{licenceId}/reveal',
    who: 'user',
    scope: 'keys:reveal',
    summary: 'Reveal the key of a licence (recorded)',
    input: licenceAt,
    output: z.object({
      licenceId: idOut('licence'),
      key: z.string(),
      first: z.boolean(),
      revealedAt: instantOut,
      reveals: z.int(),
    }),
    refusals: licenceRefusals,
  }),
  unbind: endpoint({
    at: 'DELETE /licences/{licenceId}/machines/{machineId}',
    who: 'user',
    scope: 'licences:write',
    summary: 'Unbind a device, within the quota of the licence (F035)',
    input: licenceAt.extend({ machineId: idIn('machine') }),
    output: z.object({ used: z.int(), left: z.int().nullable() }),
    refusals: licenceRefusals,
  }),
  offlineFile: endpoint({
    at: 'POST /licences/{licenceId}/offline-files',
    who: 'user',
    scope: 'licences:write',
    summary: 'Activate a device that is not online: its fingerprint in, a signed file out',
    input: licenceAt.extend({ fingerprint, name: z.string().trim().max(80).default('') }),
    output: z.object({ fileName: z.string(), certificate: z.string(), expiry: instantOut.nullable() }),
    refusals: licenceRefusals,
  }),
  ofShop: endpoint({
    at: 'GET /shops/{shopId}/licences',
    who: merchant,
    scope: 'shop-licences:read',
    summary: "A shop's licences, newest first",
    input: ofShop.extend({
      before: idIn('licence').optional(),
      limit: z.int().min(1).max(100).default(20),
      state: z.enum(['active', 'suspended', 'expired', 'unused']).optional(),
      q: z.string().trim().max(80).optional(),
    }),
    output: z.object({
      licences: z.array(
        licenceOut.omit({ machines: true, shopName: true, unbind: true }).extend({
          validations: z.int(),
        }),
      ),
      next: idOut('licence').nullable(),
    }),
    refusals: {},
  }),
  logOfShop: endpoint({
    at: 'GET /shops/{shopId}/licences/{licenceId}',
    who: merchant,
    scope: 'shop-licences:read',
    summary: 'Devices and log of one licence of the shop',
    input: ofShop.extend({ licenceId: idIn('licence') }),
    output: z.object({ masked: z.string(), title: z.string(), machines: z.array(machineOut), log: logOut }),
    refusals: { LICENCE_NOT_FOUND: licenceRefusals.LICENCE_NOT_FOUND },
  }),
  account: endpoint({
    at: 'GET /shops/{shopId}/licence-account',
    who: merchant,
    scope: 'shop-licences:read',
    summary: 'The public key with which the answers and files of this shop are checked',
    input: ofShop,
    output: z.object({
      account: z.string(),
      publicKey: z.string().nullable().describe('ed25519, 32 bytes, hex; null before it is made'),
      madeAt: instantOut.nullable(),
    }),
    refusals: {},
  }),
  openAccount: endpoint({
    at: 'POST /shops/{shopId}/licence-account',
    who: { shop: ['goods'] },
    scope: 'shop-licences:write',
    summary: 'Make the key pair; doing it twice changes nothing',
    input: ofShop,
    output: z.object({ account: z.string(), publicKey: z.string() }),
    refusals: {},
  }),
};
