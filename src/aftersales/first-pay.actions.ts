import { faultPoint } from '../kit/fault.ts';
import type { Delivered } from '../kit/outbox.ts';
import { plus } from '../kit/time.ts';
import { send, transaction, type Db, type Tx } from '../kit/tx.ts';
import { reachedAt } from '../delivery/delay.rules.ts';
import { askIssuerFor, issuerAnswersOf } from '../delivery/issuer/actions.ts';
import { issuersOf } from '../delivery/issuer/issuers.actions.ts';
import { laterLines } from '../delivery/line.views.ts';
import { unitNamed } from '../delivery/units.actions.ts';
import { restrictionsOf } from '../risk/actions.ts';
import { unrestricted } from '../risk/rules.ts';
import { param } from '../rules/rules.ts';
import {
  decideFirstPay,
  firstPayAmount,
  instrumentOf,
  verify,
  type Facts,
  type Instrument,
  type TakerKind,
  type UnitFacts,
} from './first-pay.rules.ts';
import { insertFirstPayments, lockCounters, takenSince } from './first-pay.store.ts';
import {
  casesOfRelease,
  casesUnreachable,
  devicesOf,
  keysMet,
  openPaidFirst,
  payerOf,
  reachOf,
  shopSilence,
} from './first-pay.views.ts';
import { holdCases, keptByLaw, refundable, type File } from './held.actions.ts';
import type { Move } from './rules.ts';
import { casesOf } from './views.ts';

const unitsOf = ({ case: one }: File) =>
  one.places.map((place) => ({
    shopId: one.shopId,
    orderId: one.orderId,
    unit: { line: one.line, place },
  }));

/** What machines know of the affected units of a locked case. */
async function factsOf(tx: Tx, file: File): Promise<Facts> {
  const { case: one } = file;
  const key = { shopId: one.shopId, viewerOrder: one.orderId };
  // Only what the reason asks about is looked at: a shop's silence is a question about all that it ever did.
  const [download, later, shop] = await Promise.all([
    one.reason === 'NO_DOWNLOAD' ? reachOf(tx, { ...key, line: one.line }) : [],
    laterLines(tx, key),
    one.reason === 'MERCHANT_UNREACHABLE'
      ? shopSilence(tx, {
          shopId: one.shopId,
          since: plus(tx.business, { hours: -param(one.rulebook, 'UNREACHABLE_SILENT') }),
          viewerCase: one.id,
        })
      : [],
  ]);
  const line = later.find((row) => row.line === one.line);
  return {
    units: await unitFacts(tx, file),
    download: download[0] ?? null,
    line: line ? { ...line, deliveredAt: line.deliveredAt && reachedAt(line), total: file.line.total } : null,
    shop: shop[0] ?? { lastActAt: tx.business, openedAt: tx.business, missed: 0 },
  };
}

async function unitFacts(tx: Tx, file: File): Promise<UnitFacts[]> {
  const { case: one, line, held } = file;
  const numbers = one.places.flatMap((place) => line.numbers[place - 1] ?? []);
  const [answers, met] = await Promise.all([
    issuerAnswersOf(tx, unitsOf(file)),
    numbers.length > 0
      ? keysMet(tx, { shopId: one.shopId, poolId: line.poolId, numbers, viewerCase: one.id })
      : [],
  ]);
  return one.places.map((place, i) => ({
    usage: answers[i]?.usage ?? null,
    revealedAt: unitNamed(held, { line: line.number, place })?.unit?.revealedAt ?? null,
    metAt: met.find((row) => row.number === line.numbers[place - 1])?.metAt ?? null,
  }));
}

/** An order that nobody looked at from a known device has none to count. */
const noDevice = /^0*$/;

/** For whom a payment counts: the buyer, the devices that had the goods, what paid, and the platform. */
async function takersOf(tx: Tx, { case: one }: File, instrument: Instrument) {
  const devices = await devicesOf(tx, { shopId: one.shopId, viewerOrder: one.orderId });
  const takers: { kind: TakerKind; key: string }[] = [
    { kind: 'all', key: '' },
    { kind: 'identity', key: one.buyerId },
    { kind: 'instrument', key: instrument.key },
    ...devices
      .filter(({ device }) => !noDevice.test(device))
      .map(({ device }) => ({ kind: 'device' as const, key: device })),
  ];
  return { kinds: takers.map((one) => one.kind), keys: takers.map((one) => one.key) };
}

