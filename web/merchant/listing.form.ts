import { promiseWords, type ListingDraft, type MembershipTerm } from '../../src/catalog/content.contract.ts';
import { parseYuan, yuan } from '../../src/kit/money.ts';
import type { Answers } from '../api.ts';
import { kindDraft, kindValues } from './kind.form.ts';

/** The fields of the form by name, as text; the names are those by which findings name a field. */
export type Values = Readonly<Record<string, string>>;
type Content = Answers['catalog']['myListing']['content'];

export const refundRows = 4;

/** How many variants the form shows: those there and one to fill in. */
export function variantRows(values: Values): number {
  const filled = Object.keys(values).flatMap((name) => {
    const index = /^variants\.(\d+)\.(name|price)$/.exec(name)?.[1];
    return index !== undefined && values[name] !== '' ? [Number(index)] : [];
  });
  return Math.min(30, Math.max(-1, ...filled) + 1 || 1);
}

const orEmpty = (value: number | null): string => (value === null ? '' : String(value));

/** A version as the form shows it. */
export function valuesOf(content: Content, categoryId: string): Values {
  const { delivery, binding, download, afterSales, face, limits } = content;
  const values: Record<string, string> = {
    categoryId,
    title: content.title,
    subtitle: content.subtitle,
    goods: content.goods,
    description: content.description,
    keywords: content.keywords.join('，'),
    'delivery.mode': delivery.mode,
    'delivery.within_seconds': orEmpty(delivery.within_seconds),
    validity: content.validity,
    'binding.rule': binding.rule,
    mustConfirm: binding.mustConfirm ? 'yes' : 'no',
    devices: content.devices,
    activations: orEmpty(content.activations),
    download: download?.url ?? '',
    'download.version': download?.version ?? '',
    'download.sha256': download?.sha256 ?? '',
    realName: content.realName ?? '',
    'afterSales.noReason_days': orEmpty(afterSales.noReason_days),
    'afterSales.faultResponse_hours': orEmpty(afterSales.faultResponse_hours),
    'afterSales.terms': afterSales.terms,
    'fees.elsewhere': content.fees.elsewhere,
    useWithin_hours: orEmpty(content.useWithin_hours),
    keyFormat: content.keyFormat ?? '',
    verification: content.verification,
    ...guideValues(content.guide),
    ...membershipValues(content.membership),
    issuer: content.issuer ?? '',
    'face.colour': face.colour,
    'face.title': face.title,
    'face.subtitle': face.subtitle,
    perBuyer: orEmpty(limits.perBuyer),
    perOrder: orEmpty(limits.perOrder),
    ...kindValues(content),
  };
  afterSales.refunds.forEach((one, index) => {
    values[`afterSales.refunds.${index}.when`] = one.when;
    values[`afterSales.refunds.${index}.percent`] = String(one.percent);
  });
  for (const one of content.promises) values[`promise.${one.word}`] = one.meaning;
  content.variants.forEach((one, index) => {
    values[`variants.${index}.id`] = one.id;
    values[`variants.${index}.name`] = one.name;
    values[`variants.${index}.price`] = yuan(BigInt(one.price));
    values[`variants.${index}.tiers`] = one.tiers
      .map((tier) => `${tier.from}:${yuan(BigInt(tier.price))}`)
      .join(' ');
    values[`variants.${index}.on`] = one.on ? 'yes' : 'no';
    if (one.term) values[`variants.${index}.term`] = termText(one.term);
    if (one.faceValue) values[`variants.${index}.faceValue`] = yuan(BigInt(one.faceValue));
  });
  return values;
}

// Guide and membership as people write them: a step or a message in a line, its second part after a bar; a term as '30d' or '3m'.

const termText = ({ count, unit }: MembershipTerm): string => `${count}${unit === 'day' ? 'd' : 'm'}`;
const pairText = (first: string, second: string): string => (second === '' ? first : `${first} | ${second}`);

const guideValues = (guide: Content['guide']): Record<string, string> =>
  guide === null
    ? {}
    : {
        guide: guide.steps.map((step) => pairText(step.text, step.where)).join('\n'),
        'guide.address': guide.address ?? '',
        'guide.platform': guide.platform,
        'guide.errors': guide.errors.map((one) => pairText(one.shown, one.meaning)).join('\n'),
      };

const membershipValues = (membership: Content['membership']): Record<string, string> =>
  membership === null
    ? {}
    : {
        membership: termText(membership.term),
        'membership.level': membership.level,
        'membership.includes': membership.includes.join('\n'),
        'membership.stacks': membership.stacks ? 'yes' : 'no',
        'membership.sharing': membership.sharing,
        'membership.starts': membership.starts,
      };

const linesIn = (typed: string): string[] =>
  typed
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
const pairsIn = (typed: string): (readonly [string, string])[] =>
  linesIn(typed).map((one) => {
    const [first = '', ...rest] = one.split(/[|｜]/);
    return [first.trim(), rest.join('|').trim()] as const;
  });

