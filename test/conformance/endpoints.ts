import { z } from 'zod';
import { routesOf } from '../../src/app/api.ts';
import { workTables } from '../../src/app/worker.ts';
import type { EndpointMeta } from '../../src/kit/endpoint.ts';
import { encodeId, type IdKind } from '../../src/kit/public-id.ts';
import { aListing } from '../listings.ts';

export type Field = {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Field;
  readonly properties?: Readonly<Record<string, Field>>;
};
/** A route as its contract declares it. */
export type Endpoint = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly meta: EndpointMeta;
  readonly fields: Readonly<Record<string, Field>>;
  readonly required: readonly string[];
  /** The fields that name a thing, and of which kind. */
  readonly ids: Readonly<Record<string, IdKind>>;
};

const kindOf: Readonly<Record<string, IdKind>> = {
  shopId: 'shop',
  listingId: 'listing',
  variantId: 'variant',
  orderId: 'order',
  paymentId: 'payment',
  importId: 'import',
  batchId: 'batch',
  sessionId: 'session',
  keyId: 'key',
  exceptionId: 'exception',
  supplierId: 'supplier',
  attemptId: 'attempt',
  messageIds: 'message',
  caseId: 'case',
  attachmentId: 'attachment',
  categoryId: 'category',
  membershipId: 'membership',
  licenceId: 'licence',
  machineId: 'machine',
  measureId: 'measure',
  ticketId: 'ticket',
  groupId: 'caseGroup',
  recordingId: 'recording',
  unsealingId: 'unsealing',
  fileId: 'exhibitFile',
  recordId: 'externalRecord',
  holdId: 'legalHold',
  requestId: 'lawfulRequest',
};

/** Every route of the program, from the router itself: a new one is tested without anybody thinking of it. */
export function allEndpoints(): Endpoint[] {
  const router = routesOf({ db: {} as never, log: {} as never, tables: workTables });
  return Object.entries(router).flatMap(([domain, routes]) =>
    Object.entries(routes as Record<string, { '~orpc': Declared }>).map(([name, procedure]) => {
      const { meta, route, inputSchema } = procedure['~orpc'];
      const shape = z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }) as unknown as {
        properties?: Record<string, Field>;
        required?: string[];
      };
      const fields = shape.properties ?? {};
      const ids = Object.fromEntries(
        Object.keys(fields).flatMap((field) => (kindOf[field] ? [[field, kindOf[field]] as const] : [])),
      );
      return { name: `${domain}.${name}`, ...route, meta, fields, required: shape.required ?? [], ids };
    }),
  );
}
type Declared = { meta: EndpointMeta; route: { method: string; path: string }; inputSchema: z.ZodType };

