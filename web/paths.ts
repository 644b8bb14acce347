// Every address of a page, in one place. Ids are public ids (lst_…, shp_…). Nothing else builds a page's URL.

const part = encodeURIComponent;
type Query = Readonly<Record<string, string | number | undefined>>;

/** An address with the values of a query that are there; an empty one is left out, so that filters make short URLs. */
export function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return pairs.length
    ? `${path}?${pairs.map(([name, value]) => `${part(name)}=${part(String(value))}`).join('&')}`
    : path;
}

export const paths = {
  home: () => '/',
  category: (slug: string) => `/c/${part(slug)}`,
  search: (q?: string) => withQuery('/search', { q }),
  listing: (listingId: string, variantId?: string) =>
    withQuery(`/g/${part(listingId)}`, { variant: variantId }),
  shop: (shopId: string) => `/s/${part(shopId)}`,

  checkout: (variantId: string, quantity?: number) => withQuery(`/checkout/${part(variantId)}`, { quantity }),
  payment: (paymentId: string) => `/pay/${part(paymentId)}`,
  orders: () => '/orders',
  order: (orderId: string) => `/orders/${part(orderId)}`,
  /** Where the forms of a top-up's panel go. */
  orderTopup: (orderId: string) => `/orders/${part(orderId)}/topup`,
  /** Where the forms about a parcel go. */
  orderParcel: (orderId: string) => `/orders/${part(orderId)}/parcel`,
  /** Where the buttons of a download are posted to. */
  orderDownload: (orderId: string) => `/orders/${part(orderId)}/download`,
  keyFile: (orderId: string) => `/orders/${part(orderId)}/key-file`,
  receipt: (orderId: string, seq: number) => `/orders/${part(orderId)}/receipts/${seq}`,
  claim: (orderId: string, unit?: string) => withQuery(`/orders/${part(orderId)}/claim`, { unit }),
  diagnosis: (orderId: string, unit?: string) => withQuery(`/orders/${part(orderId)}/diagnosis`, { unit }),
  cases: () => '/cases',
  case: (caseId: string) => `/cases/${part(caseId)}`,
  exhibit: (caseId: string, number: number) => `/cases/${part(caseId)}/exhibits/${number}`,
  /** The panel and the jury of a case, with what a party can do about them. */
  caseHearing: (caseId: string) => `/cases/${part(caseId)}/hearing`,
  jury: () => '/jury',
  juryCase: (caseId: string) => `/jury/${part(caseId)}`,
  outside: (orderId: string) => `/orders/${part(orderId)}/outside`,
  outsidePack: (orderId: string) => `/orders/${part(orderId)}/outside/pack`,
  provenanceTag: (orderId: string, unit: string) => `/orders/${part(orderId)}/provenance/${part(unit)}`,
  bundle: (orderId: string) => `/api/v1/orders/${part(orderId)}/evidence-bundle.zip`,
  voucher: (orderId: string, kind: 'order' | 'payment') =>
    `/api/v1/orders/${part(orderId)}/vouchers/${kind}?format=pdf`,
  voucherCheck: () => '/verify/voucher',
  authority: () => '/authority',
  authorityFile: () => '/authority/file',
  findOrder: () => '/find-order',
  messages: () => '/messages',
  conversations: () => '/conversations',
  /** The conversation of an order, at its newest words. */
  conversation: (orderId: string) => `/orders/${part(orderId)}/chat#end`,
  conversationPage: (orderId: string) => `/orders/${part(orderId)}/chat`,

  login: (next?: string) => withQuery('/login', { next }),
  register: (next?: string) => withQuery('/register', { next }),
  logout: () => '/logout',
  account: () => '/account',
  wallet: () => '/account/wallet',
  memberships: () => '/account/memberships',
  measures: () => '/account/measures',
  penalties: () => '/penalties',
  /** My licences and devices, or those of one order. */
  licences: (order?: string, more: Query = {}) => withQuery('/account/licences', { order, ...more }),
  licenceFile: () => '/account/licences/file',

  rules: () => '/rules',
  /** The article in the version that the order pinned; without a version, the one in force. */
  article: (number: number | string, version?: string) =>
    withQuery(`/rules/${part(String(number))}`, { version }),
  rulesVersion: (version: string) => withQuery('/rules', { version }),
  rulesVersions: () => '/rules/versions',
  rulesChanges: (to: string, from: string | null) => withQuery('/rules/changes', { to, from: from ?? '' }),
  rulesPrint: (version: string) => withQuery('/rules/print', { version }),
  rulesComments: (version: string) => withQuery('/rules/comments', { version }),
  rulesCalendar: () => '/rules/calendar',
  /** A file of the api, as a link. */
  rulesFile: (version: string, format: 'md' | 'json') =>
    withQuery(`/api/v1/rules/${part(version)}/file`, { format }),
  help: (query: Query = {}) => withQuery('/help', query),
  guide: (slug: string) => `/help/${part(slug)}`,
  callback: (order?: string) => withQuery('/help/call', { order }),
  learn: () => '/learn',
  lesson: (slug: string) => `/learn/${part(slug)}`,
  quiz: () => '/learn/quiz',
  /** The map of what can happen; with an order or a case, where that one stands. */
  rulesMap: (query: Query = {}) => withQuery('/rules/map', query),
  myData: () => '/account/data',
  myDataFile: () => '/account/data/file',
  verify: () => '/verify',
  precedents: (query: Query = {}) => withQuery('/precedents', query),
  precedent: (number: number) => `/precedents/${number}`,
  trust: (quarter?: string) => (quarter ? `/trust/${part(quarter)}` : '/trust'),
  status: () => '/status',

  merchant: (query: Query = {}) => withQuery('/merchant', query),
  /** Where the choice among several shops goes. */
  merchantShop: () => '/merchant/shop',
  merchantDeliveries: () => '/merchant/deliveries',
  merchantDelivery: (orderId: string) => `/merchant/deliveries/${part(orderId)}`,
  merchantParcels: () => '/merchant/parcels',
  merchantParcel: (orderId: string) => `/merchant/parcels/${part(orderId)}`,
  merchantPromises: () => '/merchant/promises',
  merchantOrders: () => '/merchant/orders',
  merchantOrder: (orderId: string) => `/merchant/orders/${part(orderId)}`,
  merchantListings: () => '/merchant/listings',
  merchantListing: (listingId: string) => `/merchant/listings/${part(listingId)}`,
  merchantNewListing: () => '/merchant/listings/new',
  merchantStock: () => '/merchant/stock',
  /** The stock of one variant. Messages link here with the id of its pool, pages with that of the variant. */
  merchantPool: (id: string) => `/merchant/stock/${part(id)}`,
  merchantImport: (variantId?: string) => withQuery('/merchant/import', { variant: variantId }),
  merchantImportReport: (importId: string) => `/merchant/import/${part(importId)}`,
  merchantRejects: (importId: string) => `/merchant/import/${part(importId)}/rejects`,
  merchantSupply: (query: Query = {}) => withQuery('/merchant/supply', query),
  merchantAttempt: (attemptId: string) => `/merchant/supply/${part(attemptId)}`,
  merchantSuppliers: (query: Query = {}) => withQuery('/merchant/suppliers', query),
  merchantDownloads: () => '/merchant/downloads',
  merchantDownload: (listingId: string) => `/merchant/downloads/${part(listingId)}`,
  merchantComplaints: () => '/merchant/complaints',
  merchantCases: (query: Query = {}) => withQuery('/merchant/cases', query),
  merchantAgreement: () => '/merchant/cases/agreement',
  merchantCase: (caseId: string) => `/merchant/cases/${part(caseId)}`,
  merchantExhibit: (caseId: string, number: number) => `/merchant/cases/${part(caseId)}/exhibits/${number}`,
  merchantMeasures: () => '/merchant/measures',
  merchantDeposit: () => '/merchant/deposit',
  merchantHearing: (caseId: string) => `/merchant/cases/${part(caseId)}/hearing`,
  merchantMoney: () => '/merchant/money',
  merchantMembers: () => '/merchant/members',
  merchantLicences: () => '/merchant/licences',
  merchantLicence: (licenceId: string) => `/merchant/licences/${part(licenceId)}`,
  merchantLicenceGuide: () => '/merchant/licences/guide',
  merchantMessages: (all = false) => withQuery('/merchant/messages', { all: all ? 1 : undefined }),
  merchantConversation: (orderId: string) => `/merchant/messages/${part(orderId)}`,
  merchantQuickReplies: () => '/merchant/quick-replies',

  operator: () => '/operator',
  operatorComplaints: () => '/operator/complaints',
  operatorLawful: () => '/operator/lawful',
  identityReport: (half: string) => `/api/v1/merchant-identity-reports/${part(half)}?format=csv`,
  operatorCases: (query: Query = {}) => withQuery('/operator/cases', query),
  operatorCase: (caseId: string) => `/operator/cases/${part(caseId)}`,
  operatorExhibit: (caseId: string, number: number) => `/operator/cases/${part(caseId)}/exhibits/${number}`,
  operatorKeys: (caseId: string) => `/operator/cases/${part(caseId)}/keys`,
  operatorRisk: () => '/operator/risk',
  operatorDeposits: () => '/operator/deposits',
  operatorRiskSubject: (side: 'buyer' | 'merchant', subjectId: string) =>
    `/operator/risk/${side}/${part(subjectId)}`,
  operatorHearing: (caseId: string) => `/operator/cases/${part(caseId)}/hearing`,
  operatorGroups: () => '/operator/groups',
  operatorGroup: (groupId: string) => `/operator/groups/${part(groupId)}`,
  operatorQuality: () => '/operator/quality',
  operatorPayments: () => '/operator/payments',
  operatorMessages: () => '/operator/messages',
  operatorConversation: (orderId: string) => `/operator/messages/${part(orderId)}`,
  operatorTime: () => '/operator/time',
  operatorHelp: () => '/operator/help',
  operatorGuide: (slug: string) => `/operator/help/${part(slug)}`,
  operatorCalls: () => '/operator/calls',
  operatorDeadlines: () => '/operator/deadlines',
  operatorDeadlinesOf: (what: string, after?: string) =>
    withQuery(`/operator/deadlines/${part(what)}`, { after }),
  operatorRules: () => '/operator/rules',
  operatorRulebook: (version: string) => `/operator/rules/${part(version)}`,
  operatorArticle: (version: string, no: string) => `/operator/rules/${part(version)}/articles/${part(no)}`,
  operatorComments: (version: string) => `/operator/rules/${part(version)}/comments`,
  operatorCalendar: () => '/operator/calendar',
  operatorTrees: () => '/operator/diagnosis',
  operatorTree: (goods: string, version: number, done?: string) =>
    withQuery(`/operator/diagnosis/${part(goods)}/${version}`, { done }),
  operatorTreeNode: (goods: string, version: number, node: string, kind?: 'step' | 'end') =>
    withQuery(`/operator/diagnosis/${part(goods)}/${version}/${part(node)}`, { kind }),
} as const;

/** Where a login may send somebody afterwards: a path of ours, never another host. */
export function safeNext(next: string | null | undefined): string {
  if (!next || !next.startsWith('/') || next.startsWith('//') || next.includes('\\')) return paths.home();
  return next;
}
