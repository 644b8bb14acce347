/**
 * Terms that are void whoever writes them (Civil Code 497, Consumer Law 26, the interpretation on online consumption art. 1): a shop in its
 * listing, an operator in a rule. `article` forbids it; `unless` is what may stand before the words to make them harmless.
 */
export type VoidTerm = {
  readonly article: string;
  readonly pattern: RegExp;
  readonly unless?: RegExp;
  readonly zh: string;
  readonly en: string;
};

const denied = /(?:不得|不能|不享有|没有|禁止|并非|不以)[^。；;]{0,24}$/;

export const voidTerms: readonly VoidTerm[] = [
  {
    article: '21',
    pattern:
      /(?:概不(?:退款|退换|退货|负责|售后|受理)|不(?:支持|接受|予)(?:任何)?(?:退款|退换|退货|售后)|一经(?:售出|卖出|发货|发出)[^。；;]{0,8}(?:不退|不换|不予|概不|不支持)|拒绝(?:退款|退换|售后)|不退不换|售出不退|离柜概不)/,
    unless: denied,
    zh: '“不退不换”这类说法无效：质量和履约问题，商家必须处理。',
    en: 'Blanket no-refund terms are void: faults must be dealt with.',
  },
  {
    article: '1',
    pattern: /(?:最终|唯一|单方)(?:的)?解释权/,
    unless: denied,
    zh: '商家没有“最终解释权”。',
    en: 'No shop has the last word on what its terms mean.',
  },
  {
    article: '5',
    pattern:
      /(?:超过|逾期|过了|过后|超出)[^。；;，,]{0,12}(?:不(?:再)?受理|视为(?:放弃|默认|有效|验收)|概不|不予(?:受理|处理))|(?:确认收货后|默认好评)[^。]{0,6}(?:不(?:再)?受理|概不|放弃)/,
    zh: '超过验证时间，买家仍可以申诉；“视为放弃”无效。',
    en: 'After the time to check a buyer may still complain; a waiver by silence is void.',
  },
  {
    article: '1',
    pattern: /(?:不得|放弃|无权)[^。；;，,]{0,8}(?:投诉|举报|起诉|诉讼|12315)/,
    unless: /(?:不|平台|商家|限制)[^。；;，,]{0,12}$/,
    zh: '不许投诉、起诉的约定无效。',
    en: 'A term that keeps people from complaining or suing is void.',
  },
];

/** A text as people read it: wide letters and spaces between Chinese characters hide nothing. */
export const asRead = (text: string): string =>
  text.normalize('NFKC').replace(/(?<=\p{Script=Han})[\s*_·.-]+(?=\p{Script=Han})/gu, '');

/** The void terms of a text, with the words they were found by. */
export function voidTermsIn(text: string): { term: VoidTerm; found: string }[] {
  const plain = asRead(text);
  return voidTerms.flatMap((term) => {
    const match = term.pattern.exec(plain);
    if (!match || term.unless?.test(plain.slice(0, match.index))) return [];
    return [{ term, found: match[0] }];
  });
}
