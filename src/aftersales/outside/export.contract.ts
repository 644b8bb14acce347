import { z } from 'zod';

/** The export for regulators, in the form that public/schemas/regulator-export-1.json publishes. Figures are fen as decimal strings. */
const money = z.string().regex(/^\d+$/);
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
export const regulatorExport = z.strictObject({
  format: z.literal('mengyue-regulator-export@v1'),
  madeAt: moment,
  authority: z.string().min(1),
  number: z.string().min(1),
  scope: z.enum(['order', 'shop', 'period']),
  from: moment.nullable(),
  to: moment.nullable(),
  rulebook: z.strictObject({ version: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  shops: z.array(
    z.strictObject({
      shopId: z.string(),
      name: z.string(),
      openedAt: moment,
      verifiedAt: moment.nullable(),
      identity: z
        .strictObject({
          kind: z.enum(['company', 'sole_trader', 'person']),
          legalName: z.string(),
          licenceNo: z.string(),
          registeredAt: z.string(),
          address: z.string(),
          contact: z.string(),
          phone: z.string(),
          checkedAt: moment,
        })
        .nullable(),
      orders: z.int().min(0),
      turnover: money,
      refunded: money,
      cases: z.int().min(0),
    }),
  ),
  orders: z.array(
    z.strictObject({
      orderId: z.string(),
      shopId: z.string(),
      state: z.string(),
      placedAt: moment,
      paidAt: moment.nullable(),
      total: money,
      refunded: money,
      goods: z.array(
        z.strictObject({ title: z.string(), variant: z.string(), quantity: z.int().min(1), total: money }),
      ),
      trades: z.array(
        z.strictObject({ channel: z.string(), tradeNo: z.string(), amount: money, at: moment }),
      ),
    }),
  ),
  cases: z.array(
    z.strictObject({
      caseId: z.string(),
      orderId: z.string(),
      reason: z.string(),
      state: z.string(),
      filedAt: moment,
      endedAt: moment.nullable(),
      asked: money,
      award: money.nullable(),
      article: z.string().nullable(),
    }),
  ),
});
export type RegulatorExport = z.infer<typeof regulatorExport>;
