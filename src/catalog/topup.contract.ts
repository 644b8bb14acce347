import { z } from 'zod';

/** What is filled: a mobile number of mainland China, or an account that somebody else keeps (a membership, a meter, a game). */
export const topupTargets = ['mobile', 'account'] as const;
export type TopupTarget = (typeof topupTargets)[number];

export const topupCarriers = ['any', 'mobile', 'unicom', 'telecom', 'broadcast', 'virtual', 'other'] as const;
export type TopupCarrier = (typeof topupCarriers)[number];
export const topupCarrierWords = {
  any: { zh: '三网通用', en: 'Any carrier' },
  mobile: { zh: '中国移动', en: 'China Mobile' },
  unicom: { zh: '中国联通', en: 'China Unicom' },
  telecom: { zh: '中国电信', en: 'China Telecom' },
  broadcast: { zh: '中国广电', en: 'China Broadnet' },
  virtual: { zh: '虚拟运营商', en: 'Virtual carrier' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<TopupCarrier, { zh: string; en: string }>;

/** fast: minutes. slow: the carrier takes 24 hours at most to book it, and face values are multiples of 100 yuan. */
export const topupSpeeds = ['fast', 'slow'] as const;
export type TopupSpeed = (typeof topupSpeeds)[number];
export const topupSpeedWords = {
  fast: { zh: '快充', en: 'Fast' },
  slow: { zh: '慢充', en: 'Slow' },
} as const satisfies Record<TopupSpeed, { zh: string; en: string }>;

/** Slow top-ups come in steps of this many fen. */
export const slowStep_fen = 10_000n;

/** 直充: what is put into whose account. The face value stands in each variant; how to check the arrival in `verification` (F030). */
export const topupShape = z.strictObject({
  target: z.enum(topupTargets),
  /** What the buyer is asked for: 手机号, 会员账号, 表号. */
  label: z.string().trim().min(1).max(20),
  carrier: z.enum(topupCarriers),
  /** Where the number must be from; empty: anywhere. */
  region: z.string().trim().max(40),
  speed: z.enum(topupSpeeds),
});
export type TopupContent = z.infer<typeof topupShape>;
