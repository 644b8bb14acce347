import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import { identityRefusals } from '../identity/contract.ts';
import { rowProblems, type RowProblem } from './problem.contract.ts';

/** What one upload may hold. */
export const importLimits = {
  bytes: 32 * 1024 * 1024,
  rows: 500_000,
  lineChars: 8_000,
  keyChars: 760,
  draft_minutes: 10,
  rejects_days: 7,
  withdrawal_minutes: 60,
  foreignHitsPerDay: 100,
} as const;

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];

/** What separates the columns of a row. `none`: the whole line is one key. */
export const delimiters = ['none', 'comma', 'tab', 'space', 'dashes', 'pipe', 'double_bar'] as const;
export type Delimiter = (typeof delimiters)[number];

export const columnKinds = [
  'card_no',
  'secret',
  'extra',
  'expires_at',
  'use_within',
  'face_value',
  'skip',
] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** draft: checked and waiting ten minutes for its confirmation. queued: confirmed, being written. */
export const importStates = ['draft', 'queued', 'done', 'refused', 'discarded'] as const;
export type ImportState = (typeof importStates)[number];

export const inventoryRefusals = {
  IMPORT_NOT_FOUND: { status: 404, zh: '没有找到这次导入。', en: 'There is no such import.' },
  POOL_NOT_FOUND: { status: 404, zh: '没有找到这个规格。', en: 'There is no such variant.' },
  BATCH_NOT_FOUND: { status: 404, zh: '没有找到这一批。', en: 'There is no such batch.' },
  IMPORT_EMPTY: {
    status: 422,
    zh: '里面没有卡密。选一个文件，或粘贴内容。',
    en: 'There is nothing in it. Choose a file or paste the keys.',
  },
  IMPORT_TOO_LARGE: {
    status: 413,
    zh: '文件太大，最多 32 MB。分成几个再传。',
    en: 'The file is larger than 32 MB. Split it.',
  },
  IMPORT_TOO_MANY_ROWS: {
    status: 413,
    zh: '一次最多 500,000 行。分成几个文件再传。',
    en: 'At most 500,000 rows at once. Split the file.',
  },
  IMPORT_UNDECODABLE: {
    status: 422,
    zh: '这一行的文字编码读不出来。另存为 UTF-8 再传。',
    en: 'The text of this row cannot be decoded. Save the file as UTF-8.',
  },
  IMPORT_NUL: {
    status: 422,
    zh: '这一行有空字节，不像文本文件。另存为 UTF-8 文本或 CSV 再传。',
    en: 'This row has NUL bytes; it is not a text file. Save it as UTF-8 text or CSV.',
  },
  IMPORT_LINE_TOO_LONG: {
    status: 422,
    zh: '这一行超过 8,000 字，不像卡密。检查换行。',
    en: 'This row has more than 8,000 characters. Check the line breaks.',
  },
  IMPORT_QUOTES: {
    status: 422,
    zh: '这一行的引号没有配对。改好再传。',
    en: 'The quotes of this row do not match. Correct them.',
  },
  IMPORT_COLUMNS: {
    status: 422,
    zh: '对列里要有一列是卡密，而且每种只能一列。',
    en: 'One column must be the secret, and each kind may stand once.',
  },
  IMPORT_NOTHING_ACCEPTED: {
    status: 422,
    zh: '没有一行可以入库。看看每行的原因。',
    en: 'No row can be imported. See the reason of each row.',
  },
  IMPORT_EXPIRED: {
    status: 410,
    zh: '这份文件已按时删除，请重新上传。',
    en: 'The file was deleted in the meantime. Please upload it again.',
  },
  IMPORT_STATE: { status: 409, zh: '这次导入已经结束。', en: 'This import is over.' },
  IMPORTS_PAUSED: {
    status: 429,
    zh: '今天不能接收的卡密太多，导入先停一天。请和供货方核对，或联系平台。',
    en: 'Too many keys could not be accepted today. Imports pause until tomorrow; check with your supplier or ask us.',
  },
  IMPORTS_BUSY: {
    status: 503,
    zh: '现在导入的人多，什么都没有写入。请一分钟后再试。',
    en: 'Many imports are running. Nothing was written; please try again in a minute.',
  },
  WITHDRAWAL_LATE: {
    status: 409,
    zh: '入库超过 1 小时，不能整批撤回了。',
    en: 'A batch can be taken back within an hour only.',
  },
  WITHDRAWAL_SOLD: {
    status: 409,
    zh: '这批已经有人买了或正在付款，不能整批撤回。',
    en: 'Somebody has bought or is paying for keys of this batch.',
  },
} as const satisfies RefusalCatalogue;
export type InventoryRefusal = keyof typeof inventoryRefusals;

