import type { Result } from '../../kit/result.ts';
import type { Heard, OutboundRefusal } from '../../kit/outbound.ts';
import type { Finding, Reach } from './contract.ts';

/** What one look at an address found: whether it opens, what it said, and the hash of what it showed. */
export type Look = {
  readonly reach: Exclude<Reach, 'own'>;
  readonly said: string;
  readonly page: Buffer | null;
};

/** Sentences by which network disks answer with 200 that a share is gone. */
const gone =
  /链接(?:已)?(?:失效|不存在|过期)|分享(?:已|的文件已)?(?:经)?(?:被)?(?:取消|删除|失效|过期)|文件(?:已)?(?:被)?(?:删除|不存在)|啊哦.{0,8}来晚了|页面不存在|(?:share|link|file) (?:has )?(?:been )?(?:expired|deleted|removed|cancell?ed|no longer)/i;

/** What an answer means. A redirect is not followed, so where it leads is not known; 4xx that ask to come in are no proof that nothing is there. */
export function lookAt(answer: Result<Heard, OutboundRefusal>): Look {
  if (!answer.ok)
    return {
      // An address that may not be asked is none that a buyer was promised.
      reach: answer.refusal === 'ADDRESS_REFUSED' ? 'dead' : 'unclear',
      said: String(answer.detail?.['why'] ?? answer.refusal),
      page: null,
    };
  const { status, body, sha256 } = answer.value;
  const page = Buffer.from(sha256, 'hex');
  if (status === 404 || status === 410 || status === 451)
    return { reach: 'dead', said: String(status), page };
  if (status >= 300 && status < 400) return { reach: 'unclear', said: 'moved', page };
  if (status < 200 || status >= 400) return { reach: 'unclear', said: String(status), page };
  if (gone.test(body.toString('utf8'))) return { reach: 'dead', said: 'gone', page };
  return { reach: 'alive', said: String(status), page };
}

/** How many looks in a row may fail without a clear answer before an address counts as dead. */
export const patience = 3;

/** What is known of an address after one more look. */
export function afterLook(
  before: { reach: Reach; failures: number },
  look: Pick<Look, 'reach'>,
): { reach: Exclude<Reach, 'own'>; failures: number } {
  if (look.reach === 'alive') return { reach: 'alive', failures: 0 };
  if (look.reach === 'dead') return { reach: 'dead', failures: before.failures + 1 };
  const failures = before.failures + 1;
  // A dead address that now says nothing clear stays dead until it opens.
  if (before.reach === 'dead' || failures >= patience) return { reach: 'dead', failures };
  return { reach: 'unclear', failures };
}

/** What the platform can say of a release when somebody reports it. */
export const findingOf = (release: { reach: Reach; infected: boolean } | undefined): Finding => {
  if (!release) return 'missing';
  if (release.infected || release.reach === 'dead') return 'dead';
  return release.reach === 'unclear' ? 'unclear' : 'alive';
};
