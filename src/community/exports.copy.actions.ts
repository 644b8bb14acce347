import { buffer } from 'node:stream/consumers';
import { toJson } from '../kit/json.ts';
import { encodeId } from '../kit/public-id.ts';
import type { Words } from '../kit/text.ts';
import { beijingText, instant, iso, type Instant } from '../kit/time.ts';
import { reader, type Db, type Reader } from '../kit/tx.ts';
import { zipOf, type ZipFile } from '../kit/zip.ts';
import { exhibitsShown } from '../aftersales/exhibits/views.ts';
import { casesOf, statementsOf, stepsOf as caseStepsOf } from '../aftersales/views.ts';
import { laterLines } from '../delivery/line.views.ts';
import { recordsOf } from '../evidence/bundle.actions.ts';
import { openContact } from '../identity/people.actions.ts';
import { contactsOf, personOf, sessionsOf } from '../identity/views.ts';
import { statementOf } from '../ledger/views.ts';
import { readMessages } from '../messaging/reading.actions.ts';
import { headOf, linesShown, ordersOfBuyer, stepsOf } from '../orders/views.ts';
import { callsOf } from './callbacks.views.ts';
import type { ExportRow } from './exports.actions.ts';
import { readableIndex } from './exports.rules.ts';
import { badgeOf } from './views.ts';

type Whose = Pick<ExportRow, 'userId' | 'buyerIds'>;
type Told = (part: number, parts: number) => Promise<unknown>;
type Order = Awaited<ReturnType<typeof ordersOfBuyer>>[number];
type Sheet = { readonly name: string; readonly what: Words; readonly rows: readonly unknown[] };

const page = 200;

/**
 * Everything about one person as a zip: JSON that programs read and an index that people read (F168). Of others only what they said to this
 * person. Keys are not in it: looking at one is an act of its own, which is recorded.
 */
export async function copyOf(db: Db, whose: Whose, tell: Told): Promise<Buffer> {
  const on = await reader(db);
  const orders = await ordersOf(on, whose);
  const parts = orders.length + 1;
  await tell(0, parts);
  const about: { orders: unknown[]; messages: unknown[]; cases: unknown[]; evidence: unknown[] } = {
    orders: [],
    messages: [],
    cases: [],
    evidence: [],
  };
  for (const [i, order] of orders.entries()) {
    await addOrder(on, whose, order, about);
    if (i % 20 === 19) await tell(i + 1, parts);
  }
  const profile = await profileOf(on, whose);
  const sheets: Sheet[] = [
    {
      name: 'profile.json',
      what: { zh: '账户、联系方式、登录的设备', en: 'Account, contacts, devices' },
      rows: [profile.person],
    },
    { name: 'wallet.json', what: { zh: '钱包流水', en: 'Movements of the wallet' }, rows: profile.wallet },
    {
      name: 'orders.json',
      what: { zh: '订单，含每一步和价格算式', en: 'Orders with their steps and how prices came about' },
      rows: about.orders,
    },
    { name: 'messages.json', what: { zh: '订单里的聊天', en: 'Messages of orders' }, rows: about.messages },
    {
      name: 'cases.json',
      what: { zh: '申诉，含双方陈述和材料', en: 'Cases with statements and exhibits' },
      rows: about.cases,
    },
    { name: 'evidence.json', what: { zh: '证据目录', en: 'Index of evidence' }, rows: about.evidence },
    { name: 'help.json', what: { zh: '回电预约和维权学堂', en: 'Calls and lessons' }, rows: profile.help },
  ];
  const { name } = profile.person;
  const index = readableIndex({
    name,
    at: beijingText(on.business),
    files: sheets.map((sheet) => ({ ...sheet, count: sheet.rows.length })),
  });
  return buffer(zipOf(filesOf(index, sheets), on.wall));
}

async function* filesOf(index: string, sheets: readonly Sheet[]): AsyncGenerator<ZipFile> {
  yield { name: 'index.html', content: Buffer.from(index) };
  for (const { name, rows } of sheets)
    yield { name, content: Buffer.from(JSON.stringify(JSON.parse(toJson(rows)), null, 2)) };
}

async function ordersOf(on: Reader, { buyerIds }: Whose): Promise<Order[]> {
  const all: Order[] = [];
  for (let before: string | null = null; ; before = all.at(-1)?.id ?? null) {
    const rows = await ordersOfBuyer(on, {
      viewerIds: buyerIds,
      before,
      limit: page,
      state: null,
      search: null,
    });
    all.push(...rows);
    if (rows.length < page) return all;
  }
}

