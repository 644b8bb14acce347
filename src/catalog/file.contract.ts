import { z } from 'zod';

/** What a program or a file is made for. `any`: a course, a template, a book. */
export const fileSystems = ['windows', 'macos', 'linux', 'android', 'ios', 'any'] as const;
export type FileSystem = (typeof fileSystems)[number];

/** Where the file lies: with the platform, or at an address of the shop's own (a network disk with its 提取码). */
export const fileOrigins = ['platform', 'address'] as const;

const line = (max: number) => z.string().trim().min(1).max(max);
const whole = (min: number, max: number) => z.number().int().min(min).max(max);

/** How often, and for how many days at least, a buyer may download (F140; lifecycles 2.2 f). */
export const fileTerms = { downloads: 5, downloadsMin: 3, daysMin: 30 } as const;

/**
 * What a listing of a download states (rulebook articles 8, 16; F177, F178, F205). Name, size and SHA-256 are those of the release that the
 * shop registered; without one the listing cannot go on sale.
 */
export const fileShape = z.strictObject({
  version: line(40),
  systems: z.array(z.enum(fileSystems)).min(1).max(6),
  /** The least that is needed: system version, memory, other programs. */
  requires: z.string().trim().max(300),
  install: z.array(line(300)).min(1).max(12),
  downloads: whole(fileTerms.downloadsMin, 100),
  days: whole(fileTerms.daysMin, 3650),
  from: z.enum(fileOrigins),
  name: z.string().max(120),
  size: whole(0, 2 ** 40).nullable(),
  sha256: z.string().regex(/^([0-9a-f]{64})?$/),
});
export type FileContent = z.infer<typeof fileShape>;
