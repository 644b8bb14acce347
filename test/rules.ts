import { must } from '../src/kit/assert.ts';
import { transaction, type Db } from '../src/kit/tx.ts';
import { createUsers } from '../src/identity/people.actions.ts';
import { consult, createDraft, editDraft, holdVersion, writeArticle } from '../src/rules/actions.ts';
import { givenOf } from '../src/rules/draft.rules.ts';
import { loadRules, shipAll } from '../src/rules/loading.actions.ts';
import { announce, propose } from '../src/rules/publication.actions.ts';
import { articlesOf } from '../src/rules/rules.ts';

/** The rules as the program finds them at its start. */
export async function shippedRules(db: Db): Promise<void> {
  await shipAll(db);
  await loadRules(db);
}

export const staffOf = (db: Db, count: number): Promise<string[]> =>
  transaction(db, (tx) =>
    createUsers(
      tx,
      Array.from({ length: count }, (_, i) => ({ kind: 'account' as const, name: `运营 ${i + 1}` })),
    ),
  );

export const hashNow = (db: Db, version: string): Promise<string> =>
  transaction(db, async (tx) =>
    must(await holdVersion(tx, version), 'the version is there').sha256.toString('hex'),
  );

/** A draft that shortens the remedy of article 5 from 24 to `hours`, with its reasons, as operators would write it. */
export async function aDraft(
  db: Db,
  p: {
    version: string;
    byId: string;
    hours?: number;
    importance?: 'general' | 'important';
    ordersBefore?: 'old_version' | 'better_for_buyer';
  },
): Promise<void> {
  const { version, byId, hours = 12, importance = 'important', ordersBefore = 'old_version' } = p;
  await transaction(db, async (tx) => {
    const made = await createDraft(tx, { version, byId });
    if (!made.ok) throw new Error(made.refusal);
    const { book, sha256 } = must(await holdVersion(tx, version), 'the draft');
    const five = must(
      articlesOf(book).find(({ no }) => no === '5'),
      'article 5',
    );
    const given = givenOf(five);
    const written = await writeArticle(tx, {
      version,
      no: '5',
      sha256: sha256.toString('hex'),
      byId,
      article: {
        ...given,
        text: `${given.text}补发以两次为限。`,
        plain: { zh: `${given.plain.zh}补发最多两次。`, en: `${given.plain.en} Two replacements at most.` },
        params: given.params.map((one) => (one.name === 'MERCHANT_REMEDY' ? { ...one, v: hours } : one)),
      },
    });
    if (!written.ok) throw new Error(written.refusal);
    const edited = await editDraft(tx, {
      version,
      byId,
      sha256: written.value.sha256,
      importance,
      ordersBefore,
      reasons: { zh: '补发退款更快。', en: 'Replacements and refunds are faster.' },
    });
    if (!edited.ok) throw new Error(edited.refusal);
  });
}

export const openConsultation = async (db: Db, version: string, byId: string) => {
  const sha256 = await hashNow(db, version);
  const answer = await transaction(db, (tx) => consult(tx, { version, sha256, byId }));
  await loadRules(db);
  return answer;
};
export const proposeFor = async (db: Db, version: string, byId: string, effectiveOn: string) => {
  const sha256 = await hashNow(db, version);
  return transaction(db, (tx) => propose(tx, { version, sha256, effectiveOn, byId }));
};
export const announceBy = async (db: Db, version: string, byId: string) => {
  const sha256 = await hashNow(db, version);
  const answer = await transaction(db, (tx) => announce(tx, { version, sha256, byId }));
  await loadRules(db);
  return answer;
};
