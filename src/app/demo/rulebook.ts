import { must } from '../../kit/assert.ts';
import { plus } from '../../kit/time.ts';
import { transaction, type Tx } from '../../kit/tx.ts';
import { consult, createDraft, editDraft, holdVersion, writeArticle } from '../../rules/actions.ts';
import { answer, comment, moderate } from '../../rules/comments.actions.ts';
import type { Answer } from '../../rules/comments.contract.ts';
import { givenOf } from '../../rules/draft.rules.ts';
import { loadRules, shipAll } from '../../rules/loading.actions.ts';
import { articlesOf } from '../../rules/rules.ts';
import type { World } from './world.ts';

const version = '1.1.0';

const voices: readonly {
  readonly name: string;
  readonly article: string | null;
  readonly text: string;
  readonly answer?: { readonly outcome: Answer; readonly why: string };
}[] = [
  {
    name: '路过的阿宽',
    article: '5',
    text: '12 小时好。上次半夜买的，等到第二天晚上才退。',
    answer: { outcome: 'adopted', why: '草案就是这样写的，谢谢支持。' },
  },
  {
    name: '小店的老周',
    article: '5',
    text: '我们店就两个人，晚上没人值班，12 小时太紧了。',
    answer: {
      outcome: 'partly',
      why: '期限不变，但商家可以设置有货时自动补发，不用守着。这一点已经写进商家指南。',
    },
  },
  { name: '林知夏', article: '5', text: '补发两次还不行就退款，第三次能不能直接多赔一点？' },
];

/** Three days before today an operator opened the draft of a second version: it can be read, compared and commented in the demo. */
export function planRules(world: World): void {
  const { db, people, agenda, end } = world;
  const byId = people.players.operator;
  agenda.add({
    at: plus(end, { days: -3, hours: -2 }),
    run: async () => {
      await shipAll(db);
      await transaction(db, (tx) => openDraft(tx, byId));
      await loadRules(db);
    },
  });
  for (const [i, voice] of voices.entries())
    agenda.add({
      at: plus(end, { days: -2, hours: -3 * i }),
      run: () =>
        transaction(db, (tx) => speak(tx, { voice, byId, authorId: must(people.crowd[i], 'people') })),
    });
}

/** Refusals here are mistakes of the layout. */
function value<T>(result: { ok: true; value: T } | { ok: false; refusal: string }): T {
  if (!result.ok) throw new Error(`the demo's rules were refused: ${result.refusal}`);
  return result.value;
}

async function openDraft(tx: Tx, byId: string): Promise<void> {
  value(await createDraft(tx, { version, byId }));
  const { book, sha256 } = must(await holdVersion(tx, version), 'the draft');
  const given = givenOf(
    must(
      articlesOf(book).find(({ no }) => no === '5'),
      'article 5',
    ),
  );
  const written = value(
    await writeArticle(tx, {
      version,
      no: '5',
      byId,
      sha256: sha256.toString('hex'),
      article: {
        ...given,
        text: given.text.replace(
          '逾期由系统自动退款。',
          '逾期由系统自动退款。补发以两次为限，第三次直接退款。',
        ),
        plain: {
          zh: `${given.plain.zh}补发最多两次，第三次直接退。`,
          en: `${given.plain.en} Two replacements at most, then the refund.`,
        },
        params: given.params.map((one) => (one.name === 'MERCHANT_REMEDY' ? { ...one, v: 12 } : one)),
      },
    }),
  );
  const edited = value(
    await editDraft(tx, {
      version,
      byId,
      sha256: written.sha256,
      importance: 'important',
      ordersBefore: 'better_for_buyer',
      reasons: {
        zh: '卡密失效后，商家补发或退款从 24 小时缩到 12 小时；补发最多两次，第三次直接退款。',
        en: 'When a key is dead, the shop replaces or refunds within 12 hours instead of 24; after two replacements the money goes back.',
      },
    }),
  );
  value(await consult(tx, { version, sha256: edited.sha256, byId }));
}

async function speak(
  tx: Tx,
  p: { voice: (typeof voices)[number]; byId: string; authorId: string },
): Promise<void> {
  const { name, article, text, answer: said } = p.voice;
  const author = { id: p.authorId, name };
  const { number } = value(await comment(tx, { version, article: article ?? undefined, text, author }));
  if (!said) return;
  value(await moderate(tx, { version, number, byId: p.byId, show: true, why: '' }));
  value(await answer(tx, { version, number, byId: p.byId, ...said }));
}
