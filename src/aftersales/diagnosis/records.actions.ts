import { versionsOf } from '../../catalog/versions.actions.ts';
import { checksOf } from '../../delivery/check/actions.ts';
import { findingOf } from '../../delivery/download/reach.rules.ts';
import { downloadsSeenBy, releasesByIds } from '../../delivery/download/views.ts';
import { issuerChecksOf } from '../../delivery/issuer/actions.ts';
import { licencesOfOrder, logOf, machinesOf } from '../../delivery/licence/views.ts';
import { laterLines } from '../../delivery/line.views.ts';
import { membershipsOfOrder } from '../../delivery/membership/views.ts';
import { topupsShown } from '../../delivery/topup/views.ts';
import { unitsOfOrder } from '../../delivery/views.ts';
import { must } from '../../kit/assert.ts';
import type { Words } from '../../kit/text.ts';
import type { Tx } from '../../kit/tx.ts';
import { nobody } from '../../kit/viewer.ts';
import { headOf, linesShown } from '../../orders/views.ts';
import { presumedUntil } from '../filing.rules.ts';
import type { Records } from './facts.rules.ts';

export type UnitAt = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line: number;
  readonly place: number;
};

type Line = Awaited<ReturnType<typeof linesShown>>[number];
/** What is shown beside a question: what the listing states, what the buyer declared. */
export type Shown = {
  readonly stage: 'known' | 'expiry' | 'system';
  readonly name: Words;
  readonly text: string;
};

export type Consulted = {
  readonly records: Records;
  readonly line: Line;
  readonly shopName: string;
  readonly shown: readonly Shown[];
};

/** Reads what the platform knows of one unit of an order that the caller may see; undefined where there is no such unit. */
export async function consult(on: Tx, at: UnitAt): Promise<Consulted | undefined> {
  const key = { shopId: at.shopId, viewerOrder: at.orderId };
  const [[found], lines, later] = await Promise.all([
    headOf(on, key),
    linesShown(on, key),
    laterLines(on, key),
  ]);
  const head = must(found, 'an order that is seen is there');
  const line = lines.find((one) => one.number === at.line);
  if (!line || at.place > line.quantity) return undefined;
  const [[version], unit, said, membership, licence, download, topups] = await Promise.all([
    versionsOf(on, [{ shopId: at.shopId, listingId: line.listingId, version: line.version }]),
    keyOf(on, at, line),
    saidOf(on, at),
    membershipOf(on, at, line),
    licenceOf(on, at, line),
    downloadOf(on, at, head.buyerId),
    line.goods === 'topup' ? topupsShown(on, key) : [],
  ]);
  const { content } = must(version, 'a line has its version');
  const mine = later.find((one) => one.line === at.line);
  const masked = topups.find((one) => one.line === at.line)?.masked ?? '';
  const records: Records = {
    rulebook: head.rulebook,
    paidAt: head.paidAt,
    later: mine ? { promisedAt: mine.promisedAt, deliveredAt: mine.deliveredAt, lateAt: mine.lateAt } : null,
    useWithin_hours: line.useWithin,
    key: unit,
    presumedUntil: unit?.revealedAt ? presumedUntil(unit.revealedAt, head.rulebook) : null,
    ...said,
    membership,
    licence: licence?.facts ?? null,
    activation: licence?.last ?? null,
    download,
  };
  const shown: Shown[] = [
    { stage: 'known', name: { zh: '充值号码', en: 'Number' }, text: masked },
    {
      stage: 'expiry',
      name: { zh: '商品页写的有效期', en: 'Validity by the listing' },
      text: content.validity,
    },
    {
      stage: 'system',
      name: { zh: '商品页写的要求', en: 'What the listing asks for' },
      text: content.devices,
    },
    {
      stage: 'system',
      name: { zh: '商品页写的绑定', en: 'Binding by the listing' },
      text: content.binding.rule,
    },
    {
      stage: 'system',
      name: { zh: '你激活过的设备', en: 'Devices that you activated' },
      text: (licence?.devices ?? []).join('、'),
    },
  ];
  return { records, line, shopName: head.shopName, shown: shown.filter((one) => one.text !== '') };
}

async function keyOf(on: Tx, at: UnitAt, line: Line): Promise<Records['key']> {
  const number = line.numbers[at.place - 1];
  if (number === undefined) return null;
  const [unit] = await unitsOfOrder(on, {
    shopId: at.shopId,
    viewerOrder: at.orderId,
    pools: [line.poolId],
    numbers: [number],
  });
  return unit ? { deliveredAt: unit.deliveredAt, revealedAt: unit.revealedAt } : null;
}

/** The newest comparison and the newest answer of the issuer about this unit. */
async function saidOf(on: Tx, at: UnitAt): Promise<Pick<Records, 'check' | 'issuer'>> {
  const order = [{ shopId: at.shopId, id: at.orderId }];
  const [[checks = []], [asked = []]] = await Promise.all([checksOf(on, order), issuerChecksOf(on, order)]);
  const mine = (one: { line: number; place: number }): boolean =>
    one.line === at.line && one.place === at.place;
  const check = checks.findLast(mine);
  const answer = asked.findLast((one) => mine(one) && one.usage !== null);
  return {
    check: check ? { verdict: check.verdict, at: check.at } : null,
    issuer: answer?.usage ? { usage: answer.usage, at: answer.answeredAt } : null,
  };
}

async function membershipOf(on: Tx, at: UnitAt, line: Line): Promise<Records['membership']> {
  if (line.goods !== 'membership') return null;
  const found = await membershipsOfOrder(on, { shopId: at.shopId, viewerOrder: at.orderId });
  const one = found.find((row) => row.listingId === line.listingId);
  return one ? { state: one.state, endsAt: one.endsAt } : null;
}

type LicenceSeen = {
  facts: NonNullable<Records['licence']>;
  last: Records['activation'];
  devices: string[];
};

async function licenceOf(on: Tx, at: UnitAt, line: Line): Promise<LicenceSeen | null> {
  if (line.goods !== 'licence') return null;
  const all = await licencesOfOrder(on, { shopId: at.shopId, viewerOrder: at.orderId });
  const one = all.filter((row) => row.listingId === line.listingId && row.variantName === line.variantName)[
    at.place - 1
  ];
  if (!one) return null;
  const named = { viewerShops: [at.shopId], ids: [one.licenceId] };
  const [log, machines] = await Promise.all([logOf(on, { ...named, limit: 50 }), machinesOf(on, named)]);
  const last = log.find((entry) => entry.event === 'refused' || entry.event === 'activated');
  return {
    facts: { state: one.state, expiresAt: one.expiresAt, seats: one.policy.seats, used: one.used },
    last: last ? { event: last.event, at: last.at } : null,
    devices: machines.map((machine) => [machine.name, machine.platform].filter(Boolean).join(' · ')),
  };
}

async function downloadOf(on: Tx, at: UnitAt, buyerId: string): Promise<Records['download']> {
  const rows = await downloadsSeenBy(on, {
    viewer: { ...nobody, buyerIds: [buyerId] },
    orderId: at.orderId,
  });
  const row = rows.find((one) => one.line === at.line);
  if (!row) return null;
  if (row.releaseId === null) return { expiresAt: row.expiresAt, dead: null };
  const [release] = await releasesByIds(on, { shops: [at.shopId], ids: [row.releaseId] });
  const finding = release && findingOf({ reach: release.reach, infected: release.verdict === 'infected' });
  return {
    expiresAt: row.expiresAt,
    dead: finding === 'dead' ? true : finding === 'alive' ? false : null,
  };
}
