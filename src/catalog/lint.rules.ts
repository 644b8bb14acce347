import { refuse } from '../kit/result.ts';
import type { Result } from '../kit/result.ts';
import { forBuyer, type Overridable } from '../rules/overrides.rules.ts';
import { param } from '../rules/rules.ts';
import { inForce } from '../rules/shelf.rules.ts';
import { asRead } from '../rules/void-terms.rules.ts';
import type { ListingContent } from './content.contract.ts';
import type { Finding } from './contract.ts';
import { manualGaps } from './manual.rules.ts';
import { topupGaps } from './topup.rules.ts';
import { required } from './lint-required.rules.ts';
import { wordLints, type LintRefusal } from './lint-words.rules.ts';

export type LintFinding = Finding & { refusal: LintRefusal };

/**
 * All that keeps a version from going on sale, worst first: prohibited goods (article 11), void terms (article 21, 消法 26; F157),
 * contact details (article 4), claims that nobody can keep (article 12, 广告法 9; F183), and what article 8 wants stated (F020, F160, F178).
 */
export function lint(content: ListingContent): LintFinding[] {
  const texts = textsOf(content);
  return [...wordFindings(texts), ...claimFindings(content, texts), ...missing(content)].sort(
    (a, b) => rank(a) - rank(b),
  );
}

/** The first finding as the refusal of an action, or undefined when the version may go on sale. */
export function refusalOf(content: ListingContent): (Result<never, LintRefusal> & { ok: false }) | undefined {
  const findings = lint(content);
  const [first] = findings;
  if (!first) return undefined;
  const { refusal, field, article, found, zh, en } = first;
  return refuse(refusal, { field, article, found, zh, en, findings: findings.length });
}

const order: readonly LintRefusal[] = [
  'LISTING_FORBIDDEN',
  'LISTING_TERM_VOID',
  'LISTING_CONTACT_REFUSED',
  'LISTING_CLAIM_REFUSED',
  'LISTING_INCOMPLETE',
];
const rank = (finding: LintFinding): number => order.indexOf(finding.refusal);

type Text = { readonly field: string; readonly text: string };

/** Every sentence a buyer can read, with the field it stands in. */
function textsOf(content: ListingContent): Text[] {
  const { binding, afterSales, fees, face } = content;
  return [
    { field: 'title', text: content.title },
    { field: 'subtitle', text: content.subtitle },
    { field: 'description', text: content.description },
    { field: 'keywords', text: content.keywords.join('，') },
    { field: 'validity', text: content.validity },
    { field: 'binding.rule', text: binding.rule },
    { field: 'devices', text: content.devices },
    { field: 'afterSales.terms', text: afterSales.terms },
    ...afterSales.refunds.map((one, index) => ({
      field: `afterSales.refunds.${index}.when`,
      text: one.when,
    })),
    { field: 'fees.elsewhere', text: fees.elsewhere },
    { field: 'verification', text: content.verification },
    { field: 'guide', text: guideText(content.guide ?? null) },
    ...content.questions.map((one, index) => ({
      field: `questions.${index}.label`,
      text: [one.label, ...one.options].join('，'),
    })),
    ...(content.manual?.fields ?? []).map((one, index) => ({
      field: `manual.fields.${index}.label`,
      text: one.label,
    })),
    { field: 'membership', text: membershipText(content.membership ?? null) },
    ...content.promises.map((one, index) => ({ field: `promises.${index}.meaning`, text: one.meaning })),
    { field: 'face', text: `${face.title}，${face.subtitle}` },
    ...content.variants.map((one, index) => ({ field: `variants.${index}.name`, text: one.name })),
    { field: 'file.requires', text: content.file?.requires ?? '' },
    ...(content.file?.install ?? []).map((text, index) => ({ field: `file.install.${index}`, text })),
  ];
}

const guideText = (guide: ListingContent['guide']): string =>
  guide === null
    ? ''
    : [
        ...guide.steps.flatMap((step) => [step.text, step.where]),
        guide.platform,
        ...guide.errors.flatMap((one) => [one.shown, one.meaning]),
      ].join('。');

const membershipText = (membership: ListingContent['membership']): string =>
  membership === null ? '' : [membership.level, ...membership.includes].join('。');

function wordFindings(texts: readonly Text[]): LintFinding[] {
  return texts.flatMap(({ field, text }) => {
    const plain = asRead(text);
    return wordLints.flatMap(({ pattern, unless, refusal, article, zh, en }) => {
      const match = pattern.exec(plain);
      if (!match || unless?.test(plain.slice(0, match.index))) return [];
      return [{ refusal, field, article, found: match[0], zh, en }];
    });
  });
}

/** Words of article 12 that are promises: they may be used where the version says what they mean. */
const promised: readonly { word: ListingContent['promises'][number]['word']; pattern: RegExp }[] = [
  { word: 'permanent', pattern: /永久/ },
  { word: 'tenfold', pattern: /假一(?:赔|罚)[十三]/ },
  { word: 'instant', pattern: /(?:即时|秒)到账|秒到|秒发/ },
  { word: 'minutes', pattern: /(?<![\d十]\s?)分钟到账/ },
  { word: 'genuine', pattern: /正品保证|保证正版|正版保证/ },
];

