import { done, refuse, type Result } from '../kit/result.ts';
import type { Words } from '../kit/text.ts';
import { plus, type Instant } from '../kit/time.ts';
import { exportLimits, type ExportRefusal, type ExportState } from './exports.contract.ts';

export type Export = {
  readonly askedAt: Instant;
  readonly startedAt: Instant | null;
  readonly readyAt: Instant | null;
  readonly failedAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly fetchedAt: Instant | null;
};

export function stateOf(one: Export, wall: Instant): ExportState {
  if (one.failedAt !== null) return 'failed';
  if (one.fetchedAt !== null) return 'fetched';
  if (one.readyAt === null) return one.startedAt === null ? 'waiting' : 'making';
  return one.expiresAt !== null && wall >= one.expiresAt ? 'expired' : 'ready';
}

/** One copy at a time, and one in an hour; the password was given again lately. */
export function decideAsk(p: {
  earlier: readonly Export[];
  mustConfirm: boolean;
  wall: Instant;
}): Result<null, ExportRefusal> {
  if (p.mustConfirm) return refuse('PASSWORD_NEEDED');
  if (p.earlier.some((one) => ['waiting', 'making', 'ready'].includes(stateOf(one, p.wall))))
    return refuse('EXPORT_OPEN');
  const since = plus(p.wall, { hours: -exportLimits.pause_hours });
  return p.earlier.some((one) => one.askedAt > since && one.failedAt === null)
    ? refuse('EXPORT_TOO_SOON')
    : done(null);
}

/** A copy is given once, to its person, who gave the password again. */
export function decideFetch(
  one: Export,
  p: { mustConfirm: boolean; wall: Instant },
): Result<null, ExportRefusal> {
  const state = stateOf(one, p.wall);
  if (state === 'waiting' || state === 'making') return refuse('EXPORT_NOT_READY');
  if (state !== 'ready') return refuse('EXPORT_GONE');
  return p.mustConfirm ? refuse('PASSWORD_NEEDED') : done(null);
}

const told: readonly Words[] = [
  {
    zh: '这是盟约为你做的数据副本。JSON 文件用任何文本编辑器都能打开。',
    en: 'A copy of your data, made by Mengyue. Any text editor opens the JSON files.',
  },
  {
    zh: '里面没有卡密本身：查看卡密是一次有记录的动作，请在订单里看。聊天里有对方说给你的话，没有别人的联系方式。',
    en: 'It holds no keys: looking at one is an act of its own, in the order. Of others it holds what they said to you, and no contacts.',
  },
  {
    zh: '证据目录列出每条记录的时间、种类和承诺值，回执可以在订单页逐条下载。',
    en: 'The index of evidence lists time, kind and commitment of each record; receipts are on the order pages.',
  },
];

/** A page that a person reads without any program: what is in which file. */
export function readableIndex(p: {
  name: string;
  at: string;
  files: readonly { readonly name: string; readonly what: Words; readonly count: number }[];
}): string {
  const rows = p.files
    .map(
      (file) =>
        `<tr><td><a href="${escaped(file.name)}">${escaped(file.name)}</a></td><td>${escaped(file.what.zh)}<br>${escaped(file.what.en)}</td><td>${file.count}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>我的数据 · My data · Mengyue</title>
<style>body{font:16px/1.7 sans-serif;max-width:44em;margin:2em auto;padding:0 1em}td,th{padding:.3em .8em .3em 0;text-align:left;vertical-align:top}</style>
<h1>${escaped(p.name)}</h1>
${told.map((one) => `<p>${escaped(one.zh)}<br>${escaped(one.en)}</p>`).join('\n')}
<p>${escaped(p.at)} (UTC+8)</p>
<table>
${rows}
</table>
</html>
`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