const settingsIn = {
  delimiter: z
    .enum(['auto', ...delimiters])
    .default('auto')
    .describe('auto: what stands equally often in the first rows'),
  header: z.enum(['auto', 'yes', 'no']).default('auto'),
  columns: z
    .string()
    .max(400)
    .default('')
    .describe(
      'kinds of the columns from left to right, separated by commas; empty: by the header or by habit',
    ),
};
export type ImportSettings = {
  delimiter: 'auto' | Delimiter;
  header: 'auto' | 'yes' | 'no';
  columns: readonly ColumnKind[];
};

const source = z.string().trim().max(200).default('').describe('supplier and document, kept with the batch');
const wordsOut = z.object({ zh: z.string(), en: z.string() });

const problemOut = z.object({
  row: z.number().int(),
  toRow: z.number().int().describe('last of a run of rows with the same problem'),
  reason: z.enum(Object.keys(rowProblems) as [RowProblem, ...RowProblem[]]),
  what: wordsOut,
  cure: wordsOut,
  shown: z.string().describe('the row as far as it may be shown'),
});

const importOut = z.object({
  importId: idOut('import'),
  variantId: idOut('variant'),
  state: z.enum(importStates),
  fileName: z.string(),
  source: z.string(),
  encoding: z.enum(encodings),
  delimiter: z.enum(delimiters),
  header: z.boolean(),
  columns: z.array(z.enum(columnKinds)),
  counts: z.object({
    rows: z.number().int(),
    accepted: z.number().int(),
    fixed: z.number().int(),
    rejected: z.number().int(),
  }),
  preview: z.array(
    z.object({
      row: z.number().int(),
      cardNo: z.string(),
      secret: z.string(),
      expiresAt: instantOut.nullable(),
      result: wordsOut,
      accepted: z.boolean(),
    }),
  ),
  problems: z.array(problemOut).describe('the first 200'),
  progress: z.object({ done: z.number().int(), all: z.number().int() }).nullable(),
  refusal: wordsOut.nullable().describe('why a confirmed import was not written'),
  batchId: idOut('batch').nullable(),
  at: instantOut,
  until: instantOut.nullable().describe('when an unconfirmed file is deleted'),
});

const shop = { shopId: idIn('shop') };
const goods = { shop: ['goods'] } as const;
const refusals = inventoryRefusals;

