import { must } from '../../kit/assert.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { plus } from '../../kit/time.ts';
import { reader, type Db, type Tx } from '../../kit/tx.ts';
import { versionsOf, type Version } from '../../catalog/versions.actions.ts';
import { linesOf, orderSeenBy, type OrderKey } from '../../orders/actions.ts';
import type { Line } from '../../orders/rules.ts';
import type { KeyPart } from '../check/contract.ts';
import { checksOf, type StoredCheck } from '../check/actions.ts';
import type { Unit } from '../card-key.rules.ts';
import { issuerChecksOf, type IssuerCheck } from '../issuer/actions.ts';
import { issuerRefusals, type IssuerRefusal } from '../issuer/contract.ts';
import { issuersOf } from '../issuer/issuers.actions.ts';
import { decideAsk } from '../issuer/rules.ts';
import { unitsOfOrder } from '../views.ts';
import { helpContract } from './contract.ts';

export const helpRoutes = {
  help: serve(helpContract.help, async ({ db, viewer }, { orderId }) => {
    const on = await reader(db);
    const seen = await orderSeenBy(on, viewer, orderId);
    if (!seen) return refuse('ORDER_NOT_FOUND');
    return done({ lines: await linesHelped(db, on, { shopId: seen.shopId, id: orderId }) });
  }),
};

async function linesHelped(db: Db, on: Tx, order: OrderKey) {
  const lines = await linesOf(on, [order]);
  const numbered = lines.flatMap((line) => line.numbers.map((number) => ({ poolId: line.poolId, number })));
  const [versions, units, [checks], [asked]] = await Promise.all([
    versionsOf(on, lines),
    unitsOfOrder(on, {
      shopId: order.shopId,
      viewerOrder: order.id,
      pools: numbered.map((one) => one.poolId),
      numbers: numbered.map((one) => one.number),
    }),
    checksOf(on, [order]),
    issuerChecksOf(on, [order]),
  ]);
  const facts = { db, on, units, checks: checks ?? [], asked: asked ?? [] };
  return lines.map((line, i) => lineHelped(line, must(versions[i], 'a line has its version'), facts));
}

type Facts = {
  readonly db: Db;
  readonly on: Tx;
  readonly units: readonly Unit[];
  readonly checks: readonly StoredCheck[];
  readonly asked: readonly IssuerCheck[];
};

function lineHelped(line: Line, { content }: Version, { db, on, units, checks, asked }: Facts) {
  const issuer = issuersOf(db).get(content.issuer ?? '');
  return {
    line: line.number,
    goods: line.goods,
    guide: content.guide ?? null,
    verification: content.verification,
    parts: content.keyFormat === 'digits16' ? (['secret', 'number'] as KeyPart[]) : (['secret'] as KeyPart[]),
    issuer: issuer?.name ?? null,
    units: line.numbers.map((number, at) => {
      const unit = units.find((one) => one.poolId === line.poolId && one.number === number);
      const own = <T extends { line: number; place: number }>(rows: readonly T[]): T[] =>
        rows.filter((row) => row.line === line.number && row.place === at + 1);
      const questions = own(asked);
      const lately = questions.filter((one) => one.askedAt > plus(on.business, { days: -1 })).length;
      const open = questions.some((one) => one.state === 'asked');
      return {
        unit: `${line.number}-${at + 1}`,
        revealed: unit !== undefined && unit.revealedAt !== null,
        checks: own(checks),
        issuerChecks: questions.map(answerShown),
        askIssuer: ableOf(decideAsk({ unit, known: issuer !== undefined, open, lately })),
      };
    }),
  };
}

const answerShown = (row: IssuerCheck) => ({
  state: row.state,
  by: row.byKind,
  usage: row.usage,
  usedAt: row.usedAt,
  account: row.account,
  askedAt: row.askedAt,
  answeredAt: row.answeredAt,
  raw: row.rawHash?.toString('hex') ?? null,
});

function ableOf(decided: Result<unknown, IssuerRefusal>) {
  if (decided.ok) return { ok: true, code: null, why: null };
  const { zh, en } = issuerRefusals[decided.refusal];
  return { ok: false, code: decided.refusal, why: { zh, en } };
}
