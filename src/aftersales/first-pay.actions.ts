import type { Delivered } from '../kit/outbox.ts';
import { plus } from '../kit/time.ts';
import { transaction, type Db, type Tx } from '../kit/tx.ts';
import { askIssuerFor, issuerAnswersOf } from '../delivery/issuer/actions.ts';
import { issuersOf } from '../delivery/issuer/issuers.actions.ts';
import { decideFirstPay } from './first-pay.rules.ts';
import { holdCases, refundable, type File } from './held.actions.ts';
import type { Move } from './rules.ts';
import { paidFirstTo } from './store.ts';
import { casesOf } from './views.ts';

const unitsOf = ({ case: one }: File) =>
  one.places.map((place) => ({
    shopId: one.shopId,
    orderId: one.orderId,
    unit: { line: one.line, place },
  }));

/** Whether a locked case is paid first now, by what its issuers have answered so far. */
export async function firstPayOf(tx: Tx, file: File): Promise<Move | undefined> {
  const answers = await issuerAnswersOf(tx, unitsOf(file));
  const since = plus(tx.business, { hours: -24 });
  const [today] = await paidFirstTo(tx, { buyerId: file.case.buyerId, since });
  const decided = decideFirstPay({
    case: file.case,
    usages: answers.map((answer) => answer?.usage ?? null),
    refundable: refundable(file),
    now: tx.business,
    today: today ?? { sum: file.case.asked, count: 0 },
  });
  return typeof decided === 'string' ? undefined : decided;
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

/** delivery.issuer_answered: an open case about these orders is paid at once where the answer proves it (F102, F131). */
export const payVerified =
  (apply: Apply) =>
  async (db: Db, news: readonly Delivered[]): Promise<void> => {
    for (const { body } of news)
      for (const [i, orderId] of body.about.entries())
        await transaction(db, async (tx) => {
          const rows = await casesOf(tx, { shopId: body.shops[i] ?? '', viewerOrder: orderId });
          const open = rows.filter((one) => one.state === 'negotiation').map((one) => one.id);
          for (const id of open) {
            const file = (await holdCases(tx, [id])).get(id);
            const move = file && (await firstPayOf(tx, file));
            if (file && move) await apply(tx, file, move);
          }
        });
  };
