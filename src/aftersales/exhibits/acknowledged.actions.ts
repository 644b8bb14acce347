import { done, refuse, type Result } from '../../kit/result.ts';
import { instant, type Instant } from '../../kit/time.ts';
import { reader, type Db } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { openPayloads } from '../../evidence/reading.actions.ts';
import { seenFrom } from '../actions.ts';
import type { ExhibitRefusal } from './contract.ts';
import { wordsOfTexts } from './views.ts';

type Fixed = {
  readonly at: number | string;
  readonly body: {
    readonly message: {
      readonly language: string;
      readonly texts: readonly { readonly at: string; readonly hash: string; readonly name: string }[];
    };
  };
};
export type Acknowledged = {
  record: number;
  language: string;
  placedAt: Instant;
  texts: {
    name: string;
    title: string;
    text: string;
    article: string;
    hash: string;
    tickedAt: Instant;
  }[];
};

// An order's first record is the one that was written with it.
const first = 1;

/**
 * The texts that a buyer ticked for the order of a case, as its first record fixed them: the hash and the time of the tick from evidence, the
 * words from where they are kept under that hash (F107). For both parties and whoever decides.
 */
export async function acknowledgedIn(
  db: Db,
  viewer: Viewer,
  caseId: string,
): Promise<Result<Acknowledged, ExhibitRefusal>> {
  const on = await reader(db);
  const seen = await seenFrom(on, viewer, caseId);
  if (!seen) return refuse('CASE_NOT_FOUND');
  const [opened] = await openPayloads(on, [{ shopId: seen.shopId, about: seen.orderId, seq: first }]);
  if (!opened?.ok) return refuse('EXHIBIT_NOT_FOUND');
  const { at, body } = JSON.parse(opened.value.payload) as Fixed;
  const { language, texts } = body.message;
  const words = new Map(
    (await wordsOfTexts(on, { hashes: texts.map((one) => one.hash) })).map((row) => [row.hash, row]),
  );
  return done({
    record: first,
    language,
    placedAt: instant(typeof at === 'number' ? at : Date.parse(at)),
    texts: texts.flatMap((one) => {
      const row = words.get(one.hash);
      return row ? [{ ...row, tickedAt: instant(Date.parse(one.at)) }] : [];
    }),
  });
}
