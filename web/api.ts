import type { ContractRouterClient, InferContractRouterOutputs } from '@orpc/contract';
import type { caseContract } from '../src/aftersales/contract.ts';
import type { groupContract } from '../src/aftersales/batch/contract.ts';
import type { juryContract } from '../src/aftersales/jury/contract.ts';
import type { panelContract } from '../src/aftersales/panel/contract.ts';
import type { archiveContract } from '../src/aftersales/archive/contract.ts';
import type { recordingContract } from '../src/aftersales/recording/contract.ts';
import type { unsealingContract } from '../src/aftersales/unsealing/contract.ts';
import type { exhibitContract } from '../src/aftersales/exhibits/contract.ts';
import type { bundleContract } from '../src/aftersales/outside/bundle.contract.ts';
import type { complaintContract } from '../src/aftersales/outside/complaint.contract.ts';
import type { lawfulContract } from '../src/aftersales/outside/lawful.contract.ts';
import type { packContract } from '../src/aftersales/outside/pack.contract.ts';
import type { deskContract } from '../src/aftersales/desk.contract.ts';
import type { diagnosisContract, treesContract } from '../src/aftersales/diagnosis/contract.ts';
import type { bulkContract } from '../src/aftersales/bulk/contract.ts';
import type { toldContract } from '../src/aftersales/told/contract.ts';
import type { precedentDeskContract, precedentsContract } from '../src/aftersales/precedents/contract.ts';
import type { surveyContract, surveyDeskContract } from '../src/aftersales/survey/contract.ts';
import type { trustContract } from '../src/analytics/trust/contract.ts';
import type { queueContract } from '../src/aftersales/queue/contract.ts';
import type { ticketContract } from '../src/aftersales/ticket/contract.ts';
import type { callbackContract } from '../src/community/callbacks.contract.ts';
import type { exportContract } from '../src/community/exports.contract.ts';
import type { flowContract } from '../src/community/flow.contract.ts';
import type { guideContract } from '../src/community/guides.contract.ts';
import type { lessonContract } from '../src/community/lessons.contract.ts';
import type { analyticsContract } from '../src/analytics/contract.ts';
import type { clockContract } from '../src/app/clock.contract.ts';
import type { workContract } from '../src/app/work.contract.ts';
import type { catalogContract } from '../src/catalog/contract.ts';
import type { voucherContract } from '../src/checkout/voucher/contract.ts';
import type { provenanceContract } from '../src/delivery/provenance/contract.ts';
import type { checkoutContract } from '../src/checkout/contract.ts';
import type { orderPage } from '../src/checkout/order-page.contract.ts';
import type { checkContract } from '../src/delivery/check/contract.ts';
import type { membershipContract } from '../src/delivery/membership/contract.ts';
import type { helpContract } from '../src/delivery/help/contract.ts';
import type { issuerContract } from '../src/delivery/issuer/contract.ts';
import type { deliveryContract } from '../src/delivery/contract.ts';
import type { parcelContract } from '../src/delivery/parcel/contract.ts';
import type { downloadContract } from '../src/delivery/download/contract.ts';
import type { licenceContract } from '../src/delivery/licence/contract.ts';
import type { lineContract } from '../src/delivery/line.contract.ts';
import type { manualContract } from '../src/delivery/manual/contract.ts';
import type { topupContract } from '../src/delivery/topup/contract.ts';
import type { evidenceContract } from '../src/evidence/contract.ts';
import type { identityContract } from '../src/identity/contract.ts';
import type { ledgerContract } from '../src/ledger/contract.ts';
import type { inventoryContract } from '../src/inventory/contract.ts';
import type { identityOfShopContract } from '../src/merchants/identity.contract.ts';
import type { merchantsContract } from '../src/merchants/contract.ts';
import type { messagingContract } from '../src/messaging/contract.ts';
import type { notificationsContract } from '../src/notifications/contract.ts';
import type { caseExplanationContract } from '../src/aftersales/explanation.contract.ts';
import type { orderContract } from '../src/orders/contract.ts';
import type { explanationContract } from '../src/orders/explanation.contract.ts';
import type { guestOrderContract } from '../src/orders/guest.contract.ts';
import type { paymentContract } from '../src/payments/contract.ts';
import type { calendarContract } from '../src/rules/calendar.contract.ts';
import type { commentsContract } from '../src/rules/comments.contract.ts';
import type { purchaseWatchContract } from '../src/checkout/watch/contract.ts';
import type { depositContract } from '../src/aftersales/deposit/contract.ts';
import type { watchContract } from '../src/aftersales/watch/contract.ts';
import type { riskContract } from '../src/risk/contract.ts';
import type { rulesContract } from '../src/rules/contract.ts';
import type { editorContract } from '../src/rules/editor.contract.ts';
import type { supplyContract } from '../src/supply/contract.ts';
import type { storefrontContract } from '../src/inventory/storefront.contract.ts';

// The api as pages see it: contracts only, by the names under which src/app/api.ts puts the domains together.
type Contracts = {
  cases: typeof caseContract &
    typeof bulkContract &
    typeof toldContract &
    typeof surveyContract &
    typeof caseExplanationContract;
  diagnosis: typeof diagnosisContract & typeof treesContract;
  recordings: typeof recordingContract;
  exhibits: typeof exhibitContract & typeof archiveContract & typeof unsealingContract;
  outside: typeof packContract & typeof bundleContract & typeof complaintContract & typeof lawfulContract;
  panel: typeof panelContract;
  groups: typeof groupContract;
  jury: typeof juryContract;
  desk: typeof deskContract &
    typeof queueContract &
    typeof ticketContract &
    typeof surveyDeskContract &
    typeof precedentDeskContract;
  precedents: typeof precedentsContract;
  trust: typeof trustContract;
  catalog: typeof catalogContract & typeof storefrontContract;
  identity: typeof identityContract;
  checkout: typeof checkoutContract &
    typeof voucherContract & {
      order: typeof orderPage;
      cancelSealed: typeof deliveryContract.cancelSealed;
    };
  orders: typeof orderContract & typeof guestOrderContract & typeof explanationContract;
  delivery: Omit<typeof deliveryContract, 'cancelSealed'> &
    typeof helpContract &
    typeof checkContract &
    typeof issuerContract &
    typeof lineContract &
    typeof manualContract &
    typeof provenanceContract;
  parcels: typeof parcelContract;
  downloads: typeof downloadContract;
  licences: typeof licenceContract;
  topups: typeof topupContract;
  supply: typeof supplyContract;
  memberships: typeof membershipContract;
  payments: typeof paymentContract;
  ledger: typeof ledgerContract;
  evidence: typeof evidenceContract;
  messaging: typeof messagingContract;
  notifications: typeof notificationsContract;
  rules: typeof rulesContract & typeof calendarContract & typeof commentsContract & typeof editorContract;
  merchants: typeof merchantsContract & typeof identityOfShopContract;
  deposits: typeof depositContract;
  inventory: typeof inventoryContract;
  community: typeof lessonContract &
    typeof guideContract &
    typeof callbackContract &
    typeof flowContract &
    typeof exportContract;
  analytics: typeof analyticsContract;
  risk: typeof riskContract & typeof watchContract & typeof purchaseWatchContract;
  clock: typeof clockContract;
  work: typeof workContract;
};

export type Api = ContractRouterClient<Contracts>;
/** What a route answers: `Answers['catalog']['home']`. */
export type Answers = InferContractRouterOutputs<Contracts>;
