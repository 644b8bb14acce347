import { createHash, randomBytes } from 'node:crypto';

/** A nonce for one vote; made here so that sealing works without JavaScript. The program keeps it nowhere. */
export const newNonce = (): string => randomBytes(18).toString('base64url');

/** What is handed in: the same six lines that anybody can hash (src/aftersales/jury/rules.ts). */
export const sealOf = (p: { subject: string; seat: string; choice: string; nonce: string }): string =>
  createHash('sha256')
    .update(['mengyue vote v1', p.subject, p.seat, p.choice, p.nonce, ''].join('\n'))
    .digest('hex');

const nameOf = (caseId: string): string => `mengyue-vote-${caseId.replaceAll(/[^\w]/g, '')}`;
/** The code of a vote for this browser only, until the vote is opened. */
export const cookieFor = (caseId: string, code: string): string =>
  `${nameOf(caseId)}=${code}; Path=/jury; Max-Age=172800; HttpOnly; SameSite=Lax`;
export function cookieIn(request: Request, caseId: string): string | null {
  const found = (request.headers.get('cookie') ?? '')
    .split(/;\s*/)
    .find((part) => part.startsWith(`${nameOf(caseId)}=`));
  return found ? found.slice(nameOf(caseId).length + 1) : null;
}
