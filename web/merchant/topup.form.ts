import type { ListingDraft } from '../../src/catalog/content.contract.ts';
import type { Question } from '../../src/catalog/question.contract.ts';
import type { TopupContent } from '../../src/catalog/topup.contract.ts';

type Fields = Pick<ListingDraft, 'topup'>;

/** What the form shows of a direct top-up. */
export const topupValues = ({ topup }: Fields): Record<string, string> =>
  topup === null
    ? {}
    : {
        topup: topup.target,
        'topup.label': topup.label,
        'topup.carrier': topup.carrier,
        'topup.region': topup.region,
        'topup.speed': topup.speed,
      };

/** The same from the form: only of what is filled directly. */
export function topupDraft(of: (name: string) => string): Fields {
  if (of('delivery.mode') !== 'direct' || of('topup') === '') return { topup: null };
  return {
    topup: {
      target: of('topup') as TopupContent['target'],
      label: of('topup.label').trim(),
      carrier: (of('topup.carrier') || 'any') as TopupContent['carrier'],
      region: of('topup.region').trim(),
      speed: (of('topup.speed') || 'fast') as TopupContent['speed'],
    },
  };
}

/** The question for the account belongs to every direct top-up; who wrote it down already keeps it as it is. */
export function withTarget(questions: readonly Question[], { topup }: Fields): Question[] {
  if (topup === null || questions.some((one) => one.key === 'target')) return [...questions];
  const target: Question = {
    key: 'target',
    label: topup.label,
    type: topup.target === 'mobile' ? 'phone' : 'account',
    required: true,
    pattern: null,
    options: [],
    sensitive: true,
    confirmTwice: true,
  };
  return [target, ...questions].slice(0, 8);
}
