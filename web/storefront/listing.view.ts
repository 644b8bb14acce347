import { topupCarrierWords, topupSpeedWords } from '../../src/catalog/topup.contract.ts';
import { sayBytes } from '../../src/kit/file-name.ts';
import { promises } from '../text/promises.ts';
import { storefront } from '../text/storefront.ts';
import { textIn, type Language, type Say } from '../text/use.ts';
import { money, span, took } from '../text/format.ts';
import type { Answers } from '../api.ts';

export type Product = Answers['catalog']['product'];
export type ProductVariant = Product['variants'][number];

/** What the visitor chose, with the price that the listing names for it; the checkout asks the server again. */
export type Chosen = {
  readonly variant: ProductVariant;
  readonly quantity: number;
  readonly unit_fen: bigint;
  readonly total_fen: bigint;
  /** Why it cannot be bought now. */
  readonly block: 'sold-out' | 'not-live' | 'not-ready' | null;
  readonly max: number;
};

/** The choice in the address: variant, quantity and a step of minus or plus; what does not fit is brought into its limits. */
export function chosenOf(product: Product, query: URLSearchParams): Chosen {
  const open = product.variants.filter((one) => one.on);
  const named = product.variants.find((one) => one.variantId === query.get('variant'));
  const variant = named ?? open.find((one) => one.stock !== 0) ?? product.variants[0];
  if (!variant) throw new Error('a listing has a variant');
  const { perOrder, perBuyer } = product.limits;
  const max = Math.max(1, Math.min(perOrder ?? 9999, perBuyer ?? 9999, variant.stock ?? 9999));
  const asked =
    Number.parseInt(query.get('quantity') ?? '1', 10) + Number.parseInt(query.get('step') ?? '0', 10);
  const quantity = Math.min(max, Math.max(1, Number.isSafeInteger(asked) ? asked : 1));
  const tier = variant.tiers.filter((one) => one.from <= quantity).at(-1);
  const unit_fen = BigInt(tier?.price_fen ?? variant.price_fen);
  const block = blockOf(product, variant);
  return { variant, quantity, unit_fen, total_fen: unit_fen * BigInt(quantity), block, max };
}

const blockOf = (product: Product, variant: ProductVariant): Chosen['block'] => {
  if (product.state !== 'live' || !variant.on) return 'not-live';
  if (!product.ready) return 'not-ready';
  return variant.stock === 0 ? 'sold-out' : null;
};

type Fact = readonly [Parameters<Say<typeof storefront>>[0], string | null | undefined];

/** What a membership that the shop keeps is: level, term, what it includes, and what buying it again does (F204). */
function membershipFacts({ membership }: Product, t: Say<typeof storefront>): Fact[] {
  if (!membership) return [];
  return [
    ['factLevel', membership.level],
    ['factTerm', t(`term_${membership.term.unit}`, { count: membership.term.count })],
    ['factIncludes', membership.includes.join(t('listJoin'))],
    ['factStacks', t(membership.stacks ? 'stacksYes' : 'stacksNo')],
    ['factSharing', t(membership.sharing === 'own' ? 'sharingOwn' : 'sharingShared')],
  ];
}

/** What a direct top-up puts where: the account, its carrier and region, how fast, and the face value of each variant (F029). */
function topupFacts({ topup, variants }: Product, t: Say<typeof storefront>, language: Language): Fact[] {
  if (!topup) return [];
  const faces = variants
    .filter((one) => one.on && one.faceValue !== null)
    .map((one) => `${one.name} ${money(one.faceValue ?? '0')}`);
  return [
    ['factTarget', topup.label],
    ['factFace', faces.join(t('listJoin'))],
    ['factCarrier', topup.target === 'mobile' ? topupCarrierWords[topup.carrier][language] : null],
    ['factRegion', topup.region],
    ['factSpeed', topupSpeedWords[topup.speed][language]],
  ];
}

/** What a download gives: the file with its size and SHA-256, how often and how long, for which systems, and how it is installed (F140, F177, F205). */
function fileFacts({ file }: Product, t: Say<typeof storefront>): Fact[] {
  if (!file) return [];
  const size = file.size === null ? t('factFileSizeless') : sayBytes(file.size);
  const systems = file.systems.map((one) => t(`system_${one}`)).join(t('listJoin'));
  return [
    ['factFile', t('factFileText', { name: file.name, version: file.version, size })],
    [
      'factFileTerms',
      [
        t(`factFileFrom_${file.from}`),
        t('factFileTermsText', { downloads: file.downloads, days: file.days }),
      ].join(t('listJoin')),
    ],
    ['factSystems', [systems, file.requires].filter(Boolean).join(t('listJoin'))],
    ['factInstall', file.install.map((step, index) => `${index + 1}. ${step}`).join(t('listJoin'))],
    ['factSum', file.sha256],
  ];
}

/** What the version states, by name: rulebook article 8 in the order in which people ask. What was not stated is left out. */
export function factsOf(product: Product, language: Language): { name: string; value: string }[] {
  const t = textIn(storefront, language);
  const p = textIn(promises, language);
  const within = product.delivery.within_seconds;
  const { afterSales } = product;
  const after = [
    afterSales.faultResponse_hours === null ? '' : t('faultLine', { hours: afterSales.faultResponse_hours }),
    afterSales.noReason_days ? t('noReasonLine', { days: afterSales.noReason_days }) : '',
    afterSales.terms,
  ];
  const rows: readonly Fact[] = [
    [
      'factDelivery',
      within !== null && product.delivery.mode === 'automatic'
        ? t('factDeliveryText', { time: took(within * 1000, language) })
        : within !== null && product.delivery.mode === 'manual'
          ? t('factDeliveryByHand', { time: took(within * 1000, language) })
          : null,
    ],
    ['factOpening', product.opening && t('factOpeningText', product.opening)],
    ['factValidity', product.validity],
    [
      'factUseWithin',
      product.useWithin_hours === null
        ? null
        : t('factUseWithinText', { time: span(product.useWithin_hours, language) }),
    ],
    ...membershipFacts(product, t),
    ...topupFacts(product, t, language),
    ['factBinding', product.guide ? '' : product.binding.rule],
    ['factDevices', product.guide ? '' : product.devices],
    [
      'factActivations',
      product.activations === null
        ? null
        : product.activations === 0
          ? t('noLimit')
          : t('activationsLine', { count: product.activations }),
    ],
    ['factDownload', product.download && `${product.download.url} ${product.download.version}`],
    ...fileFacts(product, t),
    ['factVerify', product.verification],
    ['factRefunds', afterSales.refunds.map((one) => t('refundLine', one)).join(t('listJoin'))],
    ['factAfterSales', after.filter(Boolean).join(t('listJoin'))],
    [
      'factPromises',
      product.promises
        .map((one) => t('promiseLine', { word: p(one.word), meaning: one.meaning }))
        .join(t('listJoin')),
    ],
    ['factElsewhere', product.fees.elsewhere],
  ];
  return rows
    .filter(([, value]) => value)
    .map(([name, value]) => ({ name: t(name), value: value as string }));
}