/** '30d', '30天', '3m', '3个月'; what is neither stays a number that the api refuses by name. */
export function termIn(typed: string): MembershipTerm {
  const [, count = '', unit = 'd'] = /^(\d{1,4})\s*(d|天|日|m|月|个月)?$/i.exec(typed.trim()) ?? [];
  return {
    count: count === '' ? Number.NaN : Number(count),
    unit: /^(m|月|个月)$/i.test(unit) ? 'month' : 'day',
  };
}

function guideIn(of: (name: string) => string): Sent['guide'] {
  const steps = pairsIn(of('guide')).map(([text, where]) => ({ text, where }));
  if (steps.length === 0) return null;
  return {
    steps,
    address: of('guide.address') || null,
    platform: of('guide.platform'),
    errors: pairsIn(of('guide.errors')).map(([shown, meaning]) => ({ shown, meaning })),
  };
}

const membershipIn = (of: (name: string) => string): Sent['membership'] =>
  of('membership') === ''
    ? null
    : {
        term: termIn(of('membership')),
        level: of('membership.level'),
        includes: linesIn(of('membership.includes')),
        stacks: of('membership.stacks') !== 'no',
        sharing: of('membership.sharing') === 'shared' ? 'shared' : 'own',
        starts: of('membership.starts') === 'buyer' ? 'buyer' : 'at_once',
      };

/** What is not a price stays as it was typed, so that the api names the field. */
const price = (typed: string): string => parseYuan(typed)?.toString() ?? (typed === '' ? '0' : typed);
const whole = (typed: string | undefined): number | null =>
  typed === undefined || typed === '' ? null : Number(typed);

type Sent = Omit<ListingDraft, 'variants'> & {
  variants: (Omit<ListingDraft['variants'][number], 'id'> & { id: string | null })[];
};

/** The draft that the form describes. Words that are not of their list are left to the api to refuse. */
export function draftOf(values: Values): Sent {
  const of = (name: string): string => values[name] ?? '';
  const url = of('download');
  return {
    title: of('title'),
    subtitle: of('subtitle'),
    goods: of('goods') as Sent['goods'],
    description: of('description'),
    keywords: of('keywords')
      .split(/[,，、]/)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
    delivery: {
      mode: of('delivery.mode') as Sent['delivery']['mode'],
      within_seconds: whole(of('delivery.within_seconds')),
    },
    validity: of('validity'),
    binding: { rule: of('binding.rule'), mustConfirm: of('mustConfirm') === 'yes' },
    devices: of('devices'),
    activations: whole(of('activations')),
    download: url === '' ? null : { url, version: of('download.version'), sha256: of('download.sha256') },
    realName: (of('realName') || null) as Sent['realName'],
    afterSales: {
      noReason_days: whole(of('afterSales.noReason_days')),
      faultResponse_hours: whole(of('afterSales.faultResponse_hours')),
      refunds: Array.from({ length: 10 }, (_, index) => ({
        when: of(`afterSales.refunds.${index}.when`),
        percent: whole(of(`afterSales.refunds.${index}.percent`)) ?? 100,
      })).filter((one) => one.when !== ''),
      terms: of('afterSales.terms'),
    },
    fees: { allInPrice: true, renewsByItself: false, elsewhere: of('fees.elsewhere') },
    promises: promiseWords
      .map((word) => ({ word, meaning: of(`promise.${word}`) }))
      .filter((one) => one.meaning !== ''),
    useWithin_hours: whole(of('useWithin_hours')),
    keyFormat: (of('keyFormat') || null) as Sent['keyFormat'],
    verification: of('verification'),
    guide: guideIn(of),
    membership: membershipIn(of),
    issuer: of('issuer') || null,
    face: {
      colour: of('face.colour') as Sent['face']['colour'],
      title: of('face.title'),
      subtitle: of('face.subtitle'),
    },
    variants: Array.from({ length: variantRows(values) }, (_, index) => variantOf(values, index)).filter(
      (one) => one.name !== '' || one.price !== '0',
    ),
    limits: { perBuyer: whole(of('perBuyer')), perOrder: whole(of('perOrder')) },
    ...kindDraft(of),
  };
}

function variantOf(values: Values, index: number): Sent['variants'][number] {
  const of = (name: string): string => values[`variants.${index}.${name}`] ?? '';
  return {
    id: of('id') || null,
    name: of('name'),
    price: price(of('price')),
    on: of('on') !== 'no',
    ...(of('term') === '' ? {} : { term: termIn(of('term')) }),
    ...(of('faceValue') === '' ? {} : { faceValue: price(of('faceValue')) }),
    tiers: of('tiers')
      .split(/\s+/)
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [from, each = ''] = pair.split(/[:：]/);
        return { from: Number(from), price: price(each) };
      }),
  };
}
