import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import {
  articleNo,
  articleOut,
  clocks,
  headOut,
  rulesRefusals,
  units,
  version,
  wordsOut,
} from './contract.ts';

export const editorRefusals = {
  ...rulesRefusals,
  VERSION_TAKEN: { status: 409, zh: '这个版本号已经用过。', en: 'This version number has been used.' },
  VERSION_NOT_NEWER: {
    status: 422,
    zh: '版本号要比现行的大，写成 1.1.0 这样。',
    en: 'The number must be higher than that of the version in force, like 1.1.0.',
  },
  VERSION_NOT_EDITABLE: {
    status: 409,
    zh: '已经定稿公布的版本不能再改，要改就起草新版本。',
    en: 'A version that was announced cannot be changed; draft a new one.',
  },
  VERSION_CHANGED: {
    status: 409,
    zh: '这份草案刚被别人改过，请看过最新的再来。',
    en: 'Somebody has changed this draft meanwhile; look at the newest text first.',
  },
  DRAFT_HAS_FAULTS: {
    status: 422,
    zh: '草案里还有必须改的地方，见检查结果。',
    en: 'The draft has faults that must be mended; see the report.',
  },
  IMPORTANCE_TOO_LOW: {
    status: 422,
    zh: '这些改动涉及各方重要权益，要按重要修改公布。',
    en: 'These changes concern rights that matter; they must be announced as important.',
  },
  CONSULTATION_RUNNING: {
    status: 409,
    zh: '征求意见还没满规定的天数。',
    en: 'The consultation has not lasted long enough yet.',
  },
  COMMENTS_UNANSWERED: {
    status: 409,
    zh: '还有意见没处理或没答复。',
    en: 'There are comments without a decision or an answer.',
  },
  NOTICE_TOO_SHORT: {
    status: 422,
    zh: '公示的时间不够，生效的日子要往后。',
    en: 'The notice is too short; it must take effect later.',
  },
  NOT_PROPOSED: {
    status: 409,
    zh: '还没有人提议公布这份文本。',
    en: 'Nobody has proposed to announce this text.',
  },
  SAME_PERSON: {
    status: 409,
    zh: '提议的人不能自己公布，请另一位同事来。',
    en: 'Whoever proposed it cannot announce it; it takes a second person.',
  },
  WITHDRAW_TOO_LATE: {
    status: 409,
    zh: '定稿公布之后不能撤回。',
    en: 'It was announced and cannot be withdrawn.',
  },
} as const satisfies RefusalCatalogue;
export type EditorRefusal = keyof typeof editorRefusals;

const findingOut = z.object({
  level: z.enum(['fault', 'hint']),
  article: z.string().nullable(),
  found: z.string(),
  zh: z.string(),
  en: z.string(),
});
export type DraftFinding = z.infer<typeof findingOut>;

const words = (min: number, max: number) =>
  z.object({ zh: z.string().trim().min(min).max(max), en: z.string().trim().min(min).max(max) });

const paramIn = z.object({
  name: z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/),
  v: z.union([z.number().min(0).max(1_000_000_000), z.string().max(60)]),
  unit: z.enum(units),
  clock: z.enum(clocks).nullable(),
});
export type ParamGiven = z.infer<typeof paramIn>;

/** An article as an operator writes it: texts with their {PARAM} places. */
const articleIn = z.object({
  title: words(1, 60),
  bold: z.boolean(),
  text: z.string().trim().min(1).max(4000),
  plain: words(1, 1000),
  params: z.array(paramIn).max(20),
  law: z.array(z.string().trim().min(2).max(80)).max(20),
});
export type ArticleGiven = z.infer<typeof articleIn>;

const draftOut = headOut.extend({ state: z.string() });
const editors = { staff: ['risk' as const] };
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'the hash of the text that was looked at');

