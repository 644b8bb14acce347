import { createRouterClient, type AnyRouter } from '@orpc/server';
import type { Context } from '../kit/viewer.ts';
import type { Log } from './log.ts';
import { refineErrors } from './api.errors.ts';
import { clockRoutes } from './clock.http.ts';
import { callbackRoutes } from '../community/callbacks.http.ts';
import { exportRoutes } from '../community/exports.http.ts';
import { flowRoutes } from '../community/flow.http.ts';
import { guideRoutes } from '../community/guides.http.ts';
import { lessonRoutes } from '../community/lessons.http.ts';
import { analyticsRoutes } from '../analytics/http.ts';
import { catalogRoutes } from '../catalog/http.ts';
import { checkoutRoutes } from '../checkout/http.ts';
import { voucherRoutes } from '../checkout/voucher/http.ts';
import { purchaseWatchRoutes } from '../checkout/watch/http.ts';
import { checkRoutes } from '../delivery/check/http.ts';
import { membershipRoutes } from '../delivery/membership/http.ts';
import { helpRoutes } from '../delivery/help/http.ts';
import { issuerRoutes } from '../delivery/issuer/http.ts';
import { deliveryRoutes } from '../delivery/http.ts';
import { provenanceRoutes } from '../delivery/provenance/http.ts';
import { lineRoutes } from '../delivery/line.http.ts';
import { manualRoutes } from '../delivery/manual/http.ts';
import { parcelRoutes } from '../delivery/parcel/http.ts';
import { downloadRoutes } from '../delivery/download/http.ts';
import { licenceRoutes } from '../delivery/licence/http.ts';
import { topupRoutes } from '../delivery/topup/http.ts';
import { evidenceRoutes, type SubjectOf } from '../evidence/http.ts';
import { reader, type Db } from '../kit/tx.ts';
import { depositRoutes } from '../aftersales/deposit/http.ts';
import { deskRoutes } from '../aftersales/desk.http.ts';
import { diagnosisRoutes, treesRoutes } from '../aftersales/diagnosis/http.ts';
import { caseRoutes } from '../aftersales/http.ts';
import { complaintRoutes } from '../aftersales/outside/complaint.http.ts';
import { lawfulRoutes } from '../aftersales/outside/lawful.http.ts';
import { outsideRoutes } from '../aftersales/outside/outside.http.ts';
import { bulkRoutes } from '../aftersales/bulk/http.ts';
import { toldRoutes } from '../aftersales/told/http.ts';
import { precedentDeskRoutes, precedentRoutes } from '../aftersales/precedents/http.ts';
import { surveyDeskRoutes, surveyRoutes } from '../aftersales/survey/http.ts';
import { trustRoutes } from '../analytics/trust/http.ts';
import { queueRoutes } from '../aftersales/queue/http.ts';
import { ticketRoutes } from '../aftersales/ticket/http.ts';
import { archiveRoutes } from '../aftersales/archive/http.ts';
import { exhibitRoutes } from '../aftersales/exhibits/http.ts';
import { groupRoutes } from '../aftersales/batch/http.ts';
import { juryRoutes } from '../aftersales/jury/http.ts';
import { panelRoutes } from '../aftersales/panel/http.ts';
import { recordingRoutes } from '../aftersales/recording/http.ts';
import { unsealingRoutes } from '../aftersales/unsealing/http.ts';
import { talkRoutes } from '../aftersales/talk/http.ts';
import { watchRoutes } from '../aftersales/watch/http.ts';
import { messagingRoutes } from '../messaging/http.ts';
import { ledgerRoutes } from '../ledger/http.ts';
import { inventoryRoutes } from '../inventory/http.ts';
import { orderSeenBy } from '../orders/actions.ts';
import { guestOrderRoutes } from '../orders/guest.http.ts';
import { caseExplanationRoutes } from '../aftersales/explanation.http.ts';
import { explanationRoutes } from '../orders/explanation.http.ts';
import { orderRoutes } from '../orders/http.ts';
import { paymentRoutes } from '../payments/http.ts';
import { storefrontRoutes } from '../inventory/storefront.http.ts';
import { identityRoutes } from '../identity/http.ts';
import { merchantsRoutes } from '../merchants/http.ts';
import { shopIdentityRoutes } from '../merchants/identity.http.ts';
import { notificationsRoutes } from '../notifications/http.ts';
import { calendarRoutes } from '../rules/calendar.http.ts';
import { commentRoutes } from '../rules/comments.http.ts';
import { editorRoutes } from '../rules/editor.http.ts';
import { rulesRoutes } from '../rules/http.ts';
import { riskRoutes } from '../risk/http.ts';
import { supplyRoutes } from '../supply/http.ts';
import { workRoutes } from './work.http.ts';
import type { WorkTables } from './worker.ts';

