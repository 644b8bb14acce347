import type { Keyring } from '../kit/secret.ts';
import type { Tx } from '../kit/tx.ts';
import type { ShownText } from './acknowledgement.rules.ts';
import { findTexts, insertTexts } from './store.ts';

// Lists of texts that are known to be kept, per installation: those of a listing version are one list, and stay the same.
const kept = new WeakMap<Keyring, WeakSet<readonly ShownText[]>>();

/** Keeps the words of these texts under their hashes, so that what a buyer ticked can be shown after the listing and the program have changed (F020, F176). */
export async function keepTexts(tx: Tx, lists: Iterable<readonly ShownText[]>): Promise<void> {
  const known = kept.get(tx.keys) ?? new WeakSet();
  kept.set(tx.keys, known);
  const fresh = new Set<readonly ShownText[]>();
  for (const list of lists) if (!known.has(list)) fresh.add(list);
  if (fresh.size === 0) return;
  const rows = rowsOf([...fresh].flat());
  const found = await findTexts(tx, { hashes: [...rows.keys()] });
  for (const { hash } of found) rows.delete(hash);
  if (rows.size > 0) await insert(tx, [...rows.values()]);
  // Remembered only when every text was there before this transaction, which may yet be rolled back.
  const settled = new Set(found.filter((row) => row.settled).map((row) => row.hash));
  for (const list of fresh)
    if (list.every(({ hash }) => settled.has(hash.zh) && settled.has(hash.en))) known.add(list);
}

type Row = { hash: string; language: 'zh' | 'en'; text: ShownText };

/** In the order of their hashes, so that two transactions that keep the same texts never wait for each other in a circle. */
function rowsOf(texts: readonly ShownText[]): Map<string, Row> {
  const rows = texts.flatMap((text) =>
    (['zh', 'en'] as const).map((language): Row => ({ hash: text.hash[language], language, text })),
  );
  return new Map(rows.sort((a, b) => (a.hash < b.hash ? -1 : 1)).map((row) => [row.hash, row]));
}

const insert = (tx: Tx, rows: readonly Row[]): Promise<number> =>
  insertTexts(tx, {
    hashes: rows.map((row) => row.hash),
    languages: rows.map((row) => row.language),
    names: rows.map((row) => row.text.name),
    articles: rows.map((row) => row.text.article),
    titles: rows.map((row) => row.text.title[row.language]),
    texts: rows.map((row) => row.text.text[row.language]),
    at: tx.business,
  });
