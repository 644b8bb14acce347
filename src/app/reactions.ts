import { caseDeadlineActions, caseReactions, payFirstDead, payFirstVerified } from '../aftersales/jobs.ts';
import { communityTimers } from '../community/jobs.ts';
import { holdSold, outsideDeadlines, outsideReactions } from '../aftersales/outside/jobs.ts';
import { depositDeadlines, depositReactions, measureShops } from '../aftersales/deposit/jobs.ts';
import { followMovedCases } from '../aftersales/moved.jobs.ts';
import { collectOwed } from '../aftersales/recourse.actions.ts';
import { tribunalDeadlines } from '../aftersales/panel/clocks.actions.ts';
import { remindSeats } from '../aftersales/panel/tell.jobs.ts';
import { drawTribunals } from '../aftersales/panel/draw.actions.ts';
import { noteAdditions, sealCompleted, sealLater } from '../aftersales/archive/jobs.ts';
import { recordingTimers } from '../aftersales/recording/jobs.ts';
import { lapseDemanded } from '../aftersales/talk/jobs.ts';
import { noteLures, riskReactions, watchReactions, watchTimers } from '../aftersales/watch/jobs.ts';
import { expireOrders } from '../checkout/jobs.ts';
import { followReview, watchPurchases } from '../checkout/watch/jobs.ts';
import {
  deliverPaid,
  downloadDeadlines,
  downloadReactions,
  downloadTimers,
  endRefundedDownloads,
} from '../delivery/download/jobs.ts';
import { tellIssuerAnswered } from '../delivery/issuer/tell.jobs.ts';
import { healthReactions, healthTimers } from '../delivery/health/jobs.ts';
import { issuerTimers } from '../delivery/issuer/jobs.ts';
import { issueDue, suspendHeld, suspendRefunded } from '../delivery/licence/jobs.ts';
import { endRefunded, followHolds } from '../delivery/membership/clock.actions.ts';
import { grantDue } from '../delivery/membership/grant.actions.ts';
import { membershipDeadlines } from '../delivery/membership/jobs.ts';
import {
  abandonRefundedTopups,
  askTopupsBack,
  beginPaidTopups,
  followSuppliers,
  tellHeld,
  tellLateArrival,
  tellStopMissed,
  tellWrong,
  topupDeadlines,
} from '../delivery/topup/jobs.ts';
import { parcelDeadlines, parcelReactions, parcelTimers, tellToSend } from '../delivery/parcel/jobs.ts';
import { lapseOrders, markLateLines, refundLateLines, releaseOrders, remindShops } from '../delivery/jobs.ts';
import { tellCorrected, tellDelivered, tellDue, tellLate, tellUnaccepted } from '../delivery/line.jobs.ts';
import { sweep as sweepIdentity } from '../identity/jobs.ts';
import {
  sweepInventory,
  tellDuplicatesMet,
  tellImported,
  tellKeysExpired,
  tellStockLow,
} from '../inventory/jobs.ts';
import { scanAgain, sweepBlobs } from '../kit/blob.ts';
import { tellNewDevice, tellRulesChanged } from '../notifications/jobs.ts';
import { tellMoved } from '../orders/moved.jobs.ts';
import { remindOfClocks } from '../orders/reminders.jobs.ts';
import {
  tellCancelled,
  tellCompleted,
  tellPurchased,
  tellRefunded,
  tellSettled,
  tellUnserved,
} from '../orders/jobs.ts';
import { sweepMessages, tellLured, tellMessages, tellUnanswered } from '../messaging/jobs.ts';
import { publishAfterClosing } from '../aftersales/precedents/jobs.ts';
import { askAfterClosing } from '../aftersales/survey/jobs.ts';
import { complaintTimers } from '../payments/complaint/jobs.ts';
import { onPaymentNews, paymentTimers } from '../payments/jobs.ts';
import { recordFacts } from '../evidence/facts.jobs.ts';
import { riskDeadlines } from '../risk/jobs.ts';
import { moveDeadlinesOn, rulesTakeEffect } from '../rules/jobs.ts';
import { supplyTimers } from '../supply/jobs.ts';
import type { DeadlineTable } from './sweep.ts';
import { oneByOne, together, type ReactionTable } from './pump.ts';
import type { Timer } from './worker.ts';

// The only file that looks upwards: what follows from what, what happens when a deadline has come, and what runs by itself.
// Everything here may run twice for one cause, so each entry is safe to repeat.

