import { z } from 'zod';
import { goodsKinds } from '../../catalog/content.contract.ts';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import { endings, factNames, stages } from './facts.data.ts';
import { nodeId, treeNode, treeShape } from './tree.contract.ts';

export const diagnosisRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  UNIT_NOT_FOUND: { status: 404, zh: '这个订单里没有这一件。', en: 'This order has no such unit.' },
  STEP_MOVED_ON: {
    status: 409,
    zh: '这一步已经过去了，看看现在到哪一步。',
    en: 'That step lies behind; look where you stand now.',
  },
} as const satisfies RefusalCatalogue;
export type DiagnosisRefusal = keyof typeof diagnosisRefusals;

export const treeRefusals = {
  TREE_NOT_FOUND: { status: 404, zh: '没有这个版本。', en: 'There is no such version.' },
  NODE_NOT_FOUND: { status: 404, zh: '这一版里没有这一步。', en: 'This version has no such step.' },
  TREE_HAS_DRAFT: {
    status: 409,
    zh: '这类商品已经有一份草稿，先发布或作废它。',
    en: 'These goods have a draft already; publish it or give it up first.',
  },
  TREE_NOT_EDITABLE: {
    status: 409,
    zh: '只有草稿能改。要改就起草新版本。',
    en: 'Only a draft can be changed; draft a new version.',
  },
  TREE_CHANGED: {
    status: 409,
    zh: '这份草稿刚被别人改过，请看过最新的再来。',
    en: 'Somebody has changed this draft meanwhile; look at the newest one first.',
  },
  TREE_TOO_LARGE: {
    status: 422,
    zh: '最多 40 个步骤、20 个结果。太长的排查没人走完。',
    en: '40 steps and 20 ends at most; nobody walks through more.',
  },
  TREE_HAS_FAULTS: {
    status: 422,
    zh: '还有必须改的地方，见检查结果。',
    en: 'There are faults that must be mended; see the report.',
  },
} as const satisfies RefusalCatalogue;
export type TreeRefusal = keyof typeof treeRefusals;

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const [lines, places] = [1000, 100_000];
const unitAsked = {
  orderId: idIn('order'),
  line: z.coerce.number().int().min(1).max(lines),
  place: z.coerce.number().int().min(1).max(places),
};
const unitIn = {
  orderId: idIn('order'),
  line: z.int().min(1).max(lines),
  place: z.int().min(1).max(places),
};

const passedOut = z.object({
  step: z.string(),
  name: wordsOut,
  said: wordsOut,
  by: z.enum(['buyer', 'platform']),
  note: z.string(),
  at: instantOut.nullable(),
});

/** What a buyer walks through before filing; nobody has to (F043). */
export const diagnosisContract = {
  walk: endpoint({
    at: 'GET /orders/{orderId}/diagnosis',
    who: 'user',
    summary: 'Where the self-diagnosis of one unit stands: what is known, what was tried, what is asked now',
    input: z.object(unitAsked),
    output: z.object({
      orderId: idOut('order'),
      line: z.int(),
      place: z.int(),
      title: z.string(),
      variantName: z.string(),
      shopName: z.string(),
      goods: z.enum(goodsKinds),
      rulebook: z.string(),
      tree: z.int().describe('the version of the tree'),
      begun: z.boolean(),
      passed: z.array(passedOut),
      step: z
        .object({
          step: z.string(),
          stage: z.enum(stages),
          name: wordsOut,
          text: wordsOut,
          hint: wordsOut,
          note: wordsOut,
          compares: z.boolean().describe('the code checker answers it'),
          answers: z.array(z.object({ answer: z.string(), label: wordsOut })),
          shown: z.array(z.object({ name: wordsOut, text: z.string() })),
        })
        .nullable(),
      end: z.object({ end: z.enum(endings), text: wordsOut, reason: z.string().nullable() }).nullable(),
      paymentId: idOut('payment').nullable().describe('whose state can be checked with the channel'),
      chatUntil: instantOut
        .nullable()
        .describe(
          'until when talking to the shop is suggested first (article 25); a case may be filed all the same',
        ),
      tried: wordsOut.describe('已尝试的解决方法, as the claim takes it'),
      now: instantOut,
    }),
    refusals: diagnosisRefusals,
  }),
  answer: endpoint({
    at: 'POST /orders/{orderId}/diagnosis/answers',
    who: 'user',
    summary: 'Answer a step; the newest answer to a step counts',
    input: z.object({
      ...unitIn,
      step: nodeId,
      answer: nodeId,
      note: z.string().trim().max(200).default(''),
    }),
    output: z.object({ kept: z.literal(true) }),
    refusals: diagnosisRefusals,
  }),
  anew: endpoint({
    at: 'POST /orders/{orderId}/diagnosis/restart',
    who: 'user',
    summary: 'Begin the diagnosis of a unit anew, by the newest tree',
    input: z.object(unitIn),
    output: z.object({ begun: z.boolean() }),
    refusals: diagnosisRefusals,
  }),
};

