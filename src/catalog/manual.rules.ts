import type { ListingContent } from './content.contract.ts';

type Gap = { field: string; article: string; found: string; zh: string; en: string };

/** LATE_AUTO of article 18: what is promised later than this is refunded before it is late. */
const longest_seconds = 24 * 3600;

/** What keeps goods that are delivered by hand, and questions of any goods, from going on sale (VGSR articles 8, 13, 18). */
export function manualGaps(content: ListingContent): Gap[] {
  const gaps: Gap[] = [];
  const { delivery, opening, manual } = content;
  const byHand = delivery.mode === 'manual';
  if (byHand && (delivery.within_seconds ?? 0) > longest_seconds)
    gaps.push({
      field: 'delivery.within_seconds',
      article: '18',
      found: String(delivery.within_seconds),
      zh: '手动交付最晚承诺 24 小时，再晚系统会先退款。',
      en: 'Goods delivered by hand are promised within 24 hours; anything later is refunded first.',
    });
  if (byHand && content.verification === '')
    gaps.push({
      field: 'verification',
      article: '13',
      found: '',
      zh: '写明买家怎么确认到没到、对不对。',
      en: 'State how the buyer checks that it arrived and is right.',
    });
  if (!byHand && (opening !== null || manual !== null))
    gaps.push({
      field: opening !== null ? 'opening.from' : 'manual.fields.0.label',
      article: '8',
      found: '',
      zh: '营业时间和交付内容的表单只用于手动交付。',
      en: 'Opening hours and the form of what is delivered are for goods delivered by hand.',
    });
  content.questions.forEach((question, i) => {
    if (question.type === 'select' && question.options.length < 2)
      gaps.push({
        field: `questions.${i}.options`,
        article: '8',
        found: question.label,
        zh: '单选至少要有两个选项。',
        en: 'A choice needs at least two options.',
      });
  });
  return gaps;
}
