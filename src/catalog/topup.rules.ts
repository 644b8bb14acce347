import type { ListingContent } from './content.contract.ts';
import { slowStep_fen } from './topup.contract.ts';

/** The question that asks for the account; its answer is what is filled. */
export const topupQuestion = 'target';

/** TOPUP_SLA_MAX of article 15. */
const slaMax_seconds = 24 * 3600;

type Missing = { field: string; article: string; found: string; zh: string; en: string };
const missing = (field: string, zh: string, en: string, found = '', article = '8'): Missing => ({
  field,
  article,
  found,
  zh,
  en,
});

/** What a listing that fills accounts directly must say (articles 8 and 15; F029, F030): whose account, how much, within 24 hours, asked twice. */
export function topupGaps(content: ListingContent): Missing[] {
  if (content.delivery.mode !== 'direct') return [];
  if (content.topup === null)
    return [
      missing(
        'topup',
        '直充要写明充什么账号、哪家运营商、快充还是慢充。',
        'State whose account is filled, for which carrier and how fast.',
      ),
    ];
  const gaps: Missing[] = [];
  const question = content.questions.find((one) => one.key === topupQuestion);
  if (!question?.required || !question.confirmTwice)
    gaps.push(
      missing(
        'questions',
        '要问买家充到哪个账号，而且填两遍。',
        'Ask the buyer for the account, twice.',
        '',
        '15',
      ),
    );
  if ((content.delivery.within_seconds ?? 0) > slaMax_seconds)
    gaps.push(
      missing(
        'delivery.within_seconds',
        '直充最多 24 小时到账。',
        'A top-up arrives within 24 hours.',
        `${content.delivery.within_seconds}`,
        '15',
      ),
    );
  if (content.limits.perOrder !== 1)
    gaps.push(
      missing(
        'limits.perOrder',
        '直充一单只充一次，每单限购写 1。',
        'An order fills one account once: the limit per order is 1.',
      ),
    );
  if (content.verification === '')
    gaps.push(
      missing(
        'verification',
        '写明怎么核实到账，比如拨打客服电话查余额。',
        'State how arrival is checked, for instance by calling the carrier.',
      ),
    );
  content.variants.forEach((variant, i) => {
    const face = BigInt(variant.faceValue ?? '0');
    const field = `variants.${i}.faceValue`;
    if (!variant.on) return;
    if (face === 0n) gaps.push(missing(field, '写明面值。', 'State the face value.', variant.name));
    else if (content.topup?.speed === 'slow' && face % slowStep_fen !== 0n)
      gaps.push(
        missing(
          field,
          '慢充面值是 100 元的整数倍。',
          'Slow top-ups come in steps of 100 yuan.',
          variant.name,
        ),
      );
  });
  return gaps;
}
