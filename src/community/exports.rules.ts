import { done, refuse, type Result } from '../kit/result.ts';
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

/** A page that a person reads without any program: what is in which file. */
export function readableIndex(p: {
  name: string;
  at: string;
  files: readonly { readonly name: string; readonly zh: string; readonly count: number }[];
}): string {
  const rows = p.files
    .map(
      (file) =>
        `<tr><td><a href="${escaped(file.name)}">${escaped(file.name)}</a></td><td>${escaped(file.zh)}</td><td>${file.count}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>我的数据 · 盟约</title>
<style>body{font:16px/1.7 sans-serif;max-width:44em;margin:2em auto;padding:0 1em}td,th{padding:.3em .8em .3em 0;text-align:left;vertical-align:top}</style>
<h1>${escaped(p.name)} 的数据</h1>
<p>盟约在北京时间 ${escaped(p.at)} 做的副本。JSON 文件用任何文本编辑器都能打开。</p>
<table><tr><th>文件</th><th>内容</th><th>条数</th></tr>
${rows}
</table>
<p>里面没有卡密本身：查看卡密是一次有记录的动作，请在订单里看。聊天里含对方说给你的话，不含别人的联系方式。证据目录列出每条记录的时间、种类和承诺值，回执可以在订单页逐条下载。</p>
</html>
`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