const editors = { staff: ['support' as const] };
const goods = z.enum(goodsKinds);
const treeVersion = z.coerce.number().int().min(1).max(1_000_000);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'the hash of the draft that was looked at');
const state = z.enum(['seeded', 'draft', 'published', 'withdrawn']);
const edited = z.object({ version: z.int(), sha256: z.string() });

/** How the trees are kept (F044): drafts are written and checked, a published version never changes and stays readable. */
export const treesContract = {
  trees: endpoint({
    at: 'GET /operator/diagnosis',
    who: editors,
    summary: 'The trees of all kinds of goods and their versions 自主排查的版本',
    input: z.object({}),
    output: z.object({
      trees: z.array(
        z.object({
          goods,
          inForce: z.int(),
          versions: z.array(
            z.object({
              version: z.int(),
              state,
              sha256: z.string(),
              editedAt: instantOut.nullable(),
              publishedAt: instantOut.nullable(),
            }),
          ),
        }),
      ),
    }),
    refusals: {},
  }),
  tree: endpoint({
    at: 'GET /operator/diagnosis/{goods}/{treeVersion}',
    who: editors,
    summary: 'One version with what is wrong with it',
    input: z.object({ goods, treeVersion }),
    output: z.object({
      goods,
      version: z.int(),
      state,
      basedOn: z.int().nullable(),
      sha256: z.string(),
      tree: treeShape,
      findings: z.array(z.object({ level: z.enum(['fault', 'hint']), at: z.string(), words: wordsOut })),
      facts: z.array(z.enum(factNames)),
      reasons: z.array(z.object({ code: z.string(), words: wordsOut })),
    }),
    refusals: treeRefusals,
  }),
  draft: endpoint({
    at: 'POST /operator/diagnosis/{goods}',
    who: editors,
    summary: 'Begin a new version as a copy of the one in force 起草新版本',
    input: z.object({ goods }),
    output: edited,
    refusals: treeRefusals,
  }),
  writeNode: endpoint({
    at: 'PUT /operator/diagnosis/{goods}/{treeVersion}/node',
    who: editors,
    summary: 'Write one step or one end of a draft',
    input: z.object({ goods, treeVersion, sha256: hash, first: z.boolean().default(false), node: treeNode }),
    output: edited,
    refusals: treeRefusals,
  }),
  dropNode: endpoint({
    at: 'POST /operator/diagnosis/{goods}/{treeVersion}/removal',
    who: editors,
    summary: 'Take a step or an end out of a draft',
    input: z.object({ goods, treeVersion, sha256: hash, nodeId }),
    output: edited,
    refusals: treeRefusals,
  }),
  publish: endpoint({
    at: 'POST /operator/diagnosis/{goods}/{treeVersion}/publication',
    who: editors,
    summary: 'Publish a draft: new walks go by it 发布',
    input: z.object({ goods, treeVersion, sha256: hash }),
    output: edited,
    refusals: treeRefusals,
  }),
  withdraw: endpoint({
    at: 'POST /operator/diagnosis/{goods}/{treeVersion}/withdrawal',
    who: editors,
    summary: 'Give a draft up 作废草稿',
    input: z.object({ goods, treeVersion, sha256: hash }),
    output: edited,
    refusals: treeRefusals,
  }),
};
