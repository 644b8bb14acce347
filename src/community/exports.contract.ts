import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';

/** How long a copy that is ready can be fetched, and how often somebody may ask for one. */
export const exportLimits = { kept_days: 7, pause_hours: 1 } as const;

export const exportRefusals = {
  PASSWORD_NEEDED: {
    status: 403,
    zh: '要再输一次密码。',
    en: 'Please type your password again.',
  },
  EXPORT_OPEN: {
    status: 409,
    zh: '有一份正在做，或者做好了还没下载。',
    en: 'A copy is being made, or waits to be fetched.',
  },
  EXPORT_TOO_SOON: {
    status: 429,
    zh: '刚要过一份，一小时后再来。',
    en: 'You asked a moment ago. Try again in an hour.',
  },
  EXPORT_NOT_FOUND: { status: 404, zh: '没有这份数据。', en: 'There is no such copy.' },
  EXPORT_NOT_READY: { status: 409, zh: '还没做好，请稍等。', en: 'It is not ready yet.' },
  EXPORT_GONE: {
    status: 410,
    zh: '这份已经下载过，或者过期删除了，可以再要一份。',
    en: 'It was fetched already or has expired. You can ask for another.',
  },
} as const satisfies RefusalCatalogue;
export type ExportRefusal = keyof typeof exportRefusals;

export const exportStates = ['waiting', 'making', 'ready', 'fetched', 'expired', 'failed'] as const;
export type ExportState = (typeof exportStates)[number];
const exportOut = z.object({
  exportId: idOut('export'),
  state: z.enum(exportStates),
  askedAt: instantOut,
  done: z.int(),
  parts: z.int().describe('of so many parts'),
  size: z.int().nullable(),
  sha256: z.string().nullable(),
  expiresAt: instantOut.nullable(),
  fetchedAt: instantOut.nullable(),
});

/** A copy of everything that is known about a person, to take along (F168, 个人信息保护法第45条). */
export const exportContract = {
  askExport: endpoint({
    at: 'POST /me/exports',
    who: 'account',
    summary: 'Ask for a copy of my data; the password must have been given again (F168)',
    input: z.object({}),
    output: exportOut,
    refusals: exportRefusals,
  }),
  exports: endpoint({
    at: 'GET /me/exports',
    who: 'account',
    summary: 'My copies: how far each is, and until when it can be fetched',
    input: z.object({}),
    output: z.object({ exports: z.array(exportOut) }),
    refusals: {},
  }),
  fetchExport: endpoint({
    at: 'POST /me/exports/{exportId}/download',
    who: 'account',
    summary: 'Fetch a copy, once; afterwards it is gone',
    input: z.object({ exportId: idIn('export') }),
    output: z.file(),
    refusals: exportRefusals,
  }),
};