export const inventoryContract = {
  importKeys: endpoint({
    at: 'POST /inventory/imports',
    who: goods,
    summary: 'Check a file of keys, or import it at once',
    keyed: true,
    bodyMax_bytes: importLimits.bytes + 1024 * 1024,
    input: z.object({
      ...shop,
      variantId: idIn('variant'),
      run: z.enum(['check', 'import']).default('check'),
      file: z.file().optional(),
      text: z.string().default('').describe('pasted keys, instead of a file'),
      source,
      ...settingsIn,
    }),
    output: importOut,
    refusals,
  }),
  confirmImport: endpoint({
    at: 'POST /inventory/imports/{importId}/confirmation',
    who: goods,
    summary: 'Import what was checked',
    input: z.object({ ...shop, importId: idIn('import'), source: source.optional() }),
    output: importOut,
    refusals,
  }),
  discardImport: endpoint({
    at: 'DELETE /inventory/imports/{importId}',
    who: goods,
    summary: 'Delete an unconfirmed file at once',
    input: z.object({ ...shop, importId: idIn('import') }),
    output: z.object({ state: z.literal('discarded') }),
    refusals,
  }),
  readImport: endpoint({
    at: 'GET /inventory/imports/{importId}',
    who: goods,
    summary: 'One import: counts, row errors, preview, progress',
    input: z.object({ ...shop, importId: idIn('import') }),
    output: importOut,
    refusals,
  }),
  listImports: endpoint({
    at: 'GET /inventory/imports',
    who: goods,
    summary: 'Imports of a shop, newest first',
    input: z.object({
      ...shop,
      before: idIn('import').optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.object({
      items: z.array(
        z.object({
          importId: idOut('import'),
          variantId: idOut('variant'),
          title: z.string(),
          variant: z.string(),
          state: z.enum(importStates),
          fileName: z.string(),
          source: z.string(),
          rows: z.number().int(),
          accepted: z.number().int(),
          rejected: z.number().int(),
          at: instantOut,
        }),
      ),
      next: z.string().nullable(),
    }),
    refusals,
  }),
  downloadRejects: endpoint({
    at: 'GET /inventory/imports/{importId}/rejects',
    who: goods,
    summary: 'The rows that were not imported, with reason and cure, as CSV',
    input: z.object({ ...shop, importId: idIn('import') }),
    output: z.file(),
    refusals,
  }),
  readStock: endpoint({
    at: 'GET /inventory/stock',
    who: goods,
    summary: 'Stock of every variant of a shop',
    input: z.object(shop),
    output: z.object({
      alarms: z.number().int(),
      items: z.array(
        z.object({
          variantId: idOut('variant'),
          listingId: idOut('listing'),
          title: z.string(),
          variant: z.string(),
          onHand: z.number().int(),
          reserved: z.number().int(),
          returned: z.number().int(),
          sold: z.number().int(),
          soldWeek: z.number().int(),
          daysLeft: z.number().nullable().describe('at the pace of the last seven days'),
          alarmAt: z.number().int(),
          low: z.boolean(),
        }),
      ),
    }),
    refusals,
  }),
  setAlarm: endpoint({
    at: 'PUT /inventory/variants/{variantId}/alarm',
    who: goods,
    summary: 'Tell me when so many are left; 0: never',
    input: z.object({
      ...shop,
      variantId: idIn('variant'),
      alarmAt: z.number().int().min(0).max(1_000_000),
    }),
    output: z.object({ alarmAt: z.number().int() }),
    refusals,
  }),
  exportUnsold: endpoint({
    at: 'POST /inventory/variants/{variantId}/export',
    who: { shop: [] },
    summary: 'All unsold keys of a variant as CSV; the password must have been typed again just now',
    scope: 'inventory:export',
    input: z.object({ ...shop, variantId: idIn('variant') }),
    output: z.file(),
    refusals: { ...inventoryRefusals, STEP_UP_REQUIRED: identityRefusals.STEP_UP_REQUIRED },
  }),
  listBatches: endpoint({
    at: 'GET /inventory/batches',
    who: goods,
    summary: 'Batches of a variant, newest first',
    input: z.object({
      ...shop,
      variantId: idIn('variant'),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.object({
      items: z.array(
        z.object({
          batchId: idOut('batch'),
          count: z.number().int(),
          source: z.string(),
          root: z.string().describe('base64, RFC 6962'),
          at: instantOut,
          withdrawn: z.boolean(),
          withdrawableUntil: instantOut.nullable(),
        }),
      ),
    }),
    refusals,
  }),
  withdrawBatch: endpoint({
    at: 'POST /inventory/batches/{batchId}/withdrawal',
    who: goods,
    summary: 'Take an unsold batch back within an hour',
    input: z.object({ ...shop, batchId: idIn('batch') }),
    output: z.object({ count: z.number().int() }),
    refusals,
  }),
};