// What a field may hold where its type alone does not say it.
const samples: Readonly<Record<string, unknown>> = {
  login: 'somebody@example.com',
  password: 'long enough 7413',
  newPassword: 'long enough 7414',
  name: 'Lin',
  token: 'a'.repeat(43),
  scopes: ['orders:read'],
  content: aListing(),
  amount: '1000',
  total: '9750',
  channel: 'sandbox',
  unit: '1-1',
  typed: 'AAAA-1',
  orderPassword: 'seven words long',
  after: 1,
  seq: 1,
  alarmAt: 3,
  minutes: 1,
  version: '1.0.0',
  no: '1',
  param: 'autoConfirm',
  startAt: '2026-11-20T04:00:00.000Z',
  slug: 'cards',
  note: 'looked at it',
  text: 'AAAA-1',
  q: 'card',
  proof: 'x',
  leaf: 'x',
  acknowledgements: [{ name: 'aftersales', hash: 'x' }],
  items: [{ variantId: encodeId('variant', '01900000-0000-7000-8000-00000000c001'), quantity: 1 }],
  decision: 'refund',
  orderIds: [encodeId('order', '01900000-0000-7000-8000-00000000c002')],
  caseIds: [encodeId('case', '01900000-0000-7000-8000-00000000c003')],
  summary: '卡密首次输入就不能用，商家当天同意并全额退回。',
  units: [{ content: 'what is delivered' }],
  places: [1],
  occurredAt: '2026-11-20T04:00:00.000Z',
  symptom: 'it says no such code',
  triedSteps: 'tried three times',
  exhibit: { kind: 'other', text: 'what it says' },
  declared: true,
  reference: 'R-1',
  kinds: ['other'],
  facts: 'what was found in this case',
  weighing: 'how the evidence was weighed',
  reasons: 'who answers for it and why',
  articles: ['5'],
  liability: { merchant: 100, buyer: 0, platform: 0 },
  effectiveOn: '2027-06-01',
  written: {
    title: { zh: '题目', en: 'Title' },
    bold: false,
    text: '条文',
    plain: { zh: '白话', en: 'Plain words' },
    params: [],
    law: [],
  },
  because: { zh: '为什么', en: 'Because' },
  calendar: 'cn-2027.1',
  year: 2027,
  source: 'a notice',
  fromAt: '2026-11-20T04:00:00.000Z',
  toAt: '2026-11-20T05:00:00.000Z',
  why: 'because of the law',
  says: 'what the case has shown about it',
  signals: ['01900000-0000-7000-8000-00000000c001'],
  event: 'close',
  from: '1.0.0',
  sha256: '0'.repeat(64),
  url: 'https://pan.example/s/1',
  slotAt: '2026-11-23T02:00:00.000Z',
  claimNo: 'SF-1',
  title: { zh: '题目', en: 'Title' },
  lead: { zh: '一句话', en: 'A sentence' },
  body: { zh: '正文写在这里，至少十个字。', en: 'The text stands here.' },
  node: {
    kind: 'end',
    id: 'sample_end',
    end: 'chat',
    text: { zh: '先问商家', en: 'Ask the shop first' },
    reason: null,
  },
  nodeId: 'sample_end',
  seat: '0'.repeat(16),
  commitment: '0'.repeat(64),
  nonce: 'a-nonce-of-tests-0',
  step: 'symptom',
  answer: 'other',
  documentHash: '0'.repeat(64),
  until: '2027-06-01T00:00:00.000Z',
  dueAt: '2027-06-01T00:00:00.000Z',
  filedAt: '2026-11-20T04:00:00.000Z',
  half: '2026-H2',
  site: 'https://shop.example',
  phone: '13800138000',
  email: 'somebody@example.com',
};

/** A valid value for a field. */
export function sampleOf(name: string, field: Field): unknown {
  // A name may stand for one of a list here and for something else there.
  if (field.enum) return field.enum.includes(samples[name]) ? samples[name] : field.enum[0];
  if (name in samples) return samples[name];
  if (field.format === 'binary') return new File(['x'], 'a.txt');
  if (field.type === 'integer' || field.type === 'number') return 1;
  if (field.type === 'boolean') return false;
  if (field.type === 'array') return [];
  if (field.type === 'object') return {};
  return 'x';
}

export type Sent = { readonly url: string; readonly init: RequestInit };

/** The request for an input: what the path names goes there, the rest into the query or the body. */
export function requestFor(
  endpoint: Endpoint,
  input: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>>,
): Sent {
  const rest = { ...input };
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const url = `/api/v1${path}`;
  const keyed = endpoint.meta.keyed ? { 'idempotency-key': `key-${(keys += 1)}` } : {};
  if (endpoint.method === 'GET') {
    const query = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, String(value)]));
    return { url: query.size > 0 ? `${url}?${query}` : url, init: { headers: { ...headers } } };
  }
  if (endpoint.meta.streams) {
    const { file, ...said } = rest;
    const query = new URLSearchParams(Object.entries(said).map(([name, value]) => [name, String(value)]));
    const type = { 'content-type': 'application/octet-stream' };
    return {
      url: `${url}?${query}`,
      init: { method: endpoint.method, headers: { ...type, ...headers }, body: String(file) },
    };
  }
  if (rest['file'] instanceof File) {
    const form = new FormData();
    for (const [name, value] of Object.entries(rest))
      form.set(name, value instanceof File ? value : String(value));
    return { url, init: { method: endpoint.method, headers: { ...keyed, ...headers }, body: form } };
  }
  return {
    url,
    init: {
      method: endpoint.method,
      headers: { 'content-type': 'application/json', ...keyed, ...headers },
      body: JSON.stringify(rest),
    },
  };
}

let keys = 0;

/** What was answered, as text; of a stream of events, which has no end, its beginning. */
export async function textOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}
