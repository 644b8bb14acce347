import type { RuleBook } from './contract.ts';
import { aftersales } from './vgsr-1.0.0.aftersales.data.ts';
import { completion } from './vgsr-1.0.0.completion.data.ts';
import { credit } from './vgsr-1.0.0.credit.data.ts';
import { delivery } from './vgsr-1.0.0.delivery.data.ts';
import { effects } from './vgsr-1.0.0.effects.data.ts';
import { general } from './vgsr-1.0.0.general.data.ts';
import { goods } from './vgsr-1.0.0.goods.data.ts';
import { risk } from './vgsr-1.0.0.risk.data.ts';

/** The first rulebook, which the program brings with it. A published version is never edited: its hash stands in a test, and a change is a new version. */
export const vgsr100 = {
  code: 'VGSR',
  title: { zh: '虚拟商品交易与售后规范', en: 'Rules for trade and after-sales of virtual goods' },
  version: '1.0.0',
  base: null,
  importance: 'important',
  ordersBefore: 'old_version',
  reasons: {
    zh: '第一版规则：担保、交付、售后、举证、裁决和赔付，都写成可以计算的条文。',
    en: 'The first rules: escrow, delivery, after-sales, proof, decisions and compensation as articles that can be computed.',
  },
  chapters: [
    { title: { zh: '总则', en: 'General' }, articles: general },
    { title: { zh: '商品与承诺', en: 'Goods and promises' }, articles: goods },
    { title: { zh: '交付', en: 'Delivery' }, articles: delivery },
    { title: { zh: '售后与举证', en: 'After-sales and proof' }, articles: aftersales },
    { title: { zh: '信用、处罚与保证金', en: 'Reputation, penalties, deposits' }, articles: credit },
    { title: { zh: '下单、确认与结算', en: 'Ordering, confirming, settling' }, articles: completion },
    { title: { zh: '风险', en: 'Risk' }, articles: risk },
  ],
  effects,
} as const satisfies RuleBook;

/** Beijing days on which 1.0.0 was announced and took effect. */
export const vgsr100Life = { announcedOn: '2025-12-01', effectiveOn: '2026-01-01' } as const;