/** Event → what happens because of it, in this order. */
export const reactions: ReactionTable = {
  'platform.fact': [recordFacts],
  'rules.changed': [tellRulesChanged],
  'deadline.moved': [tellMoved, followMovedCases],
  'risk.velocity': [followReview],
  'delivery.due': [watchPurchases, issueDue, beginPaidTopups, grantDue, deliverPaid, tellDue, tellToSend],
  'delivery.issuer_answered': [tellIssuerAnswered, payFirstVerified],
  'delivery.cancel_asked': [askTopupsBack],
  'supply.changed': [followSuppliers],
  'topup.held': [tellHeld],
  'topup.wrong': [tellWrong],
  'topup.late': [tellLateArrival],
  'topup.stop_missed': [tellStopMissed],
  'identity.new_device': [tellNewDevice],
  'inventory.duplicates_met': [tellDuplicatesMet],
  'inventory.imported': [tellImported],
  'inventory.keys_expired': [tellKeysExpired],
  'inventory.stock_low': [tellStockLow],
  'message.sent': [tellMessages, noteAdditions],
  'message.lured': [tellLured, noteLures],
  'message.unanswered': [tellUnanswered],
  'order.purchased': [holdSold, watchPurchases, tellPurchased],
  'delivery.unaccepted': [tellUnaccepted],
  'delivery.late': [tellLate],
  'delivery.corrected': [tellCorrected],
  'order.delivered': [tellDelivered],
  'order.completed': [sealCompleted, tellCompleted],
  'order.settled': [tellSettled, noteAdditions, collectOwed, measureShops],
  'order.cancelled': [tellCancelled],
  'order.unserved': [tellUnserved],
  'order.held': [followHolds, suspendHeld],
  'order.refunded': [
    sealCompleted,
    tellRefunded,
    suspendRefunded,
    endRefunded,
    endRefundedDownloads,
    abandonRefundedTopups,
  ],
  'payment.received': [oneByOne(onPaymentNews)],
  'payment.closed': [oneByOne(onPaymentNews)],
  ...depositReactions,
  ...downloadReactions,
  ...parcelReactions,
  'download.dead': [...downloadReactions['download.dead'], payFirstDead],
  ...together(together(caseReactions, watchReactions), {
    'case.close': [askAfterClosing, publishAfterClosing],
  }),
  ...outsideReactions,
  ...riskReactions,
  ...healthReactions,
};

/** Kind of deadline → what happens when it has come. */
export const deadlines: DeadlineTable = {
  'rules.take_effect': rulesTakeEffect,
  'order.expire': expireOrders,
  'order.confirm': lapseOrders,
  'order.release': releaseOrders,
  'message.demand': lapseDemanded,
  'delivery.accept': remindShops,
  'delivery.late': markLateLines,
  'delivery.undelivered': refundLateLines,
  'archive.seal': sealLater,
  ...caseDeadlineActions,
  ...depositDeadlines,
  ...outsideDeadlines,
  ...tribunalDeadlines,
  ...riskDeadlines,
  ...downloadDeadlines,
  ...parcelDeadlines,
  ...topupDeadlines,
  ...membershipDeadlines,
};

/** What runs again and again. */
export const timers: readonly Timer[] = [
  { name: 'deadlines moved', every_ms: 5_000, afterMove: true, run: moveDeadlinesOn },
  { name: 'reminders of clocks', every_ms: 60_000, afterMove: true, run: remindOfClocks },
  { name: 'reminders of seats', every_ms: 60_000, afterMove: true, run: remindSeats },
  { name: 'identity sweep', every_ms: 3_600_000, run: sweepIdentity },
  { name: 'tribunal draws', every_ms: 1_000, run: drawTribunals },
  { name: 'message sweep', every_ms: 600_000, run: sweepMessages },
  { name: 'inventory sweep', every_ms: 60_000, afterMove: true, run: sweepInventory },
  { name: 'blob sweep', every_ms: 3_600_000, run: sweepBlobs },
  { name: 'scanning again', every_ms: 600_000, run: scanAgain },
  ...recordingTimers,
  ...downloadTimers,
  ...parcelTimers,
  ...issuerTimers,
  ...healthTimers,
  ...watchTimers,
  ...paymentTimers,
  ...complaintTimers,
  ...supplyTimers,
  ...communityTimers,
];