function claimFindings(content: ListingContent, texts: readonly Text[]): LintFinding[] {
  const unmeant = texts
    .filter(({ field }) => !field.startsWith('promises'))
    .flatMap(({ field, text }) =>
      promised.flatMap(({ word, pattern }) => {
        const match = pattern.exec(text);
        if (!match || content.promises.some((one) => one.word === word)) return [];
        return [
          claim(
            field,
            match[0],
            `“${match[0]}”是承诺：请在承诺里写明它具体指什么。`,
            `“${match[0]}” is a promise: state what exactly it means.`,
          ),
        ];
      }),
    );
  return [...unmeant, ...slowPromises(content)];
}

const claim = (field: string, found: string, zh: string, en: string): LintFinding => ({
  refusal: 'LISTING_CLAIM_REFUSED',
  field,
  article: '12',
  found,
  zh,
  en,
});

/** 即时到账 is 10 minutes at most and 分钟到账 30: a delivery promise that is slower contradicts the word. */
function slowPromises(content: ListingContent): LintFinding[] {
  const within = content.delivery.within_seconds;
  if (within === null) return [];
  const [instant, minutes] = [param(inForce(), 'INSTANT'), param(inForce(), 'MINUTES')];
  return content.promises.flatMap(({ word }) => {
    const limit = word === 'instant' ? instant * 60 : word === 'minutes' ? minutes * 60 : undefined;
    if (limit === undefined || within <= limit) return [];
    return [
      claim(
        'delivery.within_seconds',
        word,
        `这个承诺以 ${limit / 60} 分钟为限，交付时限写得更长。`,
        `This promise means ${limit / 60} minutes at most; the stated delivery is slower.`,
      ),
    ];
  });
}

function missing(content: ListingContent): LintFinding[] {
  const absent = required
    .filter((one) => (one.kinds === 'all' || one.kinds.includes(content.goods)) && one.absent(content))
    .map(({ field, article, zh, en }) => incomplete(field, article, '', zh, en));
  const topup = [...topupGaps(content), ...manualGaps(content)].map(({ field, article, found, zh, en }) =>
    incomplete(field, article, found, zh, en),
  );
  return [...absent, ...topup, ...wrongValues(content)];
}

const incomplete = (field: string, article: string, found: string, zh: string, en: string): LintFinding => ({
  refusal: 'LISTING_INCOMPLETE',
  field,
  article,
  found,
  zh,
  en,
});

function wrongValues(content: ListingContent): LintFinding[] {
  const findings: LintFinding[] = [];
  const response = content.afterSales.faultResponse_hours;
  const isWorse = (name: Overridable, value: number): boolean =>
    forBuyer(name, param(inForce(), name), value) === 'worse';
  if (response !== null && isWorse('FAULT_RESPONSE_MAX', response))
    findings.push(
      incomplete(
        'afterSales.faultResponse_hours',
        '8',
        `${response}`,
        `故障答复不能超过 ${param(inForce(), 'FAULT_RESPONSE_MAX')} 小时。`,
        `A fault must be answered within ${param(inForce(), 'FAULT_RESPONSE_MAX')} hours.`,
      ),
    );
  if (content.goods === 'account' && content.realName === 'bound')
    findings.push({
      refusal: 'LISTING_FORBIDDEN',
      field: 'realName',
      article: '11',
      found: 'bound',
      zh: '不能变更实名绑定的账号禁止出售。',
      en: 'An account whose real-name binding cannot be changed may not be sold.',
    });
  const noReason = content.afterSales.noReason_days;
  if (content.goods === 'physical' && noReason !== null && isWorse('NO_REASON', noReason))
    findings.push(
      incomplete(
        'afterSales.noReason_days',
        '20',
        `${content.afterSales.noReason_days}`,
        `实物商品至少 ${param(inForce(), 'NO_REASON')} 天无理由退货。`,
        `Physical goods can be returned for ${param(inForce(), 'NO_REASON')} days at least.`,
      ),
    );
  return [...findings, ...wrongKinds(content), ...wrongVariants(content)];
}

/** Fields of a kind of goods on another kind, or beside keys from stock. */
function wrongKinds(content: ListingContent): LintFinding[] {
  const findings: LintFinding[] = [];
  if (content.licence && (content.goods !== 'licence' || content.keyFormat !== null))
    findings.push(
      incomplete(
        'licence',
        '8',
        '',
        '平台发放的许可证只能写在软件授权商品上，而且不能同时发库存卡密。',
        'Licences that the platform issues belong to software licences, and not together with keys from stock.',
      ),
    );
  if (content.membership && (content.goods !== 'membership' || content.keyFormat !== null))
    findings.push(
      incomplete(
        'membership',
        '8',
        '',
        '会期只能写在会员商品上，而且不能同时发卡密。',
        'Only a membership that is not a key has a term of its own.',
      ),
    );
  return findings;
}

function wrongVariants(content: ListingContent): LintFinding[] {
  const findings: LintFinding[] = [];
  content.variants.forEach((variant, index) => {
    if (!fallingTiers(variant))
      findings.push(
        incomplete(
          `variants.${index}.tiers`,
          '8',
          variant.name,
          '批发价要随数量增加而降低。',
          'Wholesale prices must fall as quantities rise.',
        ),
      );
    if (variant.on && variant.price === '0')
      findings.push(
        incomplete(`variants.${index}.price`, '8', variant.name, '写明价格。', 'State the price.'),
      );
  });
  return findings;
}

function fallingTiers(variant: ListingContent['variants'][number]): boolean {
  let [from, price] = [1, BigInt(variant.price)];
  for (const tier of variant.tiers) {
    if (tier.from <= from || BigInt(tier.price) >= price || BigInt(tier.price) === 0n) return false;
    [from, price] = [tier.from, BigInt(tier.price)];
  }
  return true;
}