async function addOrder(
  on: Reader,
  whose: Whose,
  order: Order,
  about: { orders: unknown[]; messages: unknown[]; cases: unknown[]; evidence: unknown[] },
): Promise<void> {
  const key = { shopId: order.shopId, viewerOrder: order.id };
  const orderId = encodeId('order', order.id);
  const [[head], lines, steps, later, cases, records] = await Promise.all([
    headOf(on, key),
    linesShown(on, key),
    stepsOf(on, key),
    laterLines(on, key),
    casesOf(on, key),
    recordsOf(on, [{ shopId: order.shopId, about: order.id }]),
  ]);
  about.orders.push({
    orderId,
    shop: order.shopName,
    state: order.state,
    total: order.total,
    refunded: order.refunded,
    placedAt: time(order.placedAt),
    paidAt: time(head?.paidAt),
    completedAt: time(head?.completedAt),
    rulebook: head?.rulebook,
    lines: lines.map(({ title, variantName, goods, quantity, price, total, components, number }) => ({
      number,
      title,
      variantName,
      goods,
      quantity,
      price,
      total,
      components,
      delivered: time(later.find((line) => line.line === number)?.deliveredAt),
    })),
    steps: steps.map((step) => ({ ...step, at: time(step.at) })),
  });
  about.evidence.push(
    ...records.map(({ seq, kind, at, commitment, index }) => ({
      orderId,
      seq,
      kind,
      at: time(at),
      commitment,
      index,
    })),
  );
  about.messages.push(...(await messagesWith(on, whose, order)));
  for (const one of cases) about.cases.push(await caseOf(on, one));
}

async function messagesWith(on: Reader, whose: Whose, order: Order): Promise<unknown[]> {
  const seat = { shopId: order.shopId, orderId: order.id, side: 'buyer' as const, userId: whose.userId };
  const all: unknown[] = [];
  for (let after = 0; ;) {
    const { messages } = await readMessages(on, seat, { after, limit: page });
    all.push(
      ...messages.map(({ seq, side, kind, at, text, notice, attachments }) => ({
        orderId: encodeId('order', order.id),
        seq,
        side,
        kind,
        at: time(instant(at)),
        text: text ?? notice,
        attachments: attachments.map(({ name, sha256, size }) => ({ name, sha256, size })),
      })),
    );
    const last = messages.at(-1);
    if (!last || messages.length < page) return all;
    after = last.seq;
  }
}

type CaseRow = Awaited<ReturnType<typeof casesOf>>[number];
async function caseOf(on: Reader, one: CaseRow): Promise<unknown> {
  const key = { shopId: one.shopId, viewerCase: one.id };
  const [statements, exhibits, steps] = await Promise.all([
    statementsOf(on, key),
    exhibitsShown(on, key),
    caseStepsOf(on, key),
  ]);
  return {
    caseId: encodeId('case', one.id),
    orderId: encodeId('order', one.orderId),
    reason: one.reason,
    state: one.state,
    remedy: one.remedy,
    asked: one.asked,
    filedAt: time(one.filedAt),
    endedAt: time(one.endedAt),
    // Who of the staff wrote is their affair; that the staff wrote is said.
    statements: statements.map(({ number, kind, by, body, at }) => ({
      number,
      kind,
      by,
      body,
      at: time(at),
    })),
    // What the other side showed to the platform alone is its own.
    exhibits: exhibits
      .filter(({ audience, by }) => audience === 'parties' || by === 'buyer')
      .map(({ number, by, kind, caption, sha256, at }) => ({
        number,
        by,
        kind,
        caption,
        sha256: sha256.toString('hex'),
        at: time(at),
      })),
    steps: steps.map(({ step, event, state, by, article, at }) => ({
      step,
      event,
      state,
      by,
      article,
      at: time(at),
    })),
  };
}

async function profileOf(on: Reader, whose: Whose) {
  const viewer = { userId: whose.userId };
  const [[person], contacts, sessions, wallet, calls, [badge]] = await Promise.all([
    personOf(on, { viewer }),
    contactsOf(on, { viewer }),
    sessionsOf(on, { viewer, wall: on.wall }),
    walletOf(on, whose),
    callsOf(on, { viewer, limit: 100 }),
    badgeOf(on, { viewer }),
  ]);
  return {
    wallet,
    person: {
      name: person?.name ?? '',
      language: person?.language,
      createdAt: time(person?.createdAt),
      contacts: contacts.map(({ kind, sealed, verifiedAt }) => ({
        kind,
        value: openContact(on.keys, whose.userId, sealed),
        verifiedAt: time(verifiedAt),
      })),
      sessions: sessions.map(({ userAgent, ip, createdAt, seenAt }) => ({
        userAgent,
        ip,
        createdAt: time(createdAt),
        seenAt: time(seenAt),
      })),
    },
    help: [
      ...calls.map(({ slotAt, topic, note, phoneMasked, outcome }) => ({
        call: time(slotAt),
        topic,
        note,
        phone: phoneMasked,
        outcome,
      })),
      ...(badge ? [{ badge: badge.edition, at: time(badge.at), right: badge.right }] : []),
    ],
  };
}

async function walletOf(on: Reader, { userId }: Whose): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let last: Awaited<ReturnType<typeof statementOf>>[number] | undefined; ;) {
    const rows = await statementOf(on, {
      kind: 'wallet',
      viewerId: userId,
      beforeAt: last?.at ?? null,
      beforeKey: last?.key ?? null,
      beforeLeg: last?.leg ?? null,
      limit: page,
    });
    all.push(
      ...rows.map(({ kind, incoming, amount, left, at }) => ({ kind, incoming, amount, left, at: time(at) })),
    );
    last = rows.at(-1);
    if (rows.length < page) return all;
  }
}

const time = (at: Instant | null | undefined): string | null =>
  at === null || at === undefined ? null : iso(at);