/**
 * Whether a locked case is paid first now, by what machines have verified so far; what it takes of the caps is written with it, so the caller
 * applies the move. The counters are locked: two cases of one person at the same moment are counted one after the other.
 */
export async function firstPayOf(tx: Tx, file: File): Promise<Move | undefined> {
  const { case: one } = file;
  if (one.state !== 'negotiation' || (await keptByLaw(tx, file, { remedy: 'refund' }))) return undefined;
  const verified = verify(one, await factsOf(tx, file), tx.business);
  const facts = { case: one, verified, refundable: refundable(file), now: tx.business };
  if (!verified || typeof firstPayAmount(facts) === 'string') return undefined;
  const paidBy = file.paymentId ? await payerOf(tx, { paymentId: file.paymentId, viewerCase: one.id }) : [];
  const instrument = instrumentOf(one, file.paymentId, paidBy[0]?.payer);
  const takers = await takersOf(tx, file, instrument);
  await lockCounters(tx, takers);
  const since = plus(tx.business, { hours: -param(one.rulebook, 'FIRST_PAY_WINDOW') });
  const [taken, limits, [open]] = await Promise.all([
    takenSince(tx, { ...takers, since }),
    restrictionsOf(tx, [one.buyerId]),
    openPaidFirst(tx, { viewerId: one.buyerId }),
  ]);
  const decided = decideFirstPay({
    ...facts,
    taken,
    instrument: instrument.known,
    limits: limits.get(one.buyerId) ?? unrestricted,
    openNow: open?.count ?? 0,
  });
  if (typeof decided === 'string' || !decided.award) return undefined;
  send(
    tx,
    insertFirstPayments(tx, {
      ...takers,
      caseId: one.id,
      shopId: one.shopId,
      trigger: verified.trigger,
      amount: decided.award.amount,
      at: tx.business,
    }),
  );
  faultPoint('aftersales.first_pay.after-counted');
  return decided;
}

/** case.file: the issuers of the affected keys are asked at once; asking twice is harmless, and what cannot be asked is not. */
export async function askAboutCases(db: Db, news: readonly Delivered[]): Promise<void> {
  const issuers = issuersOf(db);
  if (issuers.size === 0) return;
  for (const { body } of news)
    await transaction(db, async (tx) => {
      const files = await holdCases(tx, body.about);
      const asked = [...files.values()].filter(
        ({ case: one }) => one.reason === 'CARD_USED' || one.reason === 'CARD_INVALID',
      );
      await askIssuerFor(tx, asked.flatMap(unitsOf), issuers);
    });
}

type Apply = (tx: Tx, file: File, move: Move) => Promise<void>;
type About = Delivered['body'];
/** Which open cases a piece of news may be about. */
type Which = (tx: Tx, body: About, shopId: string, i: number) => Promise<readonly string[]>;

const payVerified =
  (which: Which) =>
  (apply: Apply) =>
  async (db: Db, news: readonly Delivered[]): Promise<void> => {
    for (const { body } of news)
      for (const [i, shopId] of body.shops.entries())
        await transaction(db, async (tx) => {
          for (const id of await which(tx, body, shopId, i)) {
            const file = (await holdCases(tx, [id])).get(id);
            const move = file && (await firstPayOf(tx, file));
            if (file && move) await apply(tx, file, move);
          }
        });
  };
const idsOf = (rows: readonly { id: string }[]): string[] => rows.map((one) => one.id);

/** delivery.issuer_answered: an open case about these orders is paid at once where the answer proves it (F102, F131). */
export const payIssuerProved = payVerified(async (tx, body, shopId, i) => {
  const rows = await casesOf(tx, { shopId, viewerOrder: body.about[i] ?? '' });
  return idsOf(rows.filter((one) => one.state === 'negotiation'));
});
/** download.dead: whoever was given this address and complained of it. */
export const payDeadLinks = payVerified(async (tx, body, shopId, i) =>
  idsOf(await casesOfRelease(tx, { shopId, releaseId: body.about[i] ?? '', viewerStaff: true })),
);
/** case.silence_*: a shop that let one more limit run out may have become one that cannot be reached. */
export const payUnreachable = payVerified(async (tx, _, shopId) =>
  idsOf(await casesUnreachable(tx, { shopId, viewerStaff: true })),
);
