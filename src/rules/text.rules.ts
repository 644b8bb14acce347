import { beijingDay, instant } from '../kit/time.ts';
import type { Words } from '../kit/text.ts';
import { dueOf } from './calendar.rules.ts';
import type { Article } from './contract.ts';
import { dueText, fill, limitFrom, sayParam } from './rules.ts';
import { hashOf, type Shelved } from './shelf.rules.ts';

const chapterNumbers = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** A version as Markdown: the binding Chinese text, with its hash, so that a printed copy can be compared. */
export function markdownOf({ book, life }: Shelved): string {
  const lines = [
    `# 《${book.title.zh}》${book.version}`,
    '',
    ...(life.effectiveAt === null
      ? ['征求意见稿，还没有效力。']
      : [`${beijingDay(life.effectiveAt)} 起生效。`]),
    `SHA-256（规范 JSON，RFC 8785）：\`${hashOf(book)}\``,
    '',
  ];
  for (const [i, { title, articles }] of book.chapters.entries()) {
    lines.push(`## 第${chapterNumbers[i] ?? i + 1}章 ${title.zh}`, '');
    for (const article of articles) lines.push(...articleLines(article), '');
  }
  return lines.join('\n');
}

function articleLines({ no, title, text, params, law, bold }: Article): string[] {
  const said = fill(text, params);
  return [
    `**第${no}条（${title.zh}）** ${bold ? `**${said}**` : said}`,
    ...(law.length > 0 ? ['', `> 依据：${law.join('；')}`] : []),
  ];
}

// A Friday evening: the day after is a day off, which is where the three clocks differ.
const exampleStart = instant(Date.UTC(2026, 10, 20, 12));

/** Each time limit of an article, worked out from one and the same start. */
export const examplesOf = ({ params }: Article): Words[] =>
  Object.values(params).flatMap((param) => {
    const limit = limitFrom(param);
    if (!limit) return [];
    const until = dueText(dueOf(exampleStart, limit).dueAt);
    const said = sayParam(param);
    return [
      {
        zh: `2026-11-20（周五）20:00 开始，${said.zh}，到 ${until} 为止。`,
        en: `From Friday 2026-11-20 20:00, ${said.en}: until ${until}.`,
      },
    ];
  });