/** What the routes stand on besides the context of a request. */
export type ApiSettings = { db: Db; log: Log; tables: WorkTables };

/** The evidence of an order is for those who may see the order. */
const orderSubject: SubjectOf = async (context, orderId) => {
  const order = await orderSeenBy(await reader(context.db), context.viewer, orderId);
  return order ? { shopId: order.shopId, about: orderId } : null;
};

/**
 * Every route of the program under the name of its domain: api.orders.confirm(…) in process, /api/v1/orders/…/confirmation over HTTP.
 * A domain appears here, and nowhere else, to be reachable.
 */
export const routesOf = (settings: ApiSettings) => ({
  rules: { ...rulesRoutes, ...calendarRoutes, ...commentRoutes, ...editorRoutes },
  identity: identityRoutes,
  merchants: { ...merchantsRoutes, ...shopIdentityRoutes },
  deposits: depositRoutes,
  notifications: notificationsRoutes,
  catalog: { ...catalogRoutes, ...storefrontRoutes },
  inventory: inventoryRoutes,
  ledger: ledgerRoutes,
  payments: paymentRoutes,
  orders: { ...orderRoutes, ...guestOrderRoutes, ...explanationRoutes },
  delivery: {
    ...deliveryRoutes,
    ...helpRoutes,
    ...checkRoutes,
    ...issuerRoutes,
    ...lineRoutes,
    ...manualRoutes,
    ...provenanceRoutes,
  },
  parcels: parcelRoutes,
  downloads: downloadRoutes,
  licences: licenceRoutes,
  topups: topupRoutes,
  supply: supplyRoutes,
  memberships: membershipRoutes,
  checkout: { ...checkoutRoutes, ...voucherRoutes },
  messaging: { ...messagingRoutes, ...talkRoutes },
  cases: { ...caseRoutes, ...bulkRoutes, ...toldRoutes, ...surveyRoutes, ...caseExplanationRoutes },
  diagnosis: { ...diagnosisRoutes, ...treesRoutes },
  recordings: recordingRoutes,
  exhibits: { ...exhibitRoutes, ...archiveRoutes, ...unsealingRoutes },
  outside: { ...outsideRoutes, ...complaintRoutes, ...lawfulRoutes },
  desk: { ...deskRoutes, ...queueRoutes, ...ticketRoutes, ...surveyDeskRoutes, ...precedentDeskRoutes },
  panel: panelRoutes,
  groups: groupRoutes,
  jury: juryRoutes,
  precedents: precedentRoutes,
  trust: trustRoutes,
  evidence: evidenceRoutes(orderSubject),
  community: { ...lessonRoutes, ...guideRoutes, ...callbackRoutes, ...flowRoutes, ...exportRoutes },
  analytics: analyticsRoutes,
  clock: clockRoutes(settings),
  risk: { ...riskRoutes, ...watchRoutes, ...purchaseWatchRoutes },
  work: workRoutes(settings),
});

export type Routes = ReturnType<typeof routesOf>;

/** The in-process caller of one request, for pages: the same checks and refusals as over HTTP. */
export const apiFor = (router: AnyRouter, context: Context, log: Log): unknown =>
  createRouterClient(router as never, { context, interceptors: [refineErrors(log)] } as never);

/** The same caller for a write whose form carries an idempotency key. */
export const apiWith =
  (router: AnyRouter, context: Context, log: Log) =>
  (idempotencyKey: string | null): unknown =>
    apiFor(router, { ...context, idempotencyKey }, log);