export const editorContract = {
  drafts: endpoint({
    at: 'GET /operator/rulebooks',
    who: { staff: ['risk', 'support'] },
    summary: 'All versions with drafts and withdrawn ones 全部版本',
    input: z.object({}),
    output: z.object({
      versions: z.array(draftOut.extend({ comments: z.object({ waiting: z.int(), unanswered: z.int() }) })),
      current: z.string(),
    }),
    refusals: {},
  }),
  draft: endpoint({
    at: 'GET /operator/rulebooks/{version}',
    who: { staff: ['risk', 'support'] },
    summary:
      'A version with its report: faults, changes, the notice they need, and who did what 草案与检查结果',
    input: z.object({ version }),
    output: z.object({
      head: draftOut,
      chapters: z.array(z.object({ title: wordsOut, articles: z.array(articleOut) })),
      findings: z.array(findingOut),
      changed: z.array(
        z.object({
          no: z.string(),
          kind: z.enum(['added', 'changed']),
          title: wordsOut,
          important: z.boolean(),
        }),
      ),
      notice: z.object({
        importance: z.enum(['general', 'important']).describe('what the changes need at least'),
        days: z.int(),
        article: z.string(),
        earliest: instantOut.describe('if it were announced now'),
      }),
      proposal: z.object({ mine: z.boolean(), effectiveAt: instantOut, sameText: z.boolean() }).nullable(),
      comments: z.object({ waiting: z.int(), unanswered: z.int() }),
      steps: z.array(
        z.object({
          step: z.int(),
          event: z.string(),
          to: z.string(),
          by: z.string(),
          mine: z.boolean(),
          note: z.string(),
          sha256: z.string(),
          at: instantOut,
        }),
      ),
    }),
    refusals: editorRefusals,
  }),
  draftArticle: endpoint({
    at: 'GET /operator/rulebooks/{version}/articles/{no}',
    who: { staff: ['risk', 'support'] },
    summary: 'An article as it is written, with its places',
    input: z.object({ version, no: articleNo }),
    output: z.object({
      sha256: z.string(),
      state: z.string(),
      article: articleIn.extend({ no: z.string() }),
      base: articleIn.nullable().describe('the same article of the version that it changes'),
      findings: z.array(findingOut),
    }),
    refusals: editorRefusals,
  }),
  createDraft: endpoint({
    at: 'POST /operator/rulebooks',
    who: editors,
    summary: 'Begin a new version as a copy of the one in force 起草新版本',
    input: z.object({ version: z.string().regex(/^\d{1,3}\.\d{1,3}\.\d{1,3}$/) }),
    output: z.object({ version: z.string() }),
    refusals: editorRefusals,
  }),
  editDraft: endpoint({
    at: 'PUT /operator/rulebooks/{version}',
    who: editors,
    summary: 'Importance, reasons, and what holds for older orders',
    input: z.object({
      version,
      sha256,
      importance: z.enum(['general', 'important']),
      ordersBefore: z.enum(['old_version', 'better_for_buyer']),
      because: words(0, 2000).describe('what changes and why'),
    }),
    output: z.object({ sha256: z.string() }),
    refusals: editorRefusals,
  }),
  writeArticle: endpoint({
    at: 'PUT /operator/rulebooks/{version}/articles/{no}',
    who: editors,
    summary: 'Write an article, or add one at the end of the last chapter',
    input: z.object({ version, no: z.string().regex(/^\d{1,3}(-\d{1,2})?$/), sha256, written: articleIn }),
    output: z.object({ sha256: z.string() }),
    refusals: editorRefusals,
  }),
  consult: endpoint({
    at: 'POST /operator/rulebooks/{version}/consultation',
    who: editors,
    summary: 'Show the draft to everybody and ask for comments 公开征求意见',
    input: z.object({ version, sha256 }),
    output: z.object({ until: instantOut }),
    refusals: editorRefusals,
  }),
  propose: endpoint({
    at: 'POST /operator/rulebooks/{version}/proposal',
    who: editors,
    summary: 'Propose to announce this text from a day on; another person announces it 提议公布',
    input: z.object({ version, sha256, effectiveOn: z.iso.date() }),
    output: z.object({ effectiveAt: instantOut }),
    refusals: editorRefusals,
  }),
  announce: endpoint({
    at: 'POST /operator/rulebooks/{version}/announcement',
    who: editors,
    summary: 'Announce the proposed text, as the second person 公布定稿',
    input: z.object({ version, sha256 }),
    output: z.object({ effectiveAt: instantOut }),
    refusals: editorRefusals,
  }),
  withdraw: endpoint({
    at: 'POST /operator/rulebooks/{version}/withdrawal',
    who: editors,
    summary: 'Give a draft up 撤回草案',
    input: z.object({ version, note: z.string().trim().min(2).max(500) }),
    output: z.object({ state: z.string() }),
    refusals: editorRefusals,
  }),
};
